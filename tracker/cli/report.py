"""`tracker report`: a window of the ledger as PDF and PNG pages, with the data behind each chart beside them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.settings import load_settings

if TYPE_CHECKING:
    pass


class Form(StrEnum):
    """What the pages are written as."""

    PDF = "pdf"
    PNG = "png"
    BOTH = "both"


def report(
    definition: Annotated[str, typer.Argument(help="Name of a definition under reports/.")] = "daily",
    db: Annotated[str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else ./tracker.db.")] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day; else as many days back as the definition says."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; else the latest publication in the database."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Pages as one PDF, as PNG images, or both.")] = Form.PDF,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write into; made where missing.")] = Path(
        "."
    ),
    names: Annotated[
        bool, typer.Option("--names", help="Print the names of victims, which are withheld otherwise.")
    ] = False,
    as_known_on: Annotated[
        datetime | None,
        typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
    ] = None,
) -> None:
    """Write a report and print the paths of its files."""
    from tracker.cli.naming import country_names
    from tracker.ledger import Ledger
    from tracker.publish.gathering import gather_material
    from tracker.publish.pages.definition import load_definition
    from tracker.publish.pages.report import build_report, write_files

    settings = load_settings(db)
    wanted = load_definition(settings.reports_folder, definition)
    with Ledger.open(settings.database_url, create=False) as ledger:
        material = gather_material(
            ledger,
            window_days=wanted.window_days,
            first=_day(first),
            last=_day(last),
            as_known_on=_day(as_known_on),
            name_country=country_names(settings.rules_folder),
        )
    for path in write_files(output, build_report(material, wanted, form.value, names)):
        typer.echo(path)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
