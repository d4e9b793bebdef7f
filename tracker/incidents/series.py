"""Incidents over time: each incident counted once, on its own date; a day without a report has no row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from tracker.claims import Measure
from tracker.incidents.figures import weigh
from tracker.incidents.groups import REPORTING_DELAY
from tracker.incidents.incident import Figure, Incident, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import pandas as pd

Frequency = Literal["D", "W", "M"]
Area = Literal["country", "admin1", "place"]

Dimension = Literal["cause", "source"]

COLUMNS = ("date", "measure", "area", "low", "best", "high", "origins", "claims", "basis", "late")
NO_REPORT = "no_report"
"""The basis of a period in which nothing was reported: its figures are not known, which is not 0."""


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
    late: int
    """How many of the incidents were first reported more than 3 days after the day on which they are counted."""
    cause: str | None = None
    """Where the series is told apart by cause: that of the incidents; None where no text gives it."""
    source: str | None = None
    """Where it is told apart by source: whose figures these are. Rows of several sources are never added."""


def series_rows(
    incidents: Iterable[Incident],
    frequency: Frequency = "D",
    area: Area = "country",
    apart: Collection[Dimension] = (),
) -> list[SeriesRow]:
    """The series as rows, sorted by date, measure, area, basis, cause and source; told `apart` by these if asked for.

    Measures never share a row, nor do bases. An incident without any date has no place on the axis and is left out.
    Events that old reports recall stand at their own dates, not at the dates of those reports.
    """
    cells: dict[tuple[date, Measure, str, str, str, str], list[tuple[Incident, Figure]]] = defaultdict(list)
    for incident in incidents:
        placed = place_in_time(incident)
        if placed is None:
            continue
        day, basis = placed
        period, cause = _period(day, frequency), (incident.cause or "") if "cause" in apart else ""
        for measure, figure in incident.figures.items():
            for source, told in by_source(figure).items() if "source" in apart else [("", figure)]:
                key = (period, measure, name_area(incident, area) or "", basis, cause, source)
                cells[key].append((incident, told))
    order = list(Measure)
    rows = sorted(cells.items(), key=lambda cell: (cell[0][0], order.index(cell[0][1]), cell[0][2:]))
    return [
        SeriesRow(
            date=day,
            measure=measure,
            area=where or None,
            low=_sum_known(figure.low for _, figure in told),
            best=_sum_all(figure.best for _, figure in told),
            high=_sum_all(figure.high for _, figure in told),
            origins=len({origin for _, figure in told for origin in figure.origins}),
            claims=sum(len(figure.claim_ids) for _, figure in told),
            basis=basis,
            late=sum(is_late(incident) for incident, _ in told),
            cause=cause or None,
            source=source or None,
        )
        for (day, measure, where, basis, cause, source), told in rows
    ]


def by_source(figure: Figure) -> dict[str, Figure]:
    """What each origin alone gives for the figure, by its name."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in figure.statements:
        told[statement.origin].append(statement)
    return {
        origin: weigh(own, (claim for statement in own for claim in statement.claim_ids))
        for origin, own in sorted(told.items())
    }


def is_late(incident: Incident) -> bool:
    """Whether the first report came more than 3 days after the day on which the incident is counted."""
    placed, first = place_in_time(incident), incident.first_reported
    return placed is not None and first is not None and first - placed[0] > REPORTING_DELAY


def series_frame(
    incidents: Iterable[Incident],
    frequency: Frequency = "D",
    area: Area = "country",
    apart: Collection[Dimension] = (),
    every: tuple[date, date] | None = None,
) -> pd.DataFrame:
    """`series_rows` as a frame with `COLUMNS` and those of `apart`: `date` datetime64, counts nullable Int64, the rest
    strings.

    With `every`, first and last day, each measure and area of the series has a row in every period from the one to the
    other; where nothing was reported its figures are missing and its basis is `no_report`.
    """
    import pandas as pd  # half a second, which the rest of the program need not wait for

    rows = series_rows(incidents, frequency, area, apart)
    names = [*COLUMNS, *apart]
    frame = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in names}, columns=names)
    frame["date"] = pd.to_datetime(frame["date"])
    frame["measure"] = [row.measure.value for row in rows]
    for name in ("measure", "area", "basis", *apart):
        frame[name] = frame[name].astype("string")
    for name in ("low", "best", "high", "origins", "claims", "late"):
        frame[name] = pd.array([getattr(row, name) for row in rows], dtype="Int64")
    return frame if every is None else _with_every_period(frame, every, frequency, ["measure", "area", *apart])


def _with_every_period(
    frame: pd.DataFrame, every: tuple[date, date], frequency: Frequency, names: list[str]
) -> pd.DataFrame:
    import pandas as pd

    first, last = (_period(day, frequency) for day in every)
    step = {"D": "D", "W": "W-MON", "M": "MS"}[frequency]
    periods = pd.DataFrame({"date": pd.date_range(first, last, freq=step).astype(frame["date"].dtype)})
    empty = frame[names].drop_duplicates().merge(periods, how="cross")
    filled = empty.merge(frame, how="outer", on=["date", *names])
    silent = filled["basis"].isna()
    filled["basis"] = filled["basis"].fillna(NO_REPORT)
    for name in ("origins", "claims", "late"):
        filled[name] = filled[name].mask(silent, 0)
    order = {measure.value: at for at, measure in enumerate(Measure)}
    filled["order"] = filled["measure"].map(order)
    filled = filled.sort_values(["date", "order", *names[1:], "basis"], kind="stable", na_position="first")
    return filled[list(frame.columns)].reset_index(drop=True)


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
