"""`tracker ingest`: reads documents into the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tracker.errors import UsageError

Moment = TypeVar("Moment", date, datetime)


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Text files, JSON lines, folders of them, or - for standard input.", allow_dash=True),
    ],
    db: Annotated[
        str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication date of documents that have none.")
    ] = None,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="DATETIME", help="When this run starts (UTC unless it says); else the clock."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="List what was set aside, and print nothing else.")] = False,
) -> None:
    """Read documents, extract their claims and record what is new.

    Repeating it changes nothing; interrupted, it goes on where it stopped. What cannot be read is set aside and listed,
    and the exit status is then 1.
    """
    from tracker.collect import Defaults
    from tracker.extract import load_extractor
    from tracker.ingest import ingest as ingest_documents
    from tracker.ledger import Ledger
    from tracker.settings import load_settings

    defaults = Defaults(published=_parse(date, "--published", published) if published else None)
    started_at = _parse(datetime, "--now", now) if now else datetime.now(UTC)
    settings = load_settings(db)
    with Ledger.open(settings.database_url) as ledger:
        summary = ingest_documents(paths, ledger, load_extractor(settings), started_at, defaults=defaults)
    for rejected in summary.set_aside:
        typer.echo(f"set aside: {rejected}", err=True)
    if not quiet:
        typer.echo(str(summary), err=True)
    if summary.set_aside:
        raise typer.Exit(1)


def _parse(kind: type[Moment], option: str, value: str) -> Moment:
    try:
        return kind.fromisoformat(value)
    except ValueError:
        example = "2025-03-31T06:00" if kind is datetime else "2025-03-31"
        raise UsageError(f"{option} must be written as in {example}, not {value!r}.") from None
