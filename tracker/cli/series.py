"""`tracker series`: incidents over time, each counted once."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.claims import Cause, Measure
from tracker.cli.columns import align
from tracker.cli.options import Database, KnownOn, day_of
from tracker.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from tracker.incidents.incident import Incident
    from tracker.incidents.series import Area, Dimension, Frequency


class Period(StrEnum):
    """How finely time is cut."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Level(StrEnum):
    """How finely space is cut."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    PLACE = "place"


class Apart(StrEnum):
    """What else rows may be told apart by."""

    CAUSE = "cause"
    SOURCE = "source"


class Layout(StrEnum):
    """How the series is printed."""

    TABLE = "table"
    CSV = "csv"


FREQUENCIES: dict[Period, Frequency] = {Period.DAY: "D", Period.WEEK: "W", Period.MONTH: "M"}
AREAS: dict[Level, Area] = {Level.COUNTRY: "country", Level.ADMIN1: "admin1", Level.PLACE: "place"}
_DIMENSIONS: dict[Apart, Dimension] = {Apart.CAUSE: "cause", Apart.SOURCE: "source"}


def series(
    by: Annotated[Period, typer.Option("--by", help="Length of a period; a week bears its Monday.")] = Period.DAY,
    area: Annotated[Level, typer.Option("--area", help="What a row stands for.")] = Level.COUNTRY,
    apart: Annotated[
        list[Apart] | None, typer.Option("--apart", help="Tell rows apart by cause or source too; repeat for both.")
    ] = None,
    measure: Annotated[
        list[Measure] | None, typer.Option("--measure", help="Only this measure; repeat for several.")
    ] = None,
    cause: Annotated[list[Cause] | None, typer.Option("--cause", help="Only this cause; repeat for several.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="ISO3", help="Only this country.")] = None,
    admin1: Annotated[str | None, typer.Option("--admin1", metavar="NAME", help="Only this province.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Only this place.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only what this origin says, as incidents name it.")
    ] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    added: Annotated[
        datetime | None,
        typer.Option(
            "--added", formats=["%Y-%m-%d"], help="Only what was first reported on this day for earlier days."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--every", help="Print periods without a report too, as such: unknown, not zero.")
    ] = False,
    layout: Annotated[Layout, typer.Option("--format", help="Aligned text or CSV.")] = Layout.TABLE,
    db: Database = None,
    as_known_on: KnownOn = None,
) -> None:
    """Print the series of incidents: low, best and high for each period, measure and area."""
    from tracker.incidents import draw_up
    from tracker.incidents.selection import Selection
    from tracker.incidents.series import series_frame
    from tracker.ledger import Ledger

    selection = Selection(
        measures=frozenset(measure or ()),
        causes=frozenset(cause or ()),
        country=country,
        admin1=admin1,
        place=place,
        source=source,
        first=day_of(first),
        last=day_of(last),
        added=day_of(added),
    )
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        incidents = list(selection.of(draw_up(ledger, day_of(as_known_on)).incidents))
    frame = series_frame(
        incidents,
        FREQUENCIES[by],
        AREAS[area],
        [_DIMENSIONS[dimension] for dimension in dict.fromkeys(apart or ())],
        _span(incidents, selection.first, selection.last) if every else None,
    )
    names, rows = list(frame.columns), _rows(frame)
    if layout is Layout.TABLE:
        typer.echo(align(names, rows))
    else:
        from tracker.publish.tables.csvfile import write_rows

        write_rows(names, rows, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _span(incidents: Sequence[Incident], first: date | None, last: date | None) -> tuple[date, date] | None:
    """The days asked for, missing ends filled in from the incidents."""
    from tracker.incidents.series import place_in_time

    days = [placed[0] for placed in map(place_in_time, incidents) if placed]
    return (first or min(days), last or max(days)) if days else None


def _rows(frame: pd.DataFrame) -> list[list[object]]:
    """The cells as plain values: days as dates, counts as whole numbers, None where a value is missing."""
    plain = frame.assign(date=frame["date"].dt.date).astype(object)
    return [[None if missing else cell for cell, missing in zip(row, gaps, strict=True)]
            for row, gaps in zip(plain.to_numpy(), frame.isna().to_numpy(), strict=True)]  # fmt: skip
