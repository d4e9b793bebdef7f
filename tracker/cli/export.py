"""`tracker export`: the database's tables as files for other programs, with what explains them, or their sums."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.claims import Cause, Measure
from tracker.cli.columns import align
from tracker.cli.options import Database, KnownOn, day_of
from tracker.cli.series import AREAS, FREQUENCIES, Level, Period
from tracker.errors import UsageError
from tracker.settings import load_settings

if TYPE_CHECKING:
    from tracker.publish.tables.holdings import Holdings


class What(StrEnum):
    """What can be exported."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    INCIDENT_CLAIMS = "incident_claims"
    SERIES = "series"
    TOLLS = "tolls"
    REVISIONS = "revisions"
    DOCUMENTS = "documents"
    JUDGEMENTS = "judgements"
    RUNS = "runs"
    PACKAGE = "package"
    CODEBOOK = "codebook"
    UCDP = "ucdp"
    ACLED = "acled"
    T4P = "t4p"
    HXL = "hxl"


LAYOUTS = frozenset({What.UCDP, What.ACLED, What.T4P, What.HXL})
"""The layouts of other data sets, which cannot carry everything: their losses are written beside them."""


STDOUT = Path("-")
_OF_FILTERS = "Choose rows"
_OF_FILES = "Form of the file"
_OF_SUMS = "Add up"
_OF_LAYOUTS = "Layouts of other data sets"


