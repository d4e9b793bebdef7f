"""Step one, within a text: the claims that the extractor gave one story and one event are one group."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from tracker.claims import Cause, Count, Measure, Scope, identify
from tracker.incidents.adding import counts_anybody, is_attacker
from tracker.incidents.claimants import Key, Voice, identify_claimants
from tracker.incidents.copies import Words, follow_originals, words_of
from tracker.incidents.doubts import find_totals_told_as_events
from tracker.incidents.names import fold
from tracker.incidents.rulings import Rulings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from tracker.claims import Claim
    from tracker.readings import Reading

T = TypeVar("T", bound="Hashable")

GroupKey = tuple[str, int, int, bool, int]
"""Text, story and event, whether it is of hunger (deaths of malnutrition are no part of any other event), and which
piece of it, where a person has divided it."""

REPORTING_DELAY = timedelta(days=3)
"""An event without a date of its own happened on the day of publication or up to so long before it."""

_HUNGER = frozenset({Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES})
NO_RULINGS = Rulings()
_LEVELS = {"country": 0, "sea": 0, "admin1": 1, "region": 1, "admin2": 2}
FINE = 2
"""From this level on a place is small enough that "the same place" says something."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a group's harm happened, as far as its text says."""

    name: str | None = None
    names: frozenset[str] = frozenset()
    """All places named, folded."""
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    admin1: str | None = None
    precision: str | None = None
    level: int = 0
    """0 country or nothing, 1 first-order division or region, 2 second-order division, 3 town, site or bare name."""
    coarse: bool = False
    """Whether the id and the coordinates are those of a wider area, for the place itself is only known by its name."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One event as one text tells it. `readings` are distinct claims in the order of the text."""

    key: GroupKey
    readings: tuple[Reading, ...]
    parts: frozenset[str]
    """Ids of the claims that a bigger figure of the same measure includes."""
    published: date | None
    """First day on which the text was published by anyone."""
    outlets: tuple[str, ...]
    """Who published it on that day."""
    all_outlets: tuple[str, ...]
    document_ids: tuple[str, ...]
    country: str | None
    site: Site
    dates: tuple[date, date] | None
    """First and last possible day of the event as the text says, or None."""
    window: tuple[date, date] | None
    """`dates`, else the days before publication in which it may have happened."""
    cause: Cause | None
    voices: dict[str, Voice]
    """The claimant of each claim that cites one, by claim id."""
    said: frozenset[tuple[Measure, Key, Count]]
    """Who gives which whole figure."""
    doubtful: frozenset[str]
    """Ids of the claims that look like a running total, or were added to one for earlier days."""
    words: frozenset[Words]
    """What it says in words that a copy would repeat."""
    copies: frozenset[str]
    """The digests of the texts that are copies of this one."""
    alike: frozenset[str]
    """Those, and the digests of the texts that differ in their numbers only."""
    counts: dict[Measure, Count]
    """For comparison with other texts: the largest whole figure of each measure that is not doubtful."""


def claim_id_of(reading: Reading) -> str:
    """The claim's id, worked out where the claim does not carry it yet."""
    claim = reading.claim
    return claim.claim_id or identify(reading.text_sha256, claim.start, claim.end, claim.measure)


def distinct(readings: Iterable[Reading]) -> tuple[dict[str, Reading], dict[str, list[Reading]]]:
    """One reading for each claim id, and all readings of each text: the same text under two outlets is read once.

    Of several readings of one claim the earliest published stands; each carries its claim id afterwards, and is dated
    as in the text that its text is a copy of.
    """
    chosen: dict[str, Reading] = {}
    texts: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        claim_id = claim_id_of(reading)
        if not reading.claim.claim_id:
            reading = replace(reading, claim=replace(reading.claim, claim_id=claim_id))
        texts[reading.text_sha256].append(reading)
        known = chosen.get(claim_id)
        if known is None or _rank(reading) < _rank(known):
            chosen[claim_id] = reading
    return follow_originals(chosen), texts


