"""The page that lets a reader judge the report: how figures were made, what they cannot say, which run made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import __version__
from tracker.publish.pages.draft import Written
from tracker.publish.totals import counts_in
from tracker.publish.wording import MEASURE_WORDS, clean, word_and, word_bounds, word_day, word_days, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.publish.pages.draft import Draft

_NEWEST = 3


def write_method(draft: Draft) -> Written:
    """The paragraphs, written from the rules and settings in force, and the facts of the run."""
    paragraphs = [*draft.words.lines(f"method.{draft.definition.kind}"), *draft.words.lines("method.all")]
    limits = [*draft.words.lines("method.limits"), *_settings(draft)]
    facts = _facts(draft)
    spoken = [draft.words("page.method"), *paragraphs, *limits, *(f"{name}: {value}." for name, value in facts)]
    values = {"paragraphs": paragraphs, "limits": limits, "facts": [list(fact) for fact in facts]}
    return Written(values, spoken={"method": [spoken]})


def _settings(draft: Draft) -> list[str]:
    """What this report was told to look at, and what it therefore leaves out; how vague words were read."""
    words, material = draft.words, draft.material
    measures = word_and([MEASURE_WORDS[measure].lower() for measure in draft.measures])
    told = [words("method.measures", measures=measures)]
    if material.area:
        told.append(words("method.area", area=clean(material.area)))
    rules = material.rules
    if rules is not None:
        examples = word_and(
            [words("method.vague_example", word=word, bounds=word_bounds(*bounds)) for word, *bounds in rules.examples]
        )
        told.append(words("method.vague", policy=rules.vague, about=rules.vague_about, examples=examples))
    told.append(withheld_line(draft))
    return told


def withheld_line(draft: Draft) -> str:
    """How many names are not printed, and why."""
    number = draft.withholding.count
    if draft.withholding.asked_for:
        return draft.words("names.minors", n=number)
    return draft.words("names.withheld", n=number) if number else draft.words("names.none")


def _facts(draft: Draft) -> list[tuple[str, str]]:
    words, material = draft.words, draft.material
    window = material.window
    facts = [
        ("window", word_days(window.first, window.last)),
        ("documents", word_number(material.documents)),
        ("claims", word_number(material.claims)),
        ("set_aside", words("facts.unrecorded") if material.set_aside is None else word_number(material.set_aside)),
    ]
    if draft.definition.kind == "window":
        beyond = sum(not counts_in(incident, window) for incident in draft.incidents)
        facts += [("incidents", word_number(len(draft.incidents))), ("beyond", word_number(beyond))]
    facts += [
        ("known", word_day(material.as_known_on) if material.as_known_on else words("facts.all_stored")),
        ("rules", clean(material.rules_digest or words("facts.unrecorded"))),
    ]
    if material.rules is not None:
        stages = word_and([f"{word_number(n)} {stage}" for stage, n in material.rules.stages.items()])
        facts.append(("stages", words("facts.stages_told", stages=stages, files=material.rules.files)))
        if not (material.rules_digest or "").startswith(material.rules.digest):
            facts.append(("rules_now", words("facts.rules_changed", digest=material.rules.digest)))
    runs = "run" if len(material.runs) == 1 else "runs"
    facts += [(runs, _list_runs(draft, material.runs)), ("program", f"tracker {__version__}")]
    return [(words(f"facts.{name}"), value) for name, value in facts]


def _list_runs(draft: Draft, runs: Sequence[str]) -> str:
    if not runs:
        return draft.words("facts.unrecorded")
    shown = ", ".join(clean(run) for run in runs[-_NEWEST:])
    earlier = len(runs) - _NEWEST
    return shown if earlier <= 0 else draft.words("facts.earlier", shown=shown, n=earlier)
