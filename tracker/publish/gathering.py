"""From the ledger to the material of a report: one window, seen as it was known on one day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.incidents import draw_up
from tracker.publish.material import Material, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from tracker.ledger import Ledger
    from tracker.readings import Reading


def gather_material(
    ledger: Ledger,
    *,
    window_days: int,
    first: date | None = None,
    last: date | None = None,
    as_known_on: date | None = None,
    name_country: Callable[[str], str] = str,
) -> Material:
    """The material of the days `first` to `last`, from what the ledger held at the end of `as_known_on`.

    `last` is by default the latest day of publication, and `first` is `window_days` back, its own day included.
    UsageError where neither a day is given nor any text is dated.
    """
    account = draw_up(ledger, as_known_on)
    readings = account.readings
    window = choose_window(readings, window_days, first, last)
    incidents = tuple(i for i in account.incidents if window.touches(i.date_start, i.date_end))
    tolls = tuple(point for point in account.tolls if window.first <= point.as_of <= window.last)
    records = [r for r in ledger.runs() if as_known_on is None or r.run.started_at.date() <= as_known_on]
    codes = {incident.country for incident in incidents} | {point.area for point in tolls}
    countries = sorted(code for code in codes if code and len(code) == 3 and code.isascii() and code.isupper())
    return Material(
        window=window,
        generated_for=window.last,
        incidents=incidents,
        tolls=tolls,
        readings=readings,
        runs=tuple(record.run.run_id for record in records),
        rules_digest=records[-1].run.rules_digest if records else None,
        documents=sum(1 for _ in ledger.documents(as_known_on)),
        claims=len(readings),
        set_aside=sum(record.set_aside for record in records),
        as_known_on=as_known_on,
        country_names={country: name_country(country) for country in countries},
    )


def choose_window(readings: Iterable[Reading], window_days: int, first: date | None, last: date | None) -> Window:
    """The window asked for, its missing ends filled in from the latest publication and the usual length."""
    if last is None:
        last = max((reading.published for reading in readings if reading.published), default=None)
        if last is None:
            raise UsageError("no text in the database has a day of publication; give the report's last day with --to.")
    return Window(first or last - timedelta(days=window_days - 1), last)
