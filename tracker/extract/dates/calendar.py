"""Calendar arithmetic: days, weeks, months and years as inclusive intervals, without any words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

WEEK = 7


class Interval(NamedTuple):
    """Both days belong to it."""

    start: date
    end: date


def day_interval(day: date) -> Interval:
    """The day itself as an interval."""
    return Interval(day, day)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """`day` moved by `days`, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """The same day of the month `months` later, or that month's last day; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_interval(day: date) -> Interval | None:
    """Monday to Sunday of the week of `day`."""
    start, end = shift_days(day, -day.weekday()), shift_days(day, WEEK - 1 - day.weekday())
    return Interval(start, end) if start and end else None


def month_interval(year: int, month: int) -> Interval:
    """First to last day of the month."""
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_interval(year: int) -> Interval:
    """1 January to 31 December."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def third_of_month(year: int, month: int, third: int) -> Interval:
    """Days 1 to 10, 11 to 20, or 21 to the last."""
    whole = month_interval(year, month)
    start = whole.start.replace(day=1 + 10 * third)
    return Interval(start, whole.end if third == 2 else start.replace(day=10 * (third + 1)))


def months_interval(year: int, month: int, months: int) -> Interval | None:
    """`months` whole months from the given one on."""
    first = date(year, month, 1)
    after = shift_months(first, months)
    return Interval(first, after - timedelta(days=1)) if after else None


def third_of_year(year: int, third: int) -> Interval | None:
    """January to April, May to August, or September to December."""
    return months_interval(year, 1 + 4 * third, 4)


def third_of_decade(year: int, third: int) -> Interval:
    """The first four years, the next three, or the last three of the decade that begins with `year`."""
    first, last = ((0, 3), (4, 6), (7, 9))[third]
    return Interval(date(year + first, 1, 1), date(year + last, 12, 31))


def latest_weekday(weekday: int, day: date) -> date | None:
    """The last such weekday (0 = Monday) on or before `day`."""
    return shift_days(day, -((day.weekday() - weekday) % WEEK))


def latest_month_day(month: int, day: int, limit: date) -> date | None:
    """The last such day of the year on or before `limit`; None where no year has it."""
    for year in range(limit.year, max(limit.year - 9, 0), -1):
        found = make_date(year, month, day)
        if found and found <= limit:
            return found
    return None


def latest_day_of_month(day: int, limit: date) -> date | None:
    """The last day with that number on or before `limit`."""
    for back in range(3):
        month = shift_months(limit.replace(day=1), -back)
        found = make_date(month.year, month.month, day) if month else None
        if found and found <= limit:
            return found
    return None


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The n-th such weekday of the month, counted from 1."""
    first = date(year, month, 1)
    return make_date(year, month, 1 + (weekday - first.weekday()) % WEEK + WEEK * (n - 1))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    rest_leaps, rest_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * rest_leaps - moon - rest_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
