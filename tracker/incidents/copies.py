"""Copies of one text: what they say in the same words is one statement, made when the first of them said it.

A copy that appears a day later still says "on Monday" or "yesterday", and would date the harm anew. So a claim that
a copy repeats word for word has the date that it has in the earliest copy, and the two tell of one event.

A bulletin is the same form day after day, filled in anew. Where one day's leaves unsaid whose running total it states
and for where, and nobody is known to have published it, those bulletins that are alike say it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Measure, Scope
from tracker.incidents.unions import Unions
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.readings import Reading

Words = tuple[str, str, int]
"""Measure, folded sentence, and where in it the count stands."""

SHORTEST = 20
"""Folded characters of a sentence that says enough to be told as taken over."""


_WHOSE_AND_WHERE = (
    "source", "source_id", "source_kind", "places", "country", "latitude", "longitude", "geonames_id", "admin1",
    "place_precision",
)  # fmt: skip


def words_of(reading: Reading) -> Words | None:
    """What a copy has to repeat; None where the sentence is too short to tell."""
    claim = reading.claim
    sentence = fold(claim.quote)
    if len(sentence) < SHORTEST:
        return None
    return (claim.measure, sentence, len(fold(claim.quote[: claim.start - claim.quote_start])))


def follow_originals(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """The readings by claim id, those that a text took over from an earlier copy dated as there."""
    told: dict[Words, list[Reading]] = defaultdict(list)
    for reading in readings.values():
        if reading.copies and (words := words_of(reading)) is not None:
            told[words].append(reading)
    dated = dict(readings)
    for alike in (alike for alike in told.values() if len(alike) > 1):
        for family in _families(alike):
            first = min(family, key=_age).claim
            dates = {name: getattr(first, name) for name in ("date_start", "date_end", "date_precision")}
            for reading in family:
                dated[reading.claim.claim_id] = replace(reading, claim=replace(reading.claim, **dates))
    return dated | _named(dated)


def _named(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Those running totals of which nothing said whose they are, under the name and area that all forms alike give."""
    totals = [reading for reading in readings.values() if reading.claim.scope is Scope.CUMULATIVE]
    nameless = [r for r in totals if r.alike and not (r.claim.source or r.outlet or r.claim.places or r.claim.country)]
    if not nameless:
        return {}
    by_text: dict[tuple[str, Measure], list[Reading]] = defaultdict(list)
    for reading in totals:
        if reading.claim.source and reading.claim.country:
            by_text[(reading.text_sha256, reading.claim.measure)].append(reading)
    named = {}
    for reading in nameless:
        donors = [donor for other in reading.alike for donor in by_text.get((other, reading.claim.measure), [])]
        if len({(fold(d.claim.source or ""), d.claim.country, tuple(map(fold, d.claim.places))) for d in donors}) == 1:
            donor = min(donors, key=_age).claim
            taken = {name: getattr(donor, name) for name in _WHOSE_AND_WHERE}
            named[reading.claim.claim_id] = replace(reading, claim=replace(reading.claim, **taken))
    return named


def _families(alike: Sequence[Reading]) -> Iterable[list[Reading]]:
    """Those of the readings that are copies of one another, directly or through others."""
    unions: Unions[str] = Unions()
    texts = {reading.text_sha256 for reading in alike}
    for reading in alike:
        for copy in texts.intersection(reading.copies):
            unions.join(reading.text_sha256, copy)
    families: dict[str, list[Reading]] = defaultdict(list)
    for reading in alike:
        families[unions.root(reading.text_sha256)].append(reading)
    return families.values()


def _age(reading: Reading) -> tuple[date, str]:
    return (reading.published or date.max, reading.claim.claim_id)
