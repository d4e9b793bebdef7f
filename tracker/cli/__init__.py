"""The command line: one module a command; a command opens, calls one function of the library, prints."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from tracker import __version__
from tracker.cli import (
    diff,
    doctor,
    explain,
    export,
    extract,
    gazetteer,
    incidents,
    ingest,
    quarantine,
    reconcile,
    report,
    rules,
    score,
    series,
    status,
    tolls,
    verify,
)
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


def _ending_quietly(command: Callable[..., None]) -> Callable[..., None]:
    """The command, ending with status 0 where whoever reads its output has enough (`| head`)."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered must not raise again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return run


app.command("extract")(_ending_quietly(extract.extract))
app.command("explain")(_ending_quietly(explain.explain))
app.command("ingest")(_ending_quietly(ingest.ingest))
app.command("status")(_ending_quietly(status.status))
app.add_typer(quarantine.app, name="quarantine")
app.command("doctor")(_ending_quietly(doctor.doctor))
app.command("verify")(_ending_quietly(verify.verify))
app.add_typer(incidents.app, name="incidents")
app.add_typer(tolls.app, name="tolls")
app.command("series")(_ending_quietly(series.series))
app.command("reconcile")(_ending_quietly(reconcile.reconcile))
app.command("runs")(_ending_quietly(diff.runs))
app.command("diff")(_ending_quietly(diff.diff))
app.command("report")(_ending_quietly(report.report))
app.command("export")(_ending_quietly(export.export))
app.add_typer(rules.app, name="rules")
app.add_typer(gazetteer.app, name="gazetteer")
app.command("score")(_ending_quietly(score.score))


def main() -> None:
    """Runs a command: 0 all done, 1 done but inputs were set aside, 2 wrong usage, 3 the database refused.

    Whatever it writes is its user's alone: reports name victims, and sources must be able to rely on that.
    """
    os.umask(os.umask(0o077) | 0o077)
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
    sys.exit(status if isinstance(status, int) else 0)