def export(
    kind: Annotated[
        What,
        typer.Argument(
            help="A table; package: all tables with their schema; codebook: what columns mean; ucdp, acled, t4p and "
            "hxl: layouts of other data sets (docs/conventions.md)."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="File to write, its dictionary beside it as NAME.dictionary.csv; of a package a folder or a .zip. "
            "- is standard output.",
        ),
    ] = STDOUT,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            rich_help_panel=_OF_FILTERS,
            help="First day: of the harm, else of the report; of documents their publication; of judgements their own.",
        ),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], rich_help_panel=_OF_FILTERS, help="Last day.")
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="AREA",
            rich_help_panel=_OF_FILTERS,
            help="Only an area: SDN, SDN/North Darfur or SDN/North Darfur/El Fasher. Of series also country, admin1 or "
            "place: what a row stands for.",
        ),
    ] = None,
    measure: Annotated[
        list[Measure] | None,
        typer.Option("--measure", rich_help_panel=_OF_FILTERS, help="Only this measure; repeat for several."),
    ] = None,
    cause: Annotated[
        list[Cause] | None,
        typer.Option("--cause", rich_help_panel=_OF_FILTERS, help="Only this cause; repeat for several."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="ISO3", rich_help_panel=_OF_FILTERS, help="Only this country."),
    ] = None,
    admin1: Annotated[
        str | None,
        typer.Option("--admin1", metavar="NAME", rich_help_panel=_OF_FILTERS, help="Only this province."),
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", rich_help_panel=_OF_FILTERS, help="Only this place.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="NAME",
            rich_help_panel=_OF_FILTERS,
            help="Incidents and series: only what this origin says.",
        ),
    ] = None,
    by: Annotated[
        Period, typer.Option("--by", rich_help_panel=_OF_FILTERS, help="Series: length of a period.")
    ] = Period.DAY,
    excel: Annotated[
        bool,
        typer.Option("--excel", rich_help_panel=_OF_FILES, help="For Excel: byte order mark, ids held as text."),
    ] = False,
    parquet: Annotated[
        bool,
        typer.Option(
            "--parquet",
            rich_help_panel=_OF_FILES,
            help="Parquet instead of CSV; in a package beside it. Extra: parquet.",
        ),
    ] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", rich_help_panel=_OF_FILES, help="Documents and package: whole texts too.")
    ] = False,
    licence: Annotated[
        str | None,
        typer.Option(
            "--licence",
            metavar="NAME",
            rich_help_panel=_OF_FILES,
            help="Package: under which licence you give it away, such as CC-BY-4.0; else none is stated.",
        ),
    ] = None,
    total: Annotated[
        bool,
        typer.Option(
            "--sum",
            rich_help_panel=_OF_SUMS,
            help="Print low, best and high of all incidents chosen, measure by measure, instead of the rows; what may "
            "count people twice is refused.",
        ),
    ] = False,
    countable: Annotated[
        bool,
        typer.Option(
            "--countable",
            rich_help_panel=_OF_SUMS,
            help="With --sum: leave out figures of several days and what bulletins may hold, as the report does.",
        ),
    ] = False,
    claimant: Annotated[
        str | None,
        typer.Option(
            "--claimant",
            rich_help_panel=_OF_LAYOUTS,
            help="t4p: who keeps the totals; --area, as tolls write it, where.",
        ),
    ] = None,
    sidecar: Annotated[
        bool,
        typer.Option(
            "--sidecar", rich_help_panel=_OF_LAYOUTS, help="hxl: the hashtags in NAME.hxl.json, not in the table."
        ),
    ] = False,
    names: Annotated[
        bool,
        typer.Option("--names", rich_help_panel=_OF_LAYOUTS, help="Names of victims too, which are withheld else."),
    ] = False,
    db: Database = None,
    as_known_on: KnownOn = None,
) -> None:
    """Write a table of the database as CSV or Parquet, all tables as a data package, or the codebook.

    Filters mean the same as for tracker series. The codebook says what a row of each table is, in which order rows are,
    and which day --from and --to look at.
    """
    if kind is What.CODEBOOK:
        _write_codebook(output)
        return
    _require_fitting_options(
        kind,
        {
            "--by": (by is not Period.DAY, {What.SERIES}),
            "--with-text": (with_text, {What.DOCUMENTS, What.PACKAGE}),
            "--licence": (licence is not None, {What.PACKAGE}),
            "--excel": (excel, set(What) - {What.PACKAGE} - LAYOUTS),
            "--parquet": (parquet, set(What) - LAYOUTS),
            "--sum": (total, set(What) - LAYOUTS),
            "--claimant": (claimant is not None, {What.T4P}),
            "--sidecar": (sidecar, {What.HXL}),
            "--names": (names, set(LAYOUTS)),
        },
    )
    _require_form(kind, output, excel=excel, parquet=parquet, total=total, countable=countable)
    from tracker.incidents.selection import Selection
    from tracker.ledger import Ledger
    from tracker.publish.tables.holdings import Holdings, Question

    level, where = _area(kind, None if kind is What.T4P else area, (country, admin1, place))
    selection = Selection(
        measures=frozenset(measure or ()),
        causes=frozenset(cause or ()),
        country=where[0],
        admin1=where[1],
        place=where[2],
        source=source,
        first=day_of(first),
        last=day_of(last),
    )
    question = Question(
        selection=selection,
        as_known_on=day_of(as_known_on),
        frequency=FREQUENCIES[by],
        area=AREAS[level],
        with_text=with_text,
    )
    settings = load_settings(db)
    with Ledger.open(settings.database_url, create=False) as ledger, ledger.snapshot():
        if kind in LAYOUTS:
            from tracker.cli.layouts import choose, export_layout

            if selection != Selection():
                raise UsageError("a layout holds all incidents and totals; leave the filters out, or export incidents.")
            choices = choose(settings.rules_folder, area=area, claimant=claimant, sidecar=sidecar, names=names)
            export_layout(kind.value, output, ledger, question.as_known_on, choices)
            return
        holdings = Holdings(ledger, question)
        if total:
            _print_sums(kind, holdings, output, countable)
        elif kind is What.PACKAGE:
            _write_package(holdings, output, parquet, licence)
        else:
            _write_table(kind, holdings, output, excel, parquet)


def _require_fitting_options(kind: What, asked: dict[str, tuple[bool, set[What]]]) -> None:
    for option, (is_asked, kinds) in asked.items():
        if is_asked and kind not in kinds:
            raise UsageError(f"{option} says nothing of {kind.value.replace('_', ' ')}; leave it out.")


