"""`tracker series`: incidents over time, each counted once."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.settings import load_settings

if TYPE_CHECKING:
    from tracker.incidents.series import Area, Frequency


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


class Layout(StrEnum):
    """How the series is printed."""

    TABLE = "table"
    CSV = "csv"


_FREQUENCIES: dict[Period, Frequency] = {Period.DAY: "D", Period.WEEK: "W", Period.MONTH: "M"}
_AREAS: dict[Level, Area] = {Level.COUNTRY: "country", Level.ADMIN1: "admin1", Level.PLACE: "place"}


def series(
    by: Annotated[Period, typer.Option("--by", help="Length of a period; a week bears its Monday.")] = Period.DAY,
    area: Annotated[Level, typer.Option("--area", help="What a row stands for.")] = Level.COUNTRY,
    layout: Annotated[Layout, typer.Option("--format", help="Aligned text or CSV.")] = Layout.TABLE,
    db: Annotated[
        str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
    ] = None,
    as_known_on: Annotated[
        datetime | None,
        typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
    ] = None,
) -> None:
    """Print the series of incidents: low, best and high for each period, measure and area."""
    from tracker.incidents import find_incidents
    from tracker.incidents.series import COLUMNS, series_rows
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        incidents = find_incidents(ledger.readings(as_known_on.date() if as_known_on else None))
    rows = list(map(attrgetter(*COLUMNS), series_rows(incidents, _FREQUENCIES[by], _AREAS[area])))
    if layout is Layout.TABLE:
        typer.echo(align(COLUMNS, rows))
    else:
        from tracker.publish.csvfile import write_rows

        write_rows(COLUMNS, rows, sys.stdout.buffer)
        sys.stdout.buffer.flush()
