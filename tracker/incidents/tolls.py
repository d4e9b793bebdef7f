"""Claimants' running totals as series of their own, with every rise and every correction: never summed or clamped."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.claims import Count, Measure, Scope, Status
from tracker.incidents.adding import counts_anybody
from tracker.incidents.bounds import is_looser
from tracker.incidents.claimants import Key, identify_claimants, name_key, settle
from tracker.incidents.groups import claim_id_of, commonest, distinct
from tracker.incidents.names import bare, fold
from tracker.incidents.rises import DayFigure, account_for, figures_of_days, speakers
from tracker.incidents.rulings import Rulings
from tracker.judgements import Judgement
from tracker.readings import Reading

NEIGHBOUR = 5
"""How many times one running total may exceed another of its series before it must be something else."""
_PART = "part"
"""The population of a part that no words name."""
COLLAPSE = 20
"""Below which fraction of an earlier value a later one is no correction of it."""


STALE_AFTER = 30
"""Days for which a part may stay as it was while the whole moves, before it says nothing of today any more."""


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
    since: date | None
    """The day of the value that this one is compared with."""
    change: int | None
    """Against that value, persons; negative for a correction; None where the two cannot be compared."""
    kind: str
    """`first`, `rise`, `same`, `correction` (it fell) or `addition` (it rose by people added for earlier days too)."""
    claim_id: str
    area_key: tuple[str, ...]
    """What stands for the area however it is spelled: ("country", code), ("admin1", code, province), ("id", id) or
    ("name", code, name)."""
    toll_id: str
    """The series: a hash of its first claim, which stays when later ones join."""
    reported: int | None = None
    """What the claimant's own figures of the days since then add up to; None where they leave a gap."""
    added: tuple[str, ...] = ()
    """Of an `addition` the claims that say how many were added."""
    unmoved: int | None = None
    """Of a part: for how many days it has not moved while the whole has; None where it moved with it."""
    population: str | None = None
    """The victims, where the figure is a part of a bigger total ("children"): such parts are series of their own."""
    status: Status = Status.STATED

    @property
    def residual(self) -> int | None:
        """What of the change the claimant's own figures do not explain: added for, or taken off, earlier days."""
        return None if self.change is None or self.reported is None else self.change - self.reported

    def is_stale(self, after: int = STALE_AFTER) -> bool:
        """Whether it is a part that has not moved for more than so many days while the whole has."""
        return self.unmoved is not None and self.unmoved > after


Subject = tuple[tuple[str, ...], Measure, Status]
"""Area, measure and status: what the totals of several claimants may have in common."""