def _require_form(kind: What, output: Path, *, excel: bool, parquet: bool, total: bool, countable: bool) -> None:
    if countable and not total:
        raise UsageError("--countable belongs to --sum; add it, or leave both out.")
    if total and (parquet or kind is What.PACKAGE):
        raise UsageError("a sum is a few lines of text; export incidents --sum without --parquet.")
    if parquet and excel:
        raise UsageError("--excel is for CSV files; leave out either --excel or --parquet.")
    if output == STDOUT and kind is What.PACKAGE:
        raise UsageError("a package is several files; name a folder or a .zip file with -o.")
    if output == STDOUT and parquet:
        raise UsageError("a Parquet file is not written to standard output; name a file with -o.")


def _area(
    kind: What, area: str | None, names: tuple[str | None, str | None, str | None]
) -> tuple[Level, tuple[str | None, str | None, str | None]]:
    """What a row of the series stands for, and the country, province and place that --area or its three kin choose."""
    if area is None:
        return Level.COUNTRY, names
    if area in list(Level):
        if kind is not What.SERIES:
            raise UsageError(f"--area {area} says what a row of the series stands for; give an area, such as SDN.")
        return Level(area), names
    parts = [part.strip() for part in area.split("/", 2)]
    if len(parts[0]) != 3 or not parts[0].isascii() or not parts[0].isalpha() or "" in parts:
        raise UsageError(
            f"--area {area!r} is no area; write it as the column area does, such as SDN or SDN/North Darfur."
        )
    if any(names):
        raise UsageError("--area goes without --country, --admin1 and --place; name the area in one way.")
    country, admin1, place = (*parts, None, None)[:3]
    return Level.COUNTRY, (country, admin1, place)


def _write_table(kind: What, holdings: Holdings, output: Path, excel: bool, parquet: bool) -> None:
    from tracker.publish.tables.cells import Form
    from tracker.publish.tables.dictionary import Kind
    from tracker.publish.tables.exports import export_file, write_export

    table, form = Kind(kind.value), Form(excel=excel)
    if output == STDOUT:
        write_export(table, holdings, sys.stdout.buffer, form)
        sys.stdout.buffer.flush()
        return
    _say(output, export_file(table, holdings, output, form, parquet=parquet))


def _write_package(holdings: Holdings, output: Path, parquet: bool, licence: str | None) -> None:
    from tracker.publish.tables.package import write_package

    _say(output, write_package(holdings, output, parquet=parquet, licence=licence))


def _write_codebook(output: Path) -> None:
    from tracker.publish.tables.codebook import write_codebook
    from tracker.publish.tables.csvfile import write_whole

    form = output.suffix.removeprefix(".") or "md"
    if output != STDOUT and form not in ("md", "csv"):
        raise UsageError(f"{output} is neither a page nor a table; name a file that ends in .md or .csv.")
    if output == STDOUT:
        write_codebook(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, lambda stream: write_codebook(stream, as_table=form == "csv"))


def _print_sums(kind: What, holdings: Holdings, output: Path, countable: bool) -> None:
    from tracker.publish.tables.csvfile import write_rows, write_whole
    from tracker.publish.tables.dictionary import Kind
    from tracker.publish.tables.holdings import require_fitting
    from tracker.publish.tables.sums import SUM_COLUMNS, add_up, require_addable

    selection = holdings.question.selection
    require_addable(Kind(kind.value), selection.measures)
    require_fitting(Kind(kind.value), selection)
    sums = add_up(selection.of(holdings.account.incidents), countable=countable)
    rows = [[getattr(one, name) for name in SUM_COLUMNS] for one in sums]
    if output == STDOUT:
        typer.echo(align(SUM_COLUMNS, rows))
    else:
        write_whole(output, lambda stream: write_rows(SUM_COLUMNS, rows, stream))


def _say(output: Path, rows: int) -> None:
    typer.echo(f"{output}: {rows} {'row' if rows == 1 else 'rows'}", err=True)