def group_events(
    readings: Iterable[Reading], rulings: Rulings = NO_RULINGS, added: frozenset[str] = frozenset()
) -> list[Group]:
    """The event groups of all texts, sorted by text, story and event; cumulative claims form none.

    A part stands in the group of the whole that includes it, so that a breakdown by place is not counted beside its
    total. It is a part only of a whole of the same measure and of event scope: deaths among the kidnapped, or a day's
    deaths that feed a running total, are figures of their own. A part whose whole is not among the readings stays one.
    Claims that a person excludes are not there, and what a person divides is several events. `added` are the ids of
    the claims that count people whom a running total added for earlier days.
    """
    chosen, texts = distinct(r for r in readings if claim_id_of(r) not in rulings.excluded)
    members: dict[GroupKey, list[Reading]] = defaultdict(list)
    parts: set[str] = set()
    wholes = _index(chosen.values())
    for claim_id, reading in chosen.items():
        if reading.claim.scope is not Scope.EVENT:
            continue
        root = reading
        for _ in range(len(chosen)):  # a chain of parts ends; a circle, which no text has, must not hang
            parent, missing = _whole(root, wholes)
            if missing or parent is not None:
                parts.add(claim_id)
            if parent is None or parent is reading:
                break
            root = parent
        hunger = reading.claim.measure in _HUNGER
        members[(reading.text_sha256, root.claim.story, root.claim.event, hunger, 0)].append(reading)
    for key, whole in list(members.items() if rulings.apart else ()):
        for piece, claims in enumerate(rulings.divide([claim_id_of(reading) for reading in whole])):
            members[(*key[:4], piece)] = [chosen[claim_id] for claim_id in claims]
    voices = identify_claimants(chosen.values())
    doubtful = find_totals_told_as_events(chosen.values(), voices) | added
    return [_describe(key, members[key], parts, texts[key[0]], voices, doubtful) for key in sorted(members)]


def commonest(values: Iterable[T], prefer: Callable[[T], object] = repr) -> T | None:
    """The value that occurs most often; among equals the one that `prefer` sorts first; None where there is none."""
    counts = Counter(values)
    if not counts:
        return None
    return min(counts, key=lambda value: (-counts[value], prefer(value)))


def _rank(reading: Reading) -> tuple[date, str, str, str]:
    return (reading.published or date.max, reading.claim.document_id, reading.outlet or "", repr(reading))


def _index(readings: Iterable[Reading]) -> dict[tuple[str, int], list[Reading]]:
    index: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        index[(reading.text_sha256, reading.claim.start)].append(reading)
    return index


def _whole(reading: Reading, wholes: dict[tuple[str, int], list[Reading]]) -> tuple[Reading | None, bool]:
    """The whole of the same measure that includes this claim, and whether it names one that is not there."""
    claim = reading.claim
    if claim.part_of is None or claim.part_of == claim.start:
        return None, False
    candidates = wholes.get((reading.text_sha256, claim.part_of), [])
    if is_attacker(claim) and not any(_may_hold_attackers(candidate.claim) for candidate in candidates):
        return None, not candidates  # "four guards were killed; two of the raiders died too"
    if candidates and all(candidate.claim.count_max == 1 for candidate in candidates):
        return None, False  # nobody is a part of one person: "a member and one of his companions"
    for candidate in sorted(candidates, key=claim_id_of):
        if candidate.claim.measure is claim.measure and candidate.claim.scope is Scope.EVENT:
            return candidate, False
    return None, not candidates


def _may_hold_attackers(claim: Claim) -> bool:
    return is_attacker(claim) or counts_anybody(claim)


