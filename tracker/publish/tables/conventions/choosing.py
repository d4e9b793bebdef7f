"""Which figures of one measure may stand side by side in a file without counting anybody twice.

Finer figures go first: single events, then the bulletins that sum up a day or two of an area, in whose place the events
that they may include give way, then figures for many days, which are only taken where nothing else of these stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.incidents.links import DAY_PRECISION, is_window
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.claims import Measure
    from tracker.incidents import Incident

_EVERYWHERE = frozenset({None, "country", "region", "sea"})
_LONGEST = timedelta(days=DAY_PRECISION)
WIDE = _EVERYWHERE | {"admin1"}
"""Precisions of places so wide that a figure for them may sum up several events."""


class Overlap(NamedTuple):
    """Why a figure gives way: the reason's code, and the incident that it gives way to."""

    reason: str
    other: str


def find_overlaps(candidates: Iterable[Incident], measure: Measure) -> dict[str, Overlap]:
    """By id the incidents whose figure of the measure gives way to another's; their order is no matter."""
    incidents = list(candidates)
    fine = [incident for incident in incidents if not _sums_up_days(incident)]
    ids = {incident.incident_id for incident in fine}
    overlaps: dict[str, Overlap] = {}
    for incident in fine:
        bulletin = incident.covered.get(measure)
        if bulletin in ids:
            overlaps[incident.incident_id] = Overlap("covered", bulletin or "")
    shelves = _Shelves(incident for incident in fine if incident.incident_id not in overlaps)
    for window in sorted((i for i in incidents if _sums_up_days(i)), key=lambda i: (days_of(i), i.incident_id)):
        other = shelves.first_inside(window)
        if other is None:
            shelves.windows.append(window)
        else:
            overlaps[window.incident_id] = Overlap("window_overlaps", other.incident_id)
    return overlaps


def days_of(incident: Incident) -> int:
    """How many days the incident may lie on; 0 where it has no date."""
    if incident.date_start is None or incident.date_end is None:
        return 0
    return (incident.date_end - incident.date_start).days + 1


def sums_up(incident: Incident) -> bool:
    """Whether the incident's figures may be those of several events: of many days, or a bulletin of a wide area."""
    is_bulletin = days_of(incident) > 1 and incident.cause is None and incident.place_precision in WIDE
    return _sums_up_days(incident) or is_bulletin


def _sums_up_days(incident: Incident) -> bool:
    if incident.date_start is None or incident.date_end is None:
        return False
    return is_window((incident.date_start, incident.date_end))


class _Shelves:
    """The figures that stand, by country and day, so that a window is held against those of its own days only."""

    def __init__(self, fine: Iterable[Incident]) -> None:
        self.windows: list[Incident] = []
        self._shelves: dict[str | None, list[tuple[date, str, Incident]]] = defaultdict(list)
        for incident in fine:
            if incident.date_start is not None:
                self._shelves[incident.country].append((incident.date_start, incident.incident_id, incident))
        for shelf in self._shelves.values():
            shelf.sort(key=lambda placed: placed[:2])

    def first_inside(self, window: Incident) -> Incident | None:
        """The earliest figure that may be among those of the window; None where there is none."""
        countries = self._shelves if window.country is None else (window.country, None)
        inside = [other for other in self.windows if _may_hold(window, other)]
        for country in countries:
            shelf = self._shelves.get(country, [])
            first = next((other for other in _of_days(shelf, window) if _may_hold(window, other)), None)
            inside += [first] if first else []
        return min(inside, key=lambda other: (other.date_start, other.incident_id), default=None)


def _of_days(shelf: Sequence[tuple[date, str, Incident]], window: Incident) -> Iterator[Incident]:
    """Those of the shelf that may lie on a day of the window: none but windows lasts longer than `_LONGEST`."""
    if window.date_start is None or window.date_end is None:
        return
    at = bisect_left(shelf, window.date_start - _LONGEST, key=lambda placed: placed[0])
    while at < len(shelf) and shelf[at][0] <= window.date_end:
        yield shelf[at][2]
        at += 1


def _may_hold(window: Incident, other: Incident) -> bool:
    return _shares_days(window, other) and _shares_ground(window, other)


def _shares_days(window: Incident, other: Incident) -> bool:
    if window.date_start is None or window.date_end is None or other.date_start is None or other.date_end is None:
        return False
    return window.date_start <= other.date_end and other.date_start <= window.date_end


def _shares_ground(window: Incident, other: Incident) -> bool:
    """Whether the one's area may hold the other's; where too little is known it may."""
    if window.country is None or other.country is None:
        return True
    if window.country != other.country:
        return False
    if window.place_precision in _EVERYWHERE or other.place_precision in _EVERYWHERE:
        return True
    if "admin1" in (window.place_precision, other.place_precision):
        provinces = {fold(_province(incident)) for incident in (window, other)}
        return len(provinces - {""}) < 2
    return fold(window.place or "") == fold(other.place or "")


def _province(incident: Incident) -> str:
    return incident.admin1 or (incident.place if incident.place_precision == "admin1" else None) or ""
