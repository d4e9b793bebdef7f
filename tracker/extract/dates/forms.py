"""From a date expression to the interval that it means on the day of publication.

A rule of `dates.toml` names its form; the form is the function that knows what the named groups of the rule mean.
Which words stand for which values is in `calendar.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.extract.dates import day_forms, distance_forms, period_forms
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.reading import Reading

Form = Callable[[Reading], Interval | None]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression means; an interval of None where it cannot be said."""

    interval: Interval | None
    precision: str
    is_future: bool = False


FORMS: dict[str, Form] = {
    "ago": distance_forms.read_ago,
    "anchor_unit": distance_forms.read_anchor_unit,
    "anniversary": distance_forms.read_anniversary,
    "day": day_forms.read_day,
    "day_of_month": day_forms.read_day_of_month,
    "day_range": day_forms.read_day_range,
    "decade": period_forms.read_decade,
    "from_anchor": distance_forms.read_from_anchor,
    "half_of_month": period_forms.read_half_of_month,
    "holiday": day_forms.read_holiday,
    "month": period_forms.read_month,
    "month_range": period_forms.read_month_range,
    "named_day": day_forms.read_named_day,
    "numeric_day": day_forms.read_numeric_day,
    "overnight": day_forms.read_overnight,
    "part_of_year": period_forms.read_part_of_year,
    "first_months": period_forms.read_first_months,
    "first_days": period_forms.read_first_days,
    "period": period_forms.read_period,
    "relative_day": day_forms.read_relative_day,
    "same_period": distance_forms.read_same_period,
    "season": period_forms.read_season,
    "unresolved": distance_forms.read_unresolved,
    "week": period_forms.read_week,
    "weekday": day_forms.read_weekday,
    "weekday_of_week": day_forms.read_weekday_of_week,
    "weekday_range": day_forms.read_weekday_range,
    "window": distance_forms.read_window,
    "year": period_forms.read_year,
    "year_range": period_forms.read_year_range,
}

ANCHORED = frozenset({"anchor_unit", "anniversary", "from_anchor", "same_period"})
"""Forms that are read against another date of the text."""


def resolve(reading: Reading) -> Resolved:
    """The meaning of one expression, never reaching beyond publication unless it lies there wholly."""
    try:
        interval = FORMS[reading.values["form"]](reading)
    except (OverflowError, ValueError):  # a day that no calendar has, or one before the first year or after the last
        interval = None
    precision = _precision(reading)
    if interval is None or reading.published is None:
        return Resolved(interval, precision)
    if interval.start > reading.published:
        return Resolved(interval, precision, is_future=True)
    return Resolved(Interval(interval.start, min(interval.end, reading.published)), precision)


def _precision(reading: Reading) -> str:
    if "precision" in reading.values:
        return str(reading.values["precision"])
    unit = reading.value("unit", "units") if "unit" in reading.groups else "day"
    return {"hour": "day", "fortnight": "week", "decade": "span", "century": "span"}.get(unit, unit)
