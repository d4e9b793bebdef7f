"""`tracker export`: one table of the database as CSV, with its data dictionary beside it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.publish.tables.dictionary import Kind
from tracker.settings import load_settings


def export(
    kind: Annotated[Kind, typer.Argument(help="Which table.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="File to write; its dictionary is written beside it as NAME.dictionary.csv. - is standard output.",
        ),
    ] = Path("-"),
    db: Annotated[
        str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
    ] = None,
    as_known_on: Annotated[
        datetime | None,
        typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
    ] = None,
) -> None:
    """Write claims, series, incidents, tolls or revisions of tolls as CSV."""
    from tracker.ledger import Ledger
    from tracker.publish.tables.exports import export_file, write_export

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        day = as_known_on.date() if as_known_on else None
        readings, judgements = ledger.readings(day), ledger.judgements(as_known_on=day)
        if output == Path("-"):
            write_export(kind, readings, sys.stdout.buffer, judgements)
            sys.stdout.buffer.flush()
        else:
            rows = export_file(kind, readings, output, judgements)
            typer.echo(f"{output}: {rows} {'row' if rows == 1 else 'rows'}", err=True)
