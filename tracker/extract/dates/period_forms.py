"""Forms of weeks, months, seasons and years, their parts and their ranges."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.extract.dates import calendar
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.day_forms import read_day
from tracker.extract.dates.distance_forms import move, unit_around
from tracker.extract.dates.reading import Reading


def read_period(reading: Reading) -> Interval | None:
    """This, last or next week, month, year …, or a third of it."""
    if reading.published is None:
        return None
    unit, which = reading.value("unit", "units"), reading.value("which", "directions") or 0
    third = reading.value("third", "thirds")
    if unit == "weekend":
        return _weekend(reading.published, which)
    moved = move(reading.published, unit, which)
    if moved is None:
        return None
    if third is not None and unit == "month":
        return calendar.third_of_month(moved.year, moved.month, third)
    if third is not None and unit == "year":
        return calendar.third_of_year(moved.year, third)
    return unit_around(unit, moved)


def read_week(reading: Reading) -> Interval | None:
    """The seven days that end on a day, or the calendar week around it."""
    day = read_day(reading)
    if day is None or reading.values.get("direction") != -1:
        return calendar.week_interval(day.start) if day else None
    start = calendar.shift_days(day.start, 1 - calendar.WEEK)
    return Interval(start, day.end) if start else None


def _weekend(published: date, which: int) -> Interval | None:
    limit = calendar.shift_days(published, -published.weekday() - 1) if which < 0 else published
    saturday = calendar.latest_weekday(5, limit) if limit else None
    if saturday and which > 0:
        saturday = calendar.shift_days(saturday, calendar.WEEK)
    sunday = calendar.shift_days(saturday, 1) if saturday else None
    return Interval(saturday, sunday) if saturday and sunday else None


def read_month(reading: Reading) -> Interval | None:
    month, year = reading.value("month", "months"), reading.year
    if year is None:
        if reading.published is None:
            return None
        which = reading.value("which", "directions") or 0
        year = reading.published.year - (month > reading.published.month)
        if which < 0 and month == reading.published.month:
            year -= 1
        elif which > 0:
            year += 1
    if not date.min.year <= year <= date.max.year:
        return None
    third = reading.value("third", "thirds")
    return calendar.month_interval(year, month) if third is None else calendar.third_of_month(year, month, third)


def read_month_range(reading: Reading) -> Interval | None:
    last = read_month(
        Reading(
            {"month": reading.groups["month_end"]} | {k: v for k, v in reading.groups.items() if k.startswith("year")},
            reading.values,
            reading.words,
            reading.published,
        )
    )
    if last is None:
        return None
    month = reading.value("month", "months")
    year = reading.number("year_start") or last.start.year - (month > last.start.month)
    start = calendar.make_date(year, month, 1)
    return Interval(start, last.end) if start and start <= last.end else None


def read_season(reading: Reading) -> Interval | None:
    month, months = reading.value("season", "seasons")
    year = reading.year
    if year is None:
        if reading.published is None:
            return None
        which = reading.value("which", "directions") or 0
        year = reading.published.year + (1 if which > 0 else 0)
        span = calendar.months_interval(year, month, months)
        # "last summer" is over; "this summer" and "in the summer" may be running.
        while span and which <= 0 and (span.end if which < 0 else span.start) > reading.published:
            year -= 1
            span = calendar.months_interval(year, month, months)
        return span
    return calendar.months_interval(year, month, months)


def read_year(reading: Reading) -> Interval | None:
    year, third = reading.need_number("year"), reading.value("third", "thirds")
    return calendar.year_interval(year) if third is None else calendar.third_of_year(year, third)


def read_year_range(reading: Reading) -> Interval | None:
    start, end = reading.need_number("year"), reading.need_number("year_end")
    if end < 100:
        end += start - start % 100
    return Interval(date(start, 1, 1), date(end, 12, 31)) if start <= end else None


def read_decade(reading: Reading) -> Interval | None:
    first, third = reading.need_number("decade"), reading.value("third", "thirds")
    return unit_around("decade", date(first, 1, 1)) if third is None else calendar.third_of_decade(first, third)


def read_part_of_year(reading: Reading) -> Interval | None:
    """A half or a quarter, as the rule's `parts` says, of the year named, else the last one that has begun."""
    which, parts, published = reading.need_number("n"), int(reading.values["parts"]), reading.published
    year = reading.year
    if not 1 <= which <= parts or (year is None and published is None):
        return None
    month = 1 + (which - 1) * 12 // parts
    if year is None and published is not None:
        year = published.year - (month > published.month)
    return calendar.months_interval(year, month, 12 // parts) if year else None


def read_first_months(reading: Reading) -> Interval | None:
    """So many months from the beginning of the year named, else of the year of publication."""
    count, published = reading.need_number("n"), reading.published
    year = reading.year or (published.year if published else None)
    return calendar.months_interval(year, 1, count) if year and 1 <= count <= 12 else None


def read_first_days(reading: Reading) -> Interval | None:
    """So many days from the beginning of the month named."""
    whole, count = read_month(reading), reading.need_number("n")
    if whole is None or not 1 <= count <= (whole.end - whole.start).days + 1:
        return None
    return Interval(whole.start, whole.start + timedelta(days=count - 1))


def read_half_of_month(reading: Reading) -> Interval | None:
    whole, which = read_month(reading), reading.number("n")
    if whole is None or which not in (1, 2):
        return None
    middle = whole.start.replace(day=15)
    return Interval(whole.start, middle) if which == 1 else Interval(middle + timedelta(days=1), whole.end)
