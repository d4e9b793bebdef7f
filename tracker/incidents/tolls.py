"""Claimants' running totals as series of their own, with every rise and every correction: never summed or clamped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.claims import Count, Measure, Scope, Status
from tracker.incidents.bounds import is_looser
from tracker.incidents.groups import distinct
from tracker.incidents.names import fold
from tracker.readings import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class TollPoint:
    """One value of a running total. `baseline` is what it counts from: an ISO date where known, else the words."""

    claimant: str | None
    area: str | None
    measure: Measure
    baseline: str | None
    as_of: date
    low: int | None
    high: int | None
    change: int | None
    """Against the previous point, persons; negative for a correction; None where the two cannot be compared."""
    kind: str
    """`first`, `rise`, `same` or `correction`."""
    claim_id: str
    population: str | None = None
    """The victims, where the figure is a part of a bigger total ("children"): such parts are series of their own."""
    status: Status = Status.STATED


Key = tuple[str, str, Measure, str, str, Status]


def find_tolls(readings: Iterable[Reading]) -> list[TollPoint]:
    """The running totals of cumulative claims, sorted by series and day; independent of the order of the readings.

    A series is one claimant (the source, else the outlet), area, measure, baseline, status and, for parts, population.
    The same value repeated for the same day is one point; a looser wording of a day's value ("more than 56,000"
    beside 56,412) gives way. A claim with neither date nor publication date cannot be placed and is left out.
    """
    chosen, _ = distinct(readings)
    wholes = {(r.text_sha256, r.claim.start, r.claim.measure) for r in chosen.values()}
    series: dict[Key, list[tuple[date, Reading]]] = defaultdict(list)
    for reading in chosen.values():
        as_of = reading.claim.date_end or reading.published
        if reading.claim.scope is Scope.CUMULATIVE and as_of is not None:
            series[_key(reading, wholes)].append((as_of, reading))
    points = []
    for key, dated in sorted(series.items()):
        dated.sort(key=lambda entry: (entry[0], entry[1].published or date.max, entry[1].claim.claim_id))
        points += _points(dated, is_part=bool(key[4]))
    return points


def _key(reading: Reading, wholes: set[tuple[str, int, Measure]]) -> Key:
    claim = reading.claim
    area = f"#{claim.geonames_id}" if claim.geonames_id is not None else fold(_area(reading) or "")
    baseline = claim.baseline_date.isoformat() if claim.baseline_date else fold(claim.baseline_text or "")
    is_part = claim.part_of is not None and (reading.text_sha256, claim.part_of, claim.measure) in wholes
    population = (fold(claim.victims or "") or "part") if is_part else ""
    return (fold(claim.source or reading.outlet or ""), area, claim.measure, baseline, population, claim.status)


def _area(reading: Reading) -> str | None:
    return reading.claim.places[0] if reading.claim.places else reading.claim.country


def _count(reading: Reading) -> Count:
    return Count(reading.claim.count_min, reading.claim.count_max)


def _points(dated: Sequence[tuple[date, Reading]], is_part: bool) -> list[TollPoint]:
    """The points of one series; its names are written as its first reading writes them."""
    naming = dated[0][1]
    baseline = naming.claim.baseline_date.isoformat() if naming.claim.baseline_date else naming.claim.baseline_text
    days: dict[date, list[Reading]] = defaultdict(list)
    for as_of, reading in dated:
        days[as_of].append(reading)
    points: list[TollPoint] = []
    reference: Count | None = None
    for as_of, readings in days.items():
        for reading in _values(readings):
            change, kind, reference = _compare(_count(reading), reference)
            points.append(
                TollPoint(
                    claimant=naming.claim.source or naming.outlet,
                    area=_area(naming),
                    measure=naming.claim.measure,
                    baseline=baseline,
                    as_of=as_of,
                    low=reading.claim.count_min,
                    high=reading.claim.count_max,
                    change=change,
                    kind=kind,
                    claim_id=reading.claim.claim_id,
                    population=naming.claim.victims if is_part else None,
                    status=naming.claim.status,
                )
            )
    return points


def _values(readings: Sequence[Reading]) -> list[Reading]:
    """A day's distinct values, in the order of publication and then of size; looser wordings left out."""
    firsts: dict[Count, Reading] = {}
    for reading in readings:
        firsts.setdefault(_count(reading), reading)
    tight = [reading for count, reading in firsts.items() if not any(is_looser(count, other) for other in firsts)]
    return sorted(tight, key=lambda r: (r.published or date.max, _value(_count(r)), r.claim.claim_id))


def _value(count: Count) -> int:
    return count.minimum if count.minimum is not None else count.maximum or 0


def _compare(count: Count, reference: Count | None) -> tuple[int | None, str, Count]:
    """Change and kind against the last value, and the value that the next one is compared with."""
    if reference is None:
        return None, "first", count
    if is_looser(count, reference):
        return None, "same", reference  # "more than 56,000" after 56,412 takes nothing back
    change = _value(count) - _value(reference)
    kind = "rise" if change > 0 else "correction" if change < 0 else "same"
    return change, kind, count
