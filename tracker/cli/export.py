"""`tracker export`: one table of the database as CSV, or in another data set's layout, explained by files beside it."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.publish.tables.dictionary import Kind
from tracker.settings import load_settings

if TYPE_CHECKING:
    from datetime import date

    from tracker.ledger import Ledger
    from tracker.publish.tables.conventions.writing import Choices


class Table(StrEnum):
    """What can be exported: the tables of this project, then the layouts of other data sets."""

    CLAIMS = "claims"
    SERIES = "series"
    INCIDENTS = "incidents"
    TOLLS = "tolls"
    REVISIONS = "revisions"
    UCDP = "ucdp"
    ACLED = "acled"
    T4P = "t4p"
    HXL = "hxl"


LAYOUTS = frozenset({Table.UCDP, Table.ACLED, Table.T4P, Table.HXL})
"""Those that cannot carry everything: their losses are written beside them."""


def export(
    kind: Annotated[
        Table,
        typer.Argument(
            help="Which table; ucdp, acled, t4p and hxl are layouts of other data sets (docs/conventions.md)."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="File to write; its dictionary is written beside it as NAME.dictionary.csv, and of a layout what it "
            "cannot carry as NAME.losses.csv and NAME.losses.md. - is standard output.",
        ),
    ] = Path("-"),
    db: Annotated[
        str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
    ] = None,
    as_known_on: Annotated[
        datetime | None,
        typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help="t4p: the area whose running totals are written.")] = None,
    claimant: Annotated[
        str | None, typer.Option("--claimant", help="t4p: who keeps the running totals that are written.")
    ] = None,
    sidecar: Annotated[
        bool,
        typer.Option("--sidecar", help="hxl: write the hashtags to NAME.hxl.json instead of above the data."),
    ] = False,
    names: Annotated[
        bool,
        typer.Option("--names", help="Layouts: write the names of victims, which are withheld otherwise."),
    ] = False,
) -> None:
    """Write claims, series, incidents, tolls or revisions of tolls as CSV, or the layout of another data set."""
    from tracker.ledger import Ledger
    from tracker.publish.tables.exports import export_file, write_export

    settings = load_settings(db)
    day = as_known_on.date() if as_known_on else None
    with Ledger.open(settings.database_url, create=False) as ledger:
        if kind in LAYOUTS:
            _export_layout(kind, output, ledger, day, _choices(area, claimant, sidecar, names, settings.rules_folder))
            return
        readings, judgements = ledger.readings(day), ledger.judgements(as_known_on=day)
        if output == Path("-"):
            write_export(Kind(kind), readings, sys.stdout.buffer, judgements)
            sys.stdout.buffer.flush()
        else:
            rows = export_file(Kind(kind), readings, output, judgements)
            typer.echo(f"{output}: {rows} {'row' if rows == 1 else 'rows'}", err=True)


def _choices(area: str | None, claimant: str | None, sidecar: bool, names: bool, rules_folder: Path) -> Choices:
    from tracker.cli.naming import country_names
    from tracker.publish.tables.conventions.writing import Choices

    return Choices(name_country=country_names(rules_folder), names=names, area=area, claimant=claimant, sidecar=sidecar)


def _export_layout(kind: Table, output: Path, ledger: Ledger, day: date | None, choices: Choices) -> None:
    from dataclasses import replace

    from tracker.incidents import draw_up
    from tracker.publish.tables.conventions.writing import losses, losses_path, write_convention, write_table

    asked = replace(choices, read_at=ledger.read_at(day)) if kind is Table.ACLED else choices
    account = draw_up(ledger, day)
    if output == Path("-"):
        write_table(kind, account, sys.stdout.buffer, asked)
        sys.stdout.buffer.flush()
        lost = sum(1 for _ in losses(kind, account, asked))
        typer.echo(f"{lost} losses; name a file with -o to have them listed beside it.", err=True)
    else:
        rows = write_convention(kind, account, output, asked)
        typer.echo(f"{output}: {rows} {'row' if rows == 1 else 'rows'}", err=True)
        typer.echo(f"{losses_path(output).with_suffix('.md')}: what the layout cannot carry", err=True)
