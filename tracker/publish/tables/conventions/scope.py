"""Which incidents a data set of violence can hold: by their cause, or since a text names somebody armed who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.claims import Cause
from tracker.errors import RuleError
from tracker.publish.tables.conventions.convention import check_keys
from tracker.publish.tables.conventions.losses import Loss, lose_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tracker.claims import Measure
    from tracker.incidents import Incident
    from tracker.publish.tables.conventions.convention import Convention
    from tracker.publish.tables.conventions.evidence import Evidence

UNKNOWN = "unknown"
"""How the table of causes writes a cause that no text gives."""


def check_causes(convention: Convention, more: Collection[str] = ()) -> None:
    """RuleError where the convention's causes are not those of the codebook, or one lacks its reason."""
    origin = f"conventions/{convention.name}.toml"
    causes = convention.mappings["causes"]
    check_keys(causes, origin, (*(cause.value for cause in Cause), UNKNOWN), "[causes]")
    for name, entry in causes.items():
        wrong = set(entry) - {"in_scope", "why", *more}
        if wrong:
            raise RuleError(f"{origin}: cause {name!r}: unknown key {sorted(wrong)[0]!r}; remove or correct it.")
        if not isinstance(entry.get("in_scope"), bool) or not entry.get("why"):
            raise RuleError(f"{origin}: cause {name!r} needs in_scope (true or false) and a why.")


def cause_entry(convention: Convention, incident: Incident) -> Mapping[str, str]:
    """What the convention says of the incident's cause."""
    entry: Mapping[str, str] = convention.mappings["causes"][incident.cause or UNKNOWN]
    return entry


def in_scope(convention: Convention, incident: Incident, evidence: Evidence) -> bool:
    """Whether the convention can hold the incident: by its cause, or since somebody armed is named as who did it."""
    return bool(cause_entry(convention, incident)["in_scope"]) or bool(evidence.actors(incident).named)


def lose_scope(convention: Convention, incident: Incident, measure: Measure) -> Loss:
    """The loss of a figure of an incident that the convention cannot hold."""
    why = cause_entry(convention, incident)["why"]
    if incident.cause is None:
        return lose_figure(convention, incident, measure, "no_cause", why=why)
    return lose_figure(convention, incident, measure, "out_of_scope", cause=incident.cause.replace("_", " "), why=why)
