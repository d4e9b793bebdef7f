"""The command line: one module a command; a command opens, calls one function of the library, prints."""

from __future__ import annotations

import os
import sys

import typer

from tracker import __version__
from tracker.cli import explain, export, extract, gazetteer, incidents, ingest, report, rules, score, series, verify
from tracker.errors import TrackerError

app = typer.Typer(
    help="Reads reports of human harm: claims, incidents, tolls, series and reports, every figure with its proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def tracker(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Reads reports of human harm: claims, incidents, tolls, series and reports, every figure with its proof."""


app.command("extract")(extract.extract)
app.command("explain")(explain.explain)
app.command("ingest")(ingest.ingest)
app.command("verify")(verify.verify)
app.add_typer(incidents.app, name="incidents")
app.command("series")(series.series)
app.command("report")(report.report)
app.command("export")(export.export)
app.add_typer(rules.app, name="rules")
app.add_typer(gazetteer.app, name="gazetteer")
app.command("score")(score.score)


def main() -> None:
    """Runs a command: 0 all done, 1 done but inputs were set aside, 2 wrong usage, 3 the database refused."""
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except typer.Abort:
        status = 130
    except typer.TyperException as error:
        if message := " ".join(error.format_message().split()):  # none where the help was printed in its stead
            typer.echo(f"tracker: {message}", err=True)
        status = error.exit_code
    except TrackerError as error:
        typer.echo(f"tracker: {error}", err=True)
        status = error.exit_status
    except BrokenPipeError:
        # Whoever read us has enough; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
