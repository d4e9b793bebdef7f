"""Revisions of running totals: what was taken off, and what was added for earlier days, each on its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.claims import Measure
    from tracker.incidents.tolls import TollPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of one running total, in persons."""

    toll_id: str
    claimant: str | None
    area: str | None
    measure: Measure
    baseline: str | None
    population: str | None
    day: date
    """The day as of which the revised total is given."""
    kind: str
    """`correction` (the total fell) or `addition` (people of earlier days were added)."""
    size: int
    """Taken off (negative) or added for earlier days; of a correction without figures of its days, the fall itself."""
    change: int
    """From the value before to this one, the harm of the days between included."""
    before: date
    """The day of the value before."""
    claim_id: str
    """The claim that states the revised total."""
    stated_by: tuple[str, ...]
    """The claims that state the size; () where it follows from the claimant's other figures."""


def find_revisions(points: Iterable[TollPoint]) -> list[Revision]:
    """The revisions among the points, in their order."""
    return [
        Revision(
            toll_id=point.toll_id,
            claimant=point.claimant,
            area=point.area,
            measure=point.measure,
            baseline=point.baseline,
            population=point.population,
            day=point.as_of,
            kind=point.kind,
            size=point.residual if point.residual is not None else point.change,
            change=point.change,
            before=point.since,
            claim_id=point.claim_id,
            stated_by=point.added,
        )
        for point in points
        if point.kind in ("correction", "addition") and point.change is not None and point.since is not None
    ]
