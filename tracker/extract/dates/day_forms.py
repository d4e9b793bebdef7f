"""Forms of single days and of ranges between them: numbered days, weekdays, nights, feasts."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.extract.dates import calendar
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.reading import Reading


def read_day(reading: Reading) -> Interval | None:
    month, day = reading.value("month", "months"), reading.need_number("day")
    return as_interval(_place_day(reading, month, day))


def _place_day(reading: Reading, month: int, day: int) -> date | None:
    if reading.year is not None:
        return calendar.make_date(reading.year, month, day)
    return calendar.latest_month_day(month, day, reading.published) if reading.published else None


def as_interval(day: date | None) -> Interval | None:
    return calendar.day_interval(day) if day else None


def read_numeric_day(reading: Reading) -> Interval | None:
    """Digits only; day and month are told apart by size, and where both could be either nothing is guessed."""
    year, first, second = (reading.need_number(group) for group in ("year", "first", "second"))
    if reading.values.get("order") == "month_first":
        return as_interval(calendar.make_date(year, first, second))
    if reading.values.get("order") == "day_first" or first > 12 or first == second:
        return as_interval(calendar.make_date(year, second, first))
    return as_interval(calendar.make_date(year, first, second)) if second > 12 else None


def read_day_of_month(reading: Reading) -> Interval | None:
    day = reading.need_number("day")
    return as_interval(calendar.latest_day_of_month(day, reading.published)) if reading.published else None


def read_day_range(reading: Reading) -> Interval | None:
    first_month, last_month = reading.value("month", "months"), reading.value("month_end", "months")
    first_month = first_month or last_month
    last_month = last_month or first_month
    first, last = reading.need_number("day"), reading.need_number("day_end")
    end = _place_day(reading, last_month, last)
    if end is None:
        return None
    start_year = reading.number("year_start") or end.year
    start = calendar.make_date(start_year, first_month, first)
    if start and start > end:
        start = calendar.make_date(start_year - 1, first_month, first)
    return Interval(start, end) if start and start <= end else None


def read_weekday(reading: Reading) -> Interval | None:
    if reading.published is None:
        return None
    weekday, which = reading.value("weekday", "weekdays"), reading.value("which", "directions") or 0
    if which > 0:
        latest = calendar.latest_weekday(weekday, reading.published)
        return as_interval(calendar.shift_days(latest, calendar.WEEK) if latest else None)
    return as_interval(calendar.latest_weekday(weekday, reading.published + timedelta(days=which)))


def read_weekday_range(reading: Reading) -> Interval | None:
    if reading.published is None:
        return None
    end = calendar.latest_weekday(reading.value("weekday_end", "weekdays"), reading.published)
    start = calendar.latest_weekday(reading.value("weekday", "weekdays"), end) if end else None
    return Interval(start, end) if start and end else None


def read_weekday_of_week(reading: Reading) -> Interval | None:
    if reading.published is None:
        return None
    moved = calendar.shift_days(reading.published, calendar.WEEK * int(reading.value("which", "directions")))
    week = calendar.week_interval(moved) if moved else None
    return as_interval(week.start + timedelta(days=reading.value("weekday", "weekdays"))) if week else None


def read_relative_day(reading: Reading) -> Interval | None:
    offset = reading.value("relative", "relative_days")
    return as_interval(calendar.shift_days(reading.published, offset)) if reading.published else None


def read_overnight(reading: Reading) -> Interval | None:
    """The day before to the day: of publication, or of the weekday into which the night led."""
    day = reading.published
    if day and "weekday" in reading.groups:
        day = calendar.latest_weekday(reading.value("weekday", "weekdays"), day)
    start = calendar.shift_days(day, -1) if day else None
    return Interval(start, day) if start and day else None


def read_holiday(reading: Reading) -> Interval | None:
    code = reading.value("holiday", "holidays")
    if reading.year is not None:
        return as_interval(_holiday_in(code, reading.year))
    if reading.published is None:
        return None
    for year in (reading.published.year, reading.published.year - 1):
        found = _holiday_in(code, year) if year else None
        if found and found <= reading.published:
            return as_interval(found)
    return None


def _holiday_in(code: str, year: int) -> date | None:
    if code.startswith("easter"):
        return calendar.shift_days(calendar.easter_sunday(year), int(code.removeprefix("easter")))
    numbers = [int(part) for part in code.split("-")]
    if len(numbers) == 3:
        return calendar.nth_weekday(year, numbers[0], numbers[1], numbers[2])
    return calendar.make_date(year, numbers[0], numbers[1])


def read_named_day(reading: Reading) -> Interval | None:
    day: date = reading.value("named", "named_days")
    return calendar.day_interval(day)
