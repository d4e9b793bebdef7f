"""The sections that a report may have: one table from a section's name to what writes it.

To add one: write a function from `Draft` to `Written`, name it here with the kinds of reports that may hold it, and
give the template a function of the same name (`reports/template/`). Definitions may then list it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.publish.pages.changes import write_changes
from tracker.publish.pages.claimant import (
    write_claimant,
    write_proof,
    write_reconciliation,
    write_revisions,
    write_toll_lines,
    write_toll_points,
)
from tracker.publish.pages.daily import write_daily
from tracker.publish.pages.dossier import (
    write_doubts,
    write_incident,
    write_movement,
    write_origins,
    write_reasons,
    write_statements,
)
from tracker.publish.pages.draft import Draft, Written
from tracker.publish.pages.evidence import write_evidence
from tracker.publish.pages.listing import write_conflicts, write_incidents
from tracker.publish.pages.map_page import write_map
from tracker.publish.pages.method import write_method
from tracker.publish.pages.parts import write_parts
from tracker.publish.pages.summary import write_comparison, write_summary
from tracker.publish.pages.totals_table import write_tolls

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Section:
    """What writes a section, and the kinds of reports that may hold it."""

    write: Callable[[Draft], Written]
    kinds: tuple[str, ...]
    is_last: bool = False
    """Whether it tells of the rest of the report, and so is written after it, wherever it is printed."""


_WINDOW, _INCIDENT, _TOLL = ("window",), ("incident",), ("toll",)

SECTIONS: dict[str, Section] = {
    "summary": Section(write_summary, _WINDOW),
    "changes": Section(write_changes, _WINDOW),
    "comparison": Section(write_comparison, _WINDOW),
    "daily": Section(write_daily, _WINDOW),
    "map": Section(write_map, (*_WINDOW, *_INCIDENT)),
    "incidents": Section(write_incidents, _WINDOW),
    "conflicts": Section(write_conflicts, (*_WINDOW, *_INCIDENT)),
    "parts": Section(write_parts, (*_WINDOW, *_INCIDENT)),
    "tolls": Section(write_tolls, _WINDOW),
    "evidence": Section(write_evidence, _WINDOW),
    "incident": Section(write_incident, _INCIDENT),
    "movement": Section(write_movement, _INCIDENT),
    "reasons": Section(write_reasons, _INCIDENT),
    "statements": Section(write_statements, _INCIDENT),
    "origins": Section(write_origins, _INCIDENT),
    "doubts": Section(write_doubts, _INCIDENT),
    "claimant": Section(write_claimant, _TOLL),
    "toll_lines": Section(write_toll_lines, _TOLL),
    "toll_points": Section(write_toll_points, _TOLL),
    "revisions": Section(write_revisions, _TOLL),
    "reconciliation": Section(write_reconciliation, _TOLL),
    "proof": Section(write_proof, _TOLL),
    "method": Section(write_method, (*_WINDOW, *_INCIDENT, *_TOLL), is_last=True),
}


def sections_of(kind: str) -> tuple[str, ...]:
    """The sections that a report of this kind may hold."""
    return tuple(name for name, section in SECTIONS.items() if kind in section.kinds)


def write_sections(draft: Draft, names: Sequence[str]) -> dict[str, Written]:
    """The sections in the order given, those that tell of the others written last."""
    order = sorted(names, key=lambda name: SECTIONS[name].is_last)
    written = {name: SECTIONS[name].write(draft) for name in order}
    return {name: written[name] for name in names}
