"""Event figures that look like a running total: kept in sight, and left out of every sum.

A toll of years taken for the dead of a day hurts a series most. The sign of it: the figure is as large as a running
total that the same claimant gives within weeks, and dwarfs everything else that the claimant says of single events.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.claims import Measure, Scope
from tracker.incidents.claimants import Key, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.claims import Claim
    from tracker.incidents.claimants import Voice
    from tracker.readings import Reading

LOOKS_LIKE_TOTAL = "looks_like_total"
"""The flag of such a figure."""
ADDED_TO_TOTAL = "added_to_total"
"""The flag of a figure of those who died earlier and were added to a running total now."""
DWARFS = 20
"""How many times the figure is as large as any other event figure of the claimant."""
CLOSE = 0.02
"""How close it is to the running total, as a share of it."""
NEARBY = timedelta(days=31)
LEAST = 1000
"""Where the claimant gives no other event figures, smaller ones may well be those of one event."""


class _Value(NamedTuple):
    claim_id: str
    persons: int
    day: date


def find_totals_told_as_events(readings: Iterable[Reading], voices: Mapping[str, Voice]) -> frozenset[str]:
    """The ids of the event claims that look like a running total; the readings are distinct. Order never matters."""
    totals: dict[tuple[Key, Measure, str | None], list[_Value]] = defaultdict(list)
    events: dict[tuple[Key, Measure, str | None], list[_Value]] = defaultdict(list)
    for reading in readings:
        claim = reading.claim
        day = reading.published or claim.date_end
        persons = claim.count_min if claim.count_min is not None else claim.count_max
        if day is None or persons is None:
            continue
        voice = voices.get(claim.claim_id)
        series = (voice.key if voice else name_key(reading.outlet or ""), claim.measure, claim.country)
        if claim.scope is Scope.EVENT:
            events[series].append(_Value(claim.claim_id, persons, day))
        elif _has_baseline(claim):
            totals[series].append(_Value(claim.claim_id, persons, day))
    return frozenset(
        value.claim_id
        for series, known in totals.items()
        for value in events.get(series, ())
        if _is_close(value, known) and _dwarfs(value, [v for v in events[series] if not _is_close(v, known)])
    )


def _has_baseline(claim: Claim) -> bool:
    return bool(claim.baseline_date or claim.baseline_text or (claim.date_start and claim.date_start != claim.date_end))


def _is_close(value: _Value, totals: Iterable[_Value]) -> bool:
    return any(
        abs(value.persons - total.persons) <= CLOSE * total.persons and abs(value.day - total.day) <= NEARBY
        for total in totals
    )


def _dwarfs(value: _Value, others: Iterable[_Value]) -> bool:
    near = [other.persons for other in others if abs(value.day - other.day) <= NEARBY]
    return value.persons >= (DWARFS * max(near) if near else LEAST)
