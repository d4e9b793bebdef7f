"""`tracker ingest`: reads documents into the ledger."""

from __future__ import annotations

import json
import time
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.collect import Source
    from tracker.collect.sources import Manners
    from tracker.ingest import Summary

Moment = TypeVar("Moment", date, datetime)
Database = Annotated[
    str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
]
SourcesFile = Annotated[
    Path | None,
    typer.Option(
        "--sources", metavar="FILE", help="Where sources are defined; else TRACKER_SOURCES, else sources.toml."
    ),
]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar="DATETIME", help="When this run starts (UTC unless it says); else the clock."),
]
LogFile = Annotated[
    Path | None,
    typer.Option("--log-file", metavar="FILE", help="Append what happens to this file, one JSON line each."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the summary as JSON to standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="List what was set aside or is odd, and print nothing else.")]


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE…]",
            help="Names from sources.toml (nothing: all), files, folders, globs, addresses, - for standard input.",
        ),
    ] = None,
    db: Database = None,
    sources_file: SourcesFile = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication date of documents that have none.")
    ] = None,
    now: Now = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read all stored documents again that were read with other rules.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that extract from files at the same time.")] = 1,
    as_json: AsJson = False,
    log_file: LogFile = None,
    quiet: Quiet = False,
) -> None:
    """Read documents, extract their claims and record what is new.

    Repeating it changes nothing; interrupted, it goes on where it stopped. What cannot be read is set aside and listed,
    and the exit status is then 1.
    """
    from tracker.collect import Defaults, Definition, load_sources
    from tracker.collect.gathering import choose_sources
    from tracker.settings import locate_sources

    defaults = Defaults(published=parse_moment(date, "--published", published) if published else None)
    path = locate_sources(sources_file)
    given = path.exists() or sources_file is not None or not sources
    definition = load_sources(path) if given else Definition()
    chosen = choose_sources(sources, definition, defaults) if sources else list(definition.sources)
    if not chosen:
        raise UsageError(f"{path} defines no source; write one there (docs/sources.md shows how).")
    started_at = parse_moment(datetime, "--now", now) if now else datetime.now(UTC)
    manners = definition.manners
    run_ingest(
        chosen, manners, db, started_at, "ingest", log_file, jobs=jobs, reread=reread, as_json=as_json, quiet=quiet
    )


def run_ingest(
    sources: list[Source],
    manners: Manners,
    db: str | None,
    started_at: datetime,
    command: str,
    log_file: Path | None,
    *,
    jobs: int = 1,
    reread: bool = False,
    as_json: bool,
    quiet: bool,
) -> None:
    """Ingests, shows how it goes and what came of it; exit status 1 where something was set aside."""
    from tracker.cli.journal import journal
    from tracker.cli.progress import Progress
    from tracker.extract import load_extractor
    from tracker.extract.ahead import AheadExtractor
    from tracker.ingest import ingest as ingest_sources
    from tracker.ledger import Ledger
    from tracker.settings import load_settings

    began = time.monotonic()
    settings = load_settings(db)
    with (
        journal(log_file),
        Progress(not quiet) as progress,
        Ledger.open(settings.database_url) as ledger,
        AheadExtractor(settings, jobs) if jobs > 1 else nullcontext(load_extractor(settings)) as extractor,
    ):
        summary = ingest_sources(
            sources,
            ledger,
            extractor,
            started_at,
            command=command,
            language=settings.language,
            manners=manners,
            watcher=progress,
            count_incidents=True,
            reread=reread,
        )
    seconds = round(time.monotonic() - began, 1)
    for rejected in summary.set_aside:
        typer.echo(f"set aside: {rejected}", err=True)
    for note in summary.notes:
        typer.echo(f"note: {note}", err=True)
    if as_json:
        typer.echo(json.dumps(to_record(summary, started_at, seconds), ensure_ascii=False, indent=2))
    if not quiet:
        typer.echo(f"{summary}; {seconds} s", err=True)
    if summary.set_aside:
        raise typer.Exit(1)


def to_record(summary: Summary, started_at: datetime, seconds: float) -> dict[str, object]:
    """The summary as plain values."""
    return {
        "started_at": started_at.isoformat(),
        "new": summary.new,
        "updated": summary.updated,
        "reread": summary.reread,
        "unchanged": summary.unchanged,
        "quarantined": len(summary.set_aside),
        "without_rules": summary.foreign,
        "dated_in_the_future": summary.future,
        "claims": summary.claims,
        "incidents_touched": summary.incidents_touched,
        "seconds": seconds,
        "problems": dict(summary.problems),
        "set_aside": [
            {"source": one.source, "line": one.line, "reason": one.reason, "sha256": one.sha256}
            for one in summary.set_aside
        ],
    }


def parse_moment(kind: type[Moment], option: str, value: str) -> Moment:
    """The ISO date or moment given for `option`; UsageError where it is none."""
    try:
        return kind.fromisoformat(value)
    except ValueError:
        example = "2025-03-31T06:00" if kind is datetime else "2025-03-31"
        raise UsageError(f"{option} must be written as in {example}, not {value!r}.") from None