def find_tolls(readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> list[TollPoint]:
    """The running totals of cumulative claims, sorted by series and day; independent of the order of the readings.

    A series is one claimant (the source, else the outlet), area, measure, baseline, status and, for parts, population.
    The same value repeated for the same day is one point; a looser wording of a day's value ("more than 56,000"
    beside 56,412) gives way. A claim with neither date nor publication date cannot be placed and is left out, and so
    is one that a person excludes.
    """
    excluded = Rulings.of(judgements).excluded
    chosen, _ = distinct(reading for reading in readings if claim_id_of(reading) not in excluded)
    measures: dict[tuple[str, int], set[Measure]] = defaultdict(set)
    for reading in chosen.values():
        measures[(reading.text_sha256, reading.claim.start)].add(reading.claim.measure)
    voices = identify_claimants(chosen.values())
    areas = {claim_id: area_key(reading) for claim_id, reading in chosen.items()}
    figures = figures_of_days(chosen.values(), voices, areas)
    points: list[TollPoint] = []
    for members in gather_totals(chosen.values()):
        split = {population: _points(own, population) for population, own in sorted(_split(members, measures).items())}
        known = figures.get((area_key(members[0]), members[0].claim.measure), [])
        own = speakers(members, known, voices)
        for population, series in split.items():
            if population:
                points += _age(series, split.get("", []))
            else:
                points += [_explain(point, chosen[point.claim_id], known, own) for point in series]
    return points


def _explain(point: TollPoint, total: Reading, figures: Sequence[DayFigure], own: Collection[Key]) -> TollPoint:
    if point.change is None or point.since is None or point.status is not Status.STATED:
        return point
    account = account_for(point.change, point.since, point.as_of, total, figures, own)
    kind = "addition" if account.added else point.kind
    return replace(point, reported=account.reported, added=account.added, kind=kind)


def _age(part: Sequence[TollPoint], whole: Sequence[TollPoint]) -> list[TollPoint]:
    """The part's points with how long they have stood still; the last as of the last day on which the whole moved."""
    aged: list[TollPoint] = []
    moved: date | None = None
    for point in part:
        if moved is None or point.change or point.kind == "first":
            moved = point.as_of
        until = point.as_of
        if point is part[-1]:
            until = max([until, *(other.as_of for other in whole if other.change)])
        went_on = any(moved < other.as_of <= until for other in whole if other.change)
        aged.append(replace(point, unmoved=(until - moved).days if went_on else None))
    return aged


def gather_totals(readings: Iterable[Reading]) -> list[list[Reading]]:
    """The cumulative claims of each claimant, area, measure, baseline and status, in a fixed order.

    The readings are distinct and carry their claim ids. A total whose baseline its text does not say belongs to the
    only one of the same claimant, area and measure that it fits.
    """
    chosen = list(readings)
    voices = identify_claimants(chosen)
    subjects: dict[Subject, list[Reading]] = defaultdict(list)
    for reading in chosen:
        if reading.claim.scope is Scope.CUMULATIVE and as_of(reading) is not None:
            claim = reading.claim
            subjects[(area_key(reading), claim.measure, claim.status)].append(reading)
    totals = []
    for _, members in sorted(subjects.items()):
        claimants = settle(voices[r.claim.claim_id] for r in members if r.claim.claim_id in voices)
        by_claimant: dict[Key, list[Reading]] = defaultdict(list)
        for reading in members:
            voice = voices.get(reading.claim.claim_id)
            key = voice.key if voice else name_key(reading.outlet or "")
            by_claimant[claimants.root(key)].append(reading)
        for _, own in sorted(by_claimant.items()):
            totals += [total for _, total in sorted(_by_baseline(own).items())]
    return totals


def _by_baseline(members: Sequence[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for reading in members:
        found[_baseline(reading) or ""].append(reading)
    named = [baseline for baseline in found if baseline]
    if len(named) == 1 and "" in found:
        known = found[named[0]]
        low, high = min(map(_size, known))[0], max(map(_size, known))[0]
        loose = [r for r in found.pop("") if low / NEIGHBOUR > _size(r)[0] or _size(r)[0] > high * NEIGHBOUR]
        known += [reading for reading in members if not _baseline(reading) and reading not in loose]
        if loose:
            found[""] = loose
    return found


def _baseline(reading: Reading) -> str | None:
    """What the total counts from: a day where known, else the words."""
    claim = reading.claim
    day = claim.baseline_date or (claim.date_start if claim.date_start != claim.date_end else None)
    return day.isoformat() if day else fold(claim.baseline_text or "") or None


def as_of(reading: Reading) -> date | None:
    """The day up to which a running total counts."""
    return reading.claim.date_end or reading.published


def area_key(reading: Reading) -> tuple[str, ...]:
    """What stands for the area of a total, however it is spelled.

    A town that gives its province its name stands for the province ("Gaza" and "Gaza Strip"): of running totals the
    two are said for each other.
    """
    claim = reading.claim
    name = fold(claim.places[0]) if claim.places else ""
    if claim.place_precision == "country" or (not name and claim.geonames_id is None):
        return ("country", claim.country or "")
    province = fold(claim.admin1 or "")
    if province and (claim.place_precision == "admin1" or set(name.split()) <= set(province.split())):
        return ("admin1", claim.country or "", province)
    if claim.geonames_id is not None:
        return ("id", str(claim.geonames_id))
    return ("name", claim.country or "", name)


def _split(members: Sequence[Reading], measures: Mapping[tuple[str, int], set[Measure]]) -> dict[str, list[Reading]]:
    """The whole total under "", and each partial one under the folded words for whom it counts.

    A partial total is one that its text puts inside another of the same measure, or that stands in one text beside a
    bigger one with other victims, or beside one many times as big: nobody has two totals on one day. So is one that
    falls to a fraction of an earlier day's: no correction takes so much away. Once a population is known as a part
    ("children"), it is one in every text of this claimant, also where the whole is not repeated.
    """
    biggest: dict[tuple[str, date | None], Reading] = {}
    for reading in members:
        place = (reading.text_sha256, as_of(reading))
        known = biggest.get(place)
        if known is None or _size(known) < _size(reading):
            biggest[place] = reading

    def is_part(reading: Reading) -> bool:
        claim, whole = reading.claim, biggest[(reading.text_sha256, as_of(reading))]
        if claim.part_of is not None:
            including = measures.get((reading.text_sha256, claim.part_of))
            return including is None or claim.measure in including
        if _value(_count(reading)) >= _value(_count(whole)) or _rounds(reading, whole):
            return False
        others = claim.victims and whole.claim.victims and fold(claim.victims) != fold(whole.claim.victims)
        return bool(others) or _value(_count(reading)) * NEIGHBOUR < _value(_count(whole))

    parts = {id(reading) for reading in members if is_part(reading)}
    highest = 0
    for reading in sorted(members, key=_in_time):
        if _size(reading)[0] * COLLAPSE < highest:
            parts.add(id(reading))
        elif id(reading) not in parts:
            highest = max(highest, _size(reading)[0])
    populations = {_population(reading) for reading in members if id(reading) in parts} - {""}
    split: dict[str, list[Reading]] = defaultdict(list)
    for reading in members:
        population = _population(reading)
        if id(reading) in parts:
            split[population or _PART].append(reading)
        else:
            split[population if population in populations else ""].append(reading)
    for number, level in enumerate(_levels(split.pop(_PART, [])), start=1):
        split[_PART if number == 1 else f"{_PART} {number}"] = level
    return split


def _levels(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Parts that no words name, told apart by size: one that falls to a fraction of the others is another part."""
    levels: list[tuple[int, list[Reading]]] = []
    for reading in sorted(readings, key=_in_time):
        size = _size(reading)[0]
        at = next((at for at, (highest, _) in enumerate(levels) if size * COLLAPSE >= highest), len(levels))
        if at == len(levels):
            levels.append((0, []))
        highest, level = levels[at]
        levels[at] = max(highest, size), [*level, reading]
    return [level for _, level in levels]


def _in_time(reading: Reading) -> tuple[date, int, str]:
    """Order of days, of one day the largest first."""
    return as_of(reading) or date.max, -_size(reading)[0], reading.claim.claim_id


def _population(reading: Reading) -> str:
    """The folded words for whom the figure counts; "" where it is anybody."""
    return "" if counts_anybody(reading.claim) else fold(reading.claim.victims or "")


def _rounds(reading: Reading, whole: Reading) -> bool:
    return is_looser(_count(reading), _count(whole))


def _size(reading: Reading) -> tuple[int, bool, str]:
    """Order of size; of equals one that is no part, then any, but always the same."""
    return (_value(_count(reading)), reading.claim.part_of is None, reading.claim.claim_id)


def _area(reading: Reading) -> str | None:
    return reading.claim.places[0] if reading.claim.places else reading.claim.country


def _count(reading: Reading) -> Count:
    return Count(reading.claim.count_min, reading.claim.count_max)


def _points(members: Sequence[Reading], population: str) -> list[TollPoint]:
    """The points of one series; its names are written as most of its readings write them."""
    days: dict[date, list[Reading]] = defaultdict(list)
    for reading in sorted(members, key=lambda r: (as_of(r) or date.max, r.published or date.max, r.claim.claim_id)):
        days[as_of(reading) or date.max].append(reading)
    naming = next(iter(days.values()))[0]
    dated = (reading.claim.baseline_date.isoformat() for reading in members if reading.claim.baseline_date)
    worded = (reading.claim.baseline_text for reading in members if reading.claim.baseline_text)
    baseline = commonest(dated) or commonest(worded) or _baseline(naming)
    claimant = _commonest_name(reading.claim.source or reading.outlet for reading in members)
    area = commonest(name for name in map(_area, members) if name)
    victims = next((r.claim.victims for rs in days.values() for r in rs if _population(r)), population)
    points: list[TollPoint] = []
    reference: Count | None = None
    since: date | None = None
    series = hashlib.sha256(f"toll:{naming.claim.claim_id}".encode()).hexdigest()[:12]
    for day, readings in days.items():
        for reading in _values(readings):
            before = since
            change, kind, reference = _compare(_count(reading), reference)
            since = day if reference == _count(reading) else since
            points.append(
                TollPoint(
                    claimant=claimant,
                    area=area,
                    measure=naming.claim.measure,
                    baseline=baseline,
                    as_of=day,
                    low=reading.claim.count_min,
                    high=reading.claim.count_max,
                    since=before,
                    change=change,
                    kind=kind,
                    area_key=area_key(naming),
                    toll_id=series,
                    claim_id=reading.claim.claim_id,
                    population=victims if population else None,
                    status=naming.claim.status,
                )
            )
    return points


def _commonest_name(names: Iterable[str | None]) -> str | None:
    """The spelling used most often of the name used most often, whatever article stands before it."""
    known = [name for name in names if name]
    words = commonest(map(bare, known))
    return commonest(name for name in known if bare(name) == words)


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
