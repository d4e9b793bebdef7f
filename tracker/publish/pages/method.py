"""The box that lets a reader judge the report: how figures were made, what they cannot say, and which run made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.publish.totals import counts_in
from tracker.publish.wording import clean, word_day, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents import Incident
    from tracker.publish.material import Material

_NEWEST = 3

_METHOD = (
    (
        "Figures are read from texts by written rules. Each keeps the sentence it stands in, its place in the "
        "stored text and the rule that found it; nothing is estimated, and no figure is printed without its proof."
    ),
    (
        "Claims of one event make one incident. Of each origin its latest figure stands; lowest and highest are the "
        "bounds of those that stand. The best figure is the latest of them, then the one on which most origins "
        "agree, then the most exact; no average is made. “At least” stays open above: ≥ 14 means 14 or more. A "
        "feared figure raises only the highest."
    ),
    ("An origin is an independent party behind a figure. Outlets that repeat one agency are one origin."),
    (
        "Figures for events and running totals are different things and are never added. Deaths from malnutrition "
        "are never added to other deaths. A part (“including 12 children”) is never added to its whole."
    ),
    (
        "An incident is added up for the window that holds its last day. A figure that sums up more than three days "
        "is listed, not added, for its events may be reported singly. Where the texts give no day of the harm, that "
        "of the first report stands in for it, and is marked."
    ),
    (
        "The report knows only what was read. A day, a place or a measure without a figure is unknown, not zero. "
        "Rules miss statements and misread some; check the quoted sentence before you rely on a figure."
    ),
)


def write_method(material: Material, incidents: Sequence[Incident]) -> dict[str, Any]:
    """The paragraphs and the facts of the box."""
    window = material.window
    beyond = sum(not counts_in(incident, window) for incident in incidents)
    facts = [
        ("Documents read", word_number(material.documents)),
        ("Claims found in them", word_number(material.claims)),
        ("Inputs set aside", "not recorded" if material.set_aside is None else word_number(material.set_aside)),
        ("Incidents in this report", word_number(len(incidents))),
        ("of these listed but not added up", word_number(beyond)),
        ("Known on", word_day(material.as_known_on) if material.as_known_on else "all that was stored"),
        ("Rules", clean(material.rules_digest or "not recorded")),
        ("Run" if len(material.runs) == 1 else "Runs", _list_runs(material.runs)),
        ("Program", f"tracker {__version__}"),
    ]
    return {"paragraphs": list(_METHOD), "facts": [list(fact) for fact in facts]}


def _list_runs(runs: Sequence[str]) -> str:
    if not runs:
        return "not recorded"
    shown = ", ".join(clean(run) for run in runs[-_NEWEST:])
    earlier = len(runs) - _NEWEST
    return shown if earlier <= 0 else f"{shown} and {word_number(earlier)} earlier"
