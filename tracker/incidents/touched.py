"""How many incidents speak of what a run recorded: what a morning changed, in one number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.incidents.finding import find_incidents

if TYPE_CHECKING:
    from tracker.incidents.incident import Incident
    from tracker.ledger import Ledger, Run

_AROUND = timedelta(days=21)
"""Reports of one event are seldom further apart; the whole ledger would take minutes after some years."""
_MOST_DAYS = timedelta(days=366)
_MOST_DOCUMENTS = 5000
"""So much is looked at together: a run that fills years would otherwise hold the claims of all of them."""


def count_touched(ledger: Ledger, run: Run) -> int:
    """The incidents that speak of what this run recorded, found among what was published within weeks of it."""
    days = ledger.days_recorded(run)
    dated = [(day, count) for day, count in days.items() if day is not None]
    dated = dated or [(run.started_at.date(), count) for count in days.values()]
    touched = 0
    for number, (first, last) in enumerate(_stretches(dated)):
        around = _shift(first, -_AROUND), _shift(last, _AROUND)
        recorded = ledger.recorded_by(run, *around)
        for incident in find_incidents(ledger.readings_of_days(*around)):
            home, is_touched = _home(incident, recorded)
            touched += is_touched and (first <= home <= last if home else number == 0)
    return touched


def _stretches(days: list[tuple[date, int]]) -> Iterator[tuple[date, date]]:
    """The first and last day of each stretch to be looked at together, which cover the sorted days and their counts.

    A stretch ends where nothing was published for so long that no event reaches over it, or where it gets too large.
    """
    stretch: list[tuple[date, int]] = []
    for day, count in days:
        if stretch:
            (first, _), (last, _) = stretch[0], stretch[-1]
            is_full = sum(counted for _, counted in stretch) + count > _MOST_DOCUMENTS
            if is_full or day - last > 2 * _AROUND or day - first > _MOST_DAYS:
                yield first, last
                stretch = []
        stretch.append((day, count))
    if stretch:
        yield stretch[0][0], stretch[-1][0]


def _home(incident: Incident, recorded: Mapping[str, date | None]) -> tuple[date | None, bool]:
    """The first day of what the run recorded of an incident, which is counted with that day; and whether it did at all.

    None where all of it has no day: that is counted with the first stretch.
    """
    own = [recorded[name] for name in incident.document_ids if name in recorded]
    return min((day for day in own if day is not None), default=None), bool(own)


def _shift(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
