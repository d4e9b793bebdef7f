"""`tracker doctor`: looks whether all is in place for the daily ingest."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.ingest import Database, SourcesFile


def doctor(
    db: Database = None,
    sources_file: SourcesFile = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the sources.")] = False,
) -> None:
    """Look at configuration, database, rules, gazetteer, disk and sources; the exit status is 1 where one fails."""
    from tracker.doctor import examine
    from tracker.settings import load_settings, locate_sources

    failed = False
    for check in examine(load_settings(db), locate_sources(sources_file), network=not offline):
        typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.says}")
        failed = failed or not check.ok
    if failed:
        raise typer.Exit(1)
