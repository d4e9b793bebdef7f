"""Incidents over time: each incident counted once, on its own date; a day without a report has no row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from tracker.claims import Measure
from tracker.incidents.incident import Figure, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

Frequency = Literal["D", "W", "M"]
Area = Literal["country", "admin1", "place"]

COLUMNS = ("date", "measure", "area", "low", "best", "high", "origins", "claims", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """The incidents of one period, measure, area and basis together; counts in persons, None where not known."""

    date: date
    """The day, the Monday of the week or the first of the month."""
    measure: Measure
    area: str | None
    """ISO alpha-3, with `/province` or `/province/place` behind it as asked for; None where nothing is known."""
    low: int | None
    """Sum of the lower bounds that are known: still a lower bound."""
    best: int | None
    """Sum of the best figures; None as soon as one of them is unknown."""
    high: int | None
    """Sum of the upper bounds; None as soon as one of them is open."""
    origins: int
    """Independent origins, each counted once."""
    claims: int
    basis: str
    """`event`: the day of the harm; `reported`: of its first report, the harm's being unknown; `interval`: the last
    day of an interval or window in which it happened."""


def series_rows(incidents: Iterable[Incident], frequency: Frequency = "D", area: Area = "country") -> list[SeriesRow]:
    """The series as rows, sorted by date, measure, area and basis.

    Measures never share a row, nor do bases. An incident without any date has no place on the axis and is left out.
    Events that old reports recall stand at their own dates, not at the dates of those reports.
    """
    cells: dict[tuple[date, Measure, str, str], list[Figure]] = defaultdict(list)
    for incident in incidents:
        placed = place_in_time(incident)
        if placed is None:
            continue
        day, basis = placed
        for measure, figure in incident.figures.items():
            cells[(_period(day, frequency), measure, name_area(incident, area) or "", basis)].append(figure)
    order = list(Measure)
    rows = sorted(cells.items(), key=lambda cell: (cell[0][0], order.index(cell[0][1]), cell[0][2:]))
    return [
        SeriesRow(
            date=day,
            measure=measure,
            area=where or None,
            low=_sum_known(figure.low for figure in figures),
            best=_sum_all(figure.best for figure in figures),
            high=_sum_all(figure.high for figure in figures),
            origins=len({origin for figure in figures for origin in figure.origins}),
            claims=sum(len(figure.claim_ids) for figure in figures),
            basis=basis,
        )
        for (day, measure, where, basis), figures in rows
    ]


def series_frame(incidents: Iterable[Incident], frequency: Frequency = "D", area: Area = "country") -> pd.DataFrame:
    """`series_rows` as a frame with `COLUMNS`: `date` datetime64, counts nullable Int64, the rest strings."""
    import pandas as pd  # half a second, which the rest of the program need not wait for

    rows = series_rows(incidents, frequency, area)
    frame = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in COLUMNS}, columns=list(COLUMNS))
    frame["date"] = pd.to_datetime(frame["date"])
    frame["measure"] = [row.measure.value for row in rows]
    for name in ("measure", "area", "basis"):
        frame[name] = frame[name].astype("string")
    for name in ("low", "best", "high", "origins", "claims"):
        frame[name] = pd.array([getattr(row, name) for row in rows], dtype="Int64")
    return frame


def place_in_time(incident: Incident) -> tuple[date, str] | None:
    """The one day on which an incident is counted, and its basis; None where no date is known."""
    if incident.date_end is None or incident.date_start is None:
        return None
    if incident.date_basis != "event":
        return incident.date_start, incident.date_basis
    return incident.date_end, "event" if incident.date_start == incident.date_end else "interval"


def name_area(incident: Incident, area: Area) -> str | None:
    """The incident's area at the level asked for; where the finer name is unknown, the coarser one stands."""
    if area == "country":
        return incident.country
    province = incident.admin1
    if province is None and incident.place_precision == "admin1":
        province = incident.place
    names = [incident.country, province]
    if area == "place" and incident.place_precision not in ("country", "admin1"):
        names.append(incident.place)
    return "/".join(name for name in names if name) or None


def _period(day: date, frequency: Frequency) -> date:
    if frequency == "W":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if frequency == "M" else day


def _sum_known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _sum_all(values: Iterable[int | None]) -> int | None:
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total
