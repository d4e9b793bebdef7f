"""Claimants' running totals as series of their own, with every rise and every correction: never summed or clamped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


Key = tuple[str, str, Measure, str, Status]
"""Claimant, area, measure, baseline and status, folded: what one running total may be known by."""


def find_tolls(readings: Iterable[Reading]) -> list[TollPoint]:
    """The running totals of cumulative claims, sorted by series and day; independent of the order of the readings.

    A series is one claimant (the source, else the outlet), area, measure, baseline, status and, for parts, population.
    The same value repeated for the same day is one point; a looser wording of a day's value ("more than 56,000"
    beside 56,412) gives way. A claim with neither date nor publication date cannot be placed and is left out.
    """
    chosen, _ = distinct(readings)
    totals: dict[Key, list[Reading]] = defaultdict(list)
    for reading in chosen.values():
        if reading.claim.scope is Scope.CUMULATIVE and _as_of(reading) is not None:
            totals[_key(reading)].append(reading)
    measures: dict[tuple[str, int], set[Measure]] = defaultdict(set)
    for reading in chosen.values():
        measures[(reading.text_sha256, reading.claim.start)].add(reading.claim.measure)
    points = []
    for _, members in sorted(totals.items()):
        for population, own in sorted(_split(members, measures).items()):
            points += _points(own, is_part=bool(population))
    return points


def _as_of(reading: Reading) -> date | None:
    return reading.claim.date_end or reading.published


def _key(reading: Reading) -> Key:
    claim = reading.claim
    area = f"#{claim.geonames_id}" if claim.geonames_id is not None else fold(_area(reading) or "")
    baseline = claim.baseline_date.isoformat() if claim.baseline_date else fold(claim.baseline_text or "")
    return (fold(claim.source or reading.outlet or ""), area, claim.measure, baseline, claim.status)


def _split(members: Sequence[Reading], measures: Mapping[tuple[str, int], set[Measure]]) -> dict[str, list[Reading]]:
    """The whole total under "", and each partial one under the folded words for whom it counts.

    A partial total is one that its text puts inside another of the same measure, or that stands in one text beside a
    bigger one with other victims: nobody has two totals on one day. Once a population is known as a part ("children"),
    it is one in every text of this claimant, also where the whole is not repeated.
    """
    biggest: dict[tuple[str, date | None], Reading] = {}
    for reading in members:
        place = (reading.text_sha256, _as_of(reading))
        known = biggest.get(place)
        if known is None or _size(known) < _size(reading):
            biggest[place] = reading

    def is_part(reading: Reading) -> bool:
        claim, whole = reading.claim, biggest[(reading.text_sha256, _as_of(reading))]
        if claim.part_of is not None:
            including = measures.get((reading.text_sha256, claim.part_of))
            return including is None or claim.measure in including
        others = claim.victims and whole.claim.victims and fold(claim.victims) != fold(whole.claim.victims)
        return bool(others) and _value(_count(reading)) < _value(_count(whole)) and not _rounds(reading, whole)

    parts = {id(reading) for reading in members if is_part(reading)}
    populations = {fold(reading.claim.victims or "") for reading in members if id(reading) in parts} - {""}
    split: dict[str, list[Reading]] = defaultdict(list)
    for reading in members:
        population = fold(reading.claim.victims or "")
        if id(reading) in parts:
            split[population or "part"].append(reading)
        else:
            split[population if population in populations else ""].append(reading)
    return split


def _rounds(reading: Reading, whole: Reading) -> bool:
    return is_looser(_count(reading), _count(whole))


def _size(reading: Reading) -> tuple[int, bool, str]:
    """Order of size; of equals one that is no part, then any, but always the same."""
    return (_value(_count(reading)), reading.claim.part_of is None, reading.claim.claim_id)


def _area(reading: Reading) -> str | None:
    return reading.claim.places[0] if reading.claim.places else reading.claim.country


def _count(reading: Reading) -> Count:
    return Count(reading.claim.count_min, reading.claim.count_max)


def _points(members: Sequence[Reading], is_part: bool) -> list[TollPoint]:
    """The points of one series; its names are written as its first reading writes them."""
    days: dict[date, list[Reading]] = defaultdict(list)
    for reading in sorted(members, key=lambda r: (_as_of(r) or date.max, r.published or date.max, r.claim.claim_id)):
        days[_as_of(reading) or date.max].append(reading)
    naming = next(iter(days.values()))[0]
    baseline = naming.claim.baseline_date.isoformat() if naming.claim.baseline_date else naming.claim.baseline_text
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
