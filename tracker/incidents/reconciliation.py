"""Incidents against an official toll: over the same days and area, what of its change do single reports account for?

The two are never added and neither is put right by the other. What remains, the residual, is printed with all that is
known of the days and may explain it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tracker.claims import Status
from tracker.incidents.links import is_window
from tracker.incidents.revisions import find_revisions
from tracker.incidents.series import place_in_time
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tracker.claims import Measure
    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """One toll's change over some days beside the incidents of these days, in persons."""

    toll_id: str
    claimant: str | None
    area: str | None
    measure: Measure
    baseline: str | None
    since: date
    """The day of the earlier value: incidents of the days after it are looked at."""
    until: date
    """The day of the later value, inclusive."""
    change: int
    low: int
    """Sum of the incidents' lower bounds that are known."""
    best: int
    """Sum of their best figures, the lower bound standing in for one that is not known."""
    high: int | None
    """Sum of their upper bounds; None where one is open."""
    incidents: int
    residual: int
    """change less best: positive where the toll counts more than the incidents do."""
    reasons: tuple[str, ...]
    """What is known of these days and may explain the residual."""


def reconcile(
    points: Iterable[TollPoint],
    incidents: Sequence[Incident],
    *,
    first: date | None = None,
    last: date | None = None,
    steps: bool = False,
) -> list[Reconciliation]:
    """Each whole, stated toll with two values or more against the incidents, from its first value to its last.

    With `first` and `last` between the last values at or before these days, or the first one after `first` where none
    is earlier. With `steps` every step from one value to the next comes before the whole.
    """
    found = []
    for _, series in groupby(points, key=lambda point: point.toll_id):
        values = [p for p in series if p.population is None and p.status is Status.STATED and _is_value(p)]
        values = _between(values, first, last)
        pairs = list(pairwise(values)) if steps and len(values) > 2 else []
        if len(values) > 1:
            pairs.append((values[0], values[-1]))
        inside = [incident for incident in incidents if values and _lies_in(incident, values[0])]
        found += [_compare(start, end, values, inside) for start, end in pairs]
    return found


def _is_value(point: TollPoint) -> bool:
    """Whether the next value is compared with it: not a looser wording of the one before."""
    return point.kind == "first" or point.change is not None


def _between(points: Sequence[TollPoint], first: date | None, last: date | None) -> list[TollPoint]:
    by_day = list({point.as_of: point for point in points if last is None or point.as_of <= last}.values())
    before = [point for point in by_day if first is not None and point.as_of <= first]
    return [*before[-1:], *(point for point in by_day if first is None or point.as_of > first)]


def _compare(
    start: TollPoint, end: TollPoint, values: Sequence[TollPoint], incidents: Sequence[Incident]
) -> Reconciliation:
    measure = end.measure
    counted, left_out = _count(incidents, measure, start.as_of, end.as_of)
    figures = [incident.figures[measure] for incident in counted]
    low = sum(figure.low or 0 for figure in figures)
    best = sum(figure.best if figure.best is not None else figure.low or 0 for figure in figures)
    highs = [figure.high for figure in figures]
    change = _persons(end) - _persons(start)
    steps = [point for point in values if start.as_of < point.as_of <= end.as_of]
    return Reconciliation(
        toll_id=end.toll_id,
        claimant=end.claimant,
        area=end.area,
        measure=measure,
        baseline=end.baseline,
        since=start.as_of,
        until=end.as_of,
        change=change,
        low=low,
        best=best,
        high=None if None in highs else sum(high for high in highs if high is not None),
        incidents=len(counted),
        residual=change - best,
        reasons=tuple(_reasons(change - best, start, end, steps, counted, left_out)),
    )


def _count(
    incidents: Sequence[Incident], measure: Measure, since: date, until: date
) -> tuple[list[Incident], list[tuple[str, Incident]]]:
    """The incidents of the days after `since` that may be added, and those that may not, each with the why."""
    counted, left_out = [], []
    for incident in incidents:
        placed = place_in_time(incident)
        if placed is None or measure not in incident.figures or not since < placed[0] <= until:
            continue
        start, end = incident.date_start, incident.date_end
        if start is not None and end is not None and is_window((start, end)):
            left_out.append(("sum up many days", incident))
        elif start is not None and start < since:
            left_out.append(("began before these days", incident))
        elif measure in incident.covered:
            left_out.append(("may be among those that a bulletin counts", incident))
        else:
            counted.append(incident)
    return counted, left_out


def _reasons(
    residual: int,
    start: TollPoint,
    end: TollPoint,
    steps: Sequence[TollPoint],
    counted: Sequence[Incident],
    left_out: Sequence[tuple[str, Incident]],
) -> Iterator[str]:
    if residual == 0:
        return
    revisions = find_revisions(steps)
    for revision in revisions:
        what = "added for earlier days" if revision.size > 0 else "taken off the toll"
        yield f"{abs(revision.size)} {what} on {revision.day}"
    if sum(revision.size for revision in revisions) == residual:
        return  # nothing is left to explain
    length = (end.as_of - start.as_of).days
    silent = length - len({day for incident in counted for day in _days(incident, start.as_of)})
    if silent > 0 and residual > 0:
        yield f"no incident is known of {silent} of {length} days"
    figures = [incident.figures[end.measure] for incident in counted]
    if loose := sum(figure.best is None or figure.high is None for figure in figures):
        yield f"incidents without an exact figure: {loose}"
    if disputed := sum(figure.high is not None and figure.low != figure.high for figure in figures):
        yield f"incidents of which the origins give different figures: {disputed}"
    late = sum(incident.first_reported is not None and incident.first_reported > end.as_of for incident in counted)
    if late and residual < 0:
        yield f"incidents reported only after {end.as_of}: {late}"
    for why, number in sorted(Counter(why for why, _ in left_out).items()):
        yield f"incidents left out that {why}: {number}"
    if residual > 0:
        yield "people who died of wounds or were found later, and events that no text told of, are in the toll alone"
    else:
        yield "events that the claimant does not count, or counts later, are among the incidents alone"


def _days(incident: Incident, since: date) -> Iterator[date]:
    """The days after `since` that the incident speaks of."""
    if incident.date_start is not None and incident.date_end is not None:
        for ordinal in range(incident.date_start.toordinal(), incident.date_end.toordinal() + 1):
            day = type(incident.date_end).fromordinal(ordinal)
            if day > since:
                yield day


def _lies_in(incident: Incident, point: TollPoint) -> bool:
    """Whether the incident is known to lie in the toll's area."""
    kind, *names = point.area_key
    if kind == "country":
        return bool(names[0]) and incident.country == names[0]
    if kind == "admin1":
        province = incident.admin1 or (incident.place if incident.place_precision == "admin1" else None)
        return incident.country == names[0] and names[1] in {fold(name) for name in (province, incident.place) if name}
    return fold(incident.place or "") == fold(point.area or "")


def _persons(point: TollPoint) -> int:
    return point.low if point.low is not None else point.high or 0
