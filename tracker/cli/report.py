"""`tracker report`: a window, an incident or a claimant as PDF and PNG pages, with the data behind them beside them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.claims import Measure
from tracker.cli.options import Database, KnownOn, day_of
from tracker.errors import UsageError
from tracker.settings import load_settings

if TYPE_CHECKING:
    from tracker.gazetteer import Gazetteer
    from tracker.publish.pages.definition import Definition

_FOR_KINDS = {
    "window": ("first", "last", "area", "measure", "since"),
    "incident": ("last", "measure", "incident"),
    "toll": ("first", "last", "area", "measure", "claimant"),
}
"""Which of the options that choose what is told a report of a kind can follow."""
_NAMES = {"first": "--from", "last": "--to"}


class Form(StrEnum):
    """What the pages are written as."""

    PDF = "pdf"
    PNG = "png"
    BOTH = "both"


def report(
    definition: Annotated[
        str, typer.Argument(help="A definition in reports/: daily, weekly, incident, toll, or your own.")
    ] = "daily",
    db: Database = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day; else as many days back as the definition says."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; else that of the latest publication."),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help="Only this country (code or name), province or place.")
    ] = None,
    measure: Annotated[
        list[Measure] | None, typer.Option("--measure", help="Only this measure; repeat for several.")
    ] = None,
    incident: Annotated[
        str | None,
        typer.Option(
            "--incident", metavar="ID", help="The incident that a dossier is about; `tracker incidents list`."
        ),
    ] = None,
    claimant: Annotated[
        str | None,
        typer.Option("--claimant", metavar="NAME", help="Whose running totals are told; or the id of one total."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY|RUN",
            help="When the last report was made: the end of a day, or a run. Else the end of the day before the last.",
        ),
    ] = None,
    as_known_on: KnownOn = None,
    form: Annotated[Form, typer.Option("--format", help="Pages as one PDF, as PNG images, or both.")] = Form.PDF,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PATH", help="Folder to write into, made where missing; or a file.pdf."),
    ] = Path("."),
    names: Annotated[
        bool, typer.Option("--names", help="Print the names of victims, but for those that may be minors'.")
    ] = False,
) -> None:
    """Write a report and print the paths of its files.

    Beside the pages stand the data behind each chart and table as CSV, and with PNG pages their words as text.
    """
    from tracker.ledger import Ledger
    from tracker.publish.gathering import Question, gather, with_rules
    from tracker.publish.pages.definition import load_definition, with_measures
    from tracker.publish.pages.report import build_report, write_files

    settings = load_settings(db)
    wanted = with_measures(load_definition(settings.reports_folder, definition), measure or ())
    given = {"first": first, "last": last, "area": area, "measure": measure, "incident": incident, "claimant": claimant,
             "since": since}  # fmt: skip
    _refuse_idle(wanted, {name for name, value in given.items() if value})
    target = _target(output, form)
    question = Question(
        first=day_of(first),
        last=day_of(last),
        area=area,
        incident=incident,
        claimant=claimant,
        as_known_on=day_of(as_known_on),
        since=_moment(since),
        names=names,
    )
    with Ledger.open(settings.database_url, create=False) as ledger:
        material = gather(ledger, wanted, question, _gazetteer(settings.rules_folder))
    material = with_rules(material, settings.rules_folder, settings.language)
    folder = output.parent if target else output
    for path in write_files(folder, build_report(material, wanted, form.value, names, stem=target)):
        typer.echo(path)


def _refuse_idle(definition: Definition, given: set[str]) -> None:
    """UsageError where an option says something that this kind of report cannot follow."""
    idle = sorted(given - set(_FOR_KINDS[definition.kind]))
    if idle:
        option = _NAMES.get(idle[0], f"--{idle[0]}")
        about = _ABOUT[definition.kind]
        raise UsageError(f"the report {definition.name!r} is about {about} and cannot follow {option}; leave it out.")


_ABOUT = {"window": "a window of days", "incident": "one incident", "toll": "one claimant"}


def _target(output: Path, form: Form) -> str | None:
    """The beginning of all file names where a PDF is named; None where a folder is."""
    if output.suffix.lower() != ".pdf" or output.is_dir():
        return None
    if form is not Form.PDF:
        raise UsageError(f"{output} names a PDF, but PNG pages are asked for; name a folder with -o.")
    return output.stem


def _moment(since: str | None) -> date | str | None:
    """A day where it is written as one, else what a run's id begins with."""
    try:
        return date.fromisoformat(since) if since else None
    except ValueError:
        return since


def _gazetteer(rules_folder: Path) -> Gazetteer | None:
    """The place names; None where they cannot be read, so that codes stand for countries."""
    from tracker.errors import GazetteerError
    from tracker.gazetteer import Gazetteer

    try:
        return Gazetteer.open(rules_folder)
    except GazetteerError:
        return None