def _describe(
    key: GroupKey,
    members: list[Reading],
    parts: set[str],
    text: list[Reading],
    voices: dict[str, Voice],
    doubtful: frozenset[str],
) -> Group:
    readings = tuple(
        sorted(members, key=lambda reading: (reading.claim.start, reading.claim.end, reading.claim.measure))
    )
    wholes = [reading for reading in readings if claim_id_of(reading) not in parts] or list(readings)
    first = min((reading.published for reading in text if reading.published), default=None)
    days = [
        (claim.date_start or claim.date_end, claim.date_end or claim.date_start)
        for claim in (reading.claim for reading in wholes)
        if claim.date_start or claim.date_end
    ]
    dates = commonest(((start, end) for start, end in days if start and end), lambda span: (span[1] - span[0], span))
    window = dates or ((first - REPORTING_DELAY, first) if first else None)
    causes = [reading.claim.cause for reading in wholes]
    counts: dict[Measure, Count] = {}
    for claim in (reading.claim for reading in wholes if claim_id_of(reading) not in doubtful):
        count = Count(claim.count_min, claim.count_max)
        known = counts.get(claim.measure)
        if known is None or (count.minimum or 0, -(count.maximum or 0)) > (known.minimum or 0, -(known.maximum or 0)):
            counts[claim.measure] = count
    return Group(
        key=key,
        readings=readings,
        parts=frozenset(claim_id_of(reading) for reading in readings) & parts,
        published=first,
        outlets=_sorted(reading.outlet for reading in text if reading.published == first),
        all_outlets=_sorted(reading.outlet for reading in text),
        document_ids=_sorted(reading.claim.document_id for reading in text),
        country=commonest(reading.claim.country for reading in wholes if reading.claim.country),
        site=_site(wholes),
        dates=dates,
        window=window,
        # Deaths of any other cause are a measure of their own: hunger never caused them.
        cause=commonest(cause for cause in causes if cause and (key[3] or cause is not Cause.MALNUTRITION)),
        voices={claim_id_of(r): voices[claim_id_of(r)] for r in readings if claim_id_of(r) in voices},
        said=frozenset(
            (claim.measure, voices[claim.claim_id].key, Count(claim.count_min, claim.count_max))
            for claim in (reading.claim for reading in wholes)
            if claim.claim_id in voices
        ),
        doubtful=frozenset(claim_id_of(reading) for reading in readings) & doubtful,
        words=frozenset(words for words in map(words_of, readings) if words),
        copies=frozenset(readings[0].copies),
        alike=frozenset(readings[0].alike),
        counts=counts,
    )


def _sorted(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _is_only_a_name(claim: Claim) -> bool:
    """Whether the first place is finer than what its coordinates are of: a village that no gazetteer has."""
    if claim.place_precision not in ("country", "admin1") or len(claim.places) < 2 or claim.country is None:
        return False
    area = set(fold(claim.admin1 or "").split())
    return claim.place_precision == "country" or not area & set(fold(claim.places[0]).split())


def _site(readings: list[Reading]) -> Site:
    sites = []
    for claim in (reading.claim for reading in readings):
        if not claim.places and claim.geonames_id is None and claim.latitude is None and claim.admin1 is None:
            continue
        if claim.place_precision is not None:
            level = _LEVELS.get(claim.place_precision, 3)
        else:
            level = 3 if claim.places else 1 if claim.admin1 else 0
        coarse = _is_only_a_name(claim)
        level = 3 if coarse else level
        sites.append(
            Site(
                name=claim.places[0] if claim.places else None,
                names=frozenset(fold(place) for place in claim.places),
                geonames_id=claim.geonames_id,
                latitude=claim.latitude,
                longitude=claim.longitude,
                admin1=claim.admin1,
                precision=claim.place_precision,
                level=level,
                coarse=coarse,
            )
        )
    finest = max((site.level for site in sites), default=0)
    order = lambda site: (site.name or "", sorted(site.names), site.geonames_id or 0, repr(site.latitude))  # noqa: E731
    return commonest((site for site in sites if site.level == finest), order) or Site()
