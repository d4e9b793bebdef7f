"""Rows of what claims amount to: incidents, the claims behind them, the series, running totals and their revisions."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from tracker.incidents.revisions import find_revisions
from tracker.incidents.series import series_rows
from tracker.publish.tables.dictionary import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.claims import Measure
    from tracker.incidents import Figure, Incident, TollPoint
    from tracker.incidents.series import Area, Frequency
    from tracker.publish.tables.csvfile import Row

_OF_FIGURE = ("low", "best", "high", "recommended", "reason")


def incident_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """One row for each incident and measure: measures stand below each other, so that nobody adds them across."""
    names = TABLES[Kind.INCIDENTS].names
    for incident in incidents:
        for measure, figure, flags in _all_figures(incident):
            cells: dict[str, object] = {
                "measure": measure,
                "flags": flags,
                "counted": not flags,
                "covered_by": None if flags else incident.covered.get(measure),
                "figure_origins": figure.origins,
                "figure_claims": figure.claim_ids,
            }
            cells |= {name: getattr(figure, name) for name in _OF_FIGURE}
            yield [cells[name] if name in cells else getattr(incident, name) for name in names]


def incident_claim_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """One row for each claim of each measure of each incident."""
    for incident in incidents:
        for measure, figure, flags in _all_figures(incident):
            current = {claim for told in figure.statements if told.current for claim in told.claim_ids}
            for claim_id in figure.claim_ids:
                is_current = claim_id in current and not flags
                recommended = claim_id == figure.recommended and not flags
                part = "recommended" if recommended else "current" if is_current else "other"
                yield (incident.incident_id, measure, claim_id, part)


def series_table(incidents: Iterable[Incident], frequency: Frequency, area: Area) -> Iterator[Row]:
    """The series, one row for each period, measure, area and basis."""
    return map(attrgetter(*TABLES[Kind.SERIES].names), series_rows(incidents, frequency, area))


def toll_rows(points: Iterable[TollPoint]) -> Iterator[Row]:
    """One row for each value of each running total."""
    names = TABLES[Kind.TOLLS].names
    for point in points:
        yield [point.is_stale() if name == "stale" else getattr(point, name) for name in names]


def revision_rows(points: Iterable[TollPoint]) -> Iterator[Row]:
    """One row for each revision among the points."""
    return map(attrgetter(*TABLES[Kind.REVISIONS].names), find_revisions(points))


def _all_figures(incident: Incident) -> Iterator[tuple[Measure, Figure, tuple[str, ...]]]:
    """Each figure with the flags that hold it out of sums: those that count first."""
    for measure, figure in incident.figures.items():
        yield measure, figure, ()
    for measure, figure in incident.doubtful.items():
        yield measure, figure, incident.doubts[measure]
