"""Forms that count units of time from a day: windows up to publication, "ago", "earlier", "that year"."""

from __future__ import annotations

from datetime import date

from tracker.extract.dates import calendar
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.day_forms import as_interval
from tracker.extract.dates.reading import Reading


def read_window(reading: Reading) -> Interval | None:
    if reading.published is None:
        return None
    start = move(reading.published, reading.value("unit", "units"), -(reading.number("n") or 1))
    return Interval(start, reading.published) if start else None


def move(day: date, unit: str, n: int) -> date | None:
    """`day` moved by n units; hours count as the days that they touch."""
    if unit == "hour":
        touched = -(-abs(n) // 24)
        return calendar.shift_days(day, touched if n > 0 else -touched)
    days = {"day": 1, "week": calendar.WEEK, "fortnight": 2 * calendar.WEEK, "weekend": calendar.WEEK}
    if unit in days:
        return calendar.shift_days(day, days[unit] * n)
    return calendar.shift_months(day, {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit] * n)


def unit_around(unit: str, day: date) -> Interval | None:
    """The calendar unit that `day` lies in."""
    if unit in ("week", "fortnight"):
        return calendar.week_interval(day)
    if unit == "month":
        return calendar.month_interval(day.year, day.month)
    if unit == "year":
        return calendar.year_interval(day.year)
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        first = max(day.year - day.year % length, 1)
        last = min(first + length - 1, date.max.year)
        return Interval(date(first, 1, 1), date(last, 12, 31))
    return calendar.day_interval(day)


def read_ago(reading: Reading) -> Interval | None:
    """N units before publication: that day, or the calendar unit that it falls in."""
    return _distance(reading, reading.published, -1)


def read_from_anchor(reading: Reading) -> Interval | None:
    """N units before or after the day that the text spoke of before."""
    return _distance(reading, reading.anchor, int(reading.values["direction"]))


def _distance(reading: Reading, day: date | None, direction: int) -> Interval | None:
    n, unit = reading.number("n") or 1, reading.value("unit", "units")
    if day is None:
        return None
    if unit == "hour" and n < 24:
        return calendar.day_interval(day)
    moved = move(day, unit, direction * n)
    if moved is None:
        return None
    is_exact = unit in ("hour", "day") or ("direction" in reading.values and unit in ("week", "fortnight"))
    return calendar.day_interval(moved) if is_exact else unit_around(unit, moved)


def read_anchor_unit(reading: Reading) -> Interval | None:
    """The day, week, month or year that the text spoke of before, or one beside it."""
    unit = reading.value("unit", "units")
    anchor = reading.anchor or _within(reading.period, unit)
    if anchor is None:
        return None
    moved = move(anchor, unit, int(reading.values.get("direction", 0)))
    return unit_around(unit, moved) if moved else None


def _within(period: Interval | None, unit: str) -> date | None:
    """The first day of a period that lies in one such unit."""
    if period is None:
        return None
    around = unit_around(unit, period.start)
    return period.start if around and period.end <= around.end else None


def read_same_period(reading: Reading) -> Interval | None:
    """The stretch of days that the text spoke of before."""
    return reading.period


def read_anniversary(reading: Reading) -> Interval | None:
    """The day N years before the one that the text speaks of, else before publication."""
    day, n = reading.anchor or reading.published, reading.number("n")
    return as_interval(calendar.shift_months(day, -12 * n)) if day and n else None


def read_unresolved(reading: Reading) -> Interval | None:
    return None
