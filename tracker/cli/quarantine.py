"""`tracker quarantine`: what could not be read, to be tried again or dropped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.ingest import AsJson, Database, LogFile, Now, Quiet, SourcesFile, parse_moment, run_ingest

if TYPE_CHECKING:
    from tracker.collect import Definition, Source
    from tracker.ledger import Quarantined

app = typer.Typer(help="List what could not be read; try it again, or drop it.", no_args_is_help=True)

_HEADER = ("id", "source", "input", "tried", "first", "last", "sha256", "reason")
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids as listed, or as much as is unique.")]


@app.command("list")
def list_quarantine(
    db: Database = None,
    source: Annotated[str | None, typer.Option("--source", help="Only what came from this source.")] = None,
    dropped: Annotated[bool, typer.Option("--dropped", help="Also what was dropped.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON lines.")] = False,
) -> None:
    """One line for each input that waits, with the hash of its bytes and why it could not be read."""
    from tracker.ledger import Ledger
    from tracker.settings import load_settings

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        found = [one for one in ledger.collection.quarantined(source) if dropped or not one.dropped]
    if as_json:
        for one in found:
            typer.echo(json.dumps(_record(one), ensure_ascii=False))
    else:
        typer.echo(align(_HEADER, [_row(one) for one in found]))


@app.command("retry")
def retry(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", help="Ids as listed, or as much as is unique; nothing: all.")
    ] = None,
    db: Database = None,
    sources_file: SourcesFile = None,
    now: Now = None,
    as_json: AsJson = False,
    log_file: LogFile = None,
    quiet: Quiet = False,
) -> None:
    """Try inputs again, dropped ones too where they are named; their sources are ingested for that."""
    from tracker.collect import Definition, load_sources
    from tracker.ledger import Ledger
    from tracker.settings import load_settings, locate_sources

    path = locate_sources(sources_file)
    definition = load_sources(path) if path.exists() or sources_file is not None else Definition()
    started_at = parse_moment(datetime, "--now", now) if now else datetime.now(UTC)
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        collection = ledger.collection
        chosen = ids or [one.quarantine_id for one in collection.quarantined() if not one.dropped]
        found = [collection.release(quarantine_id) for quarantine_id in chosen]
    sources = {one.origin: _source_of(one, definition) for one in found}
    if not sources:
        typer.echo("nothing waits in quarantine", err=True)
        return
    run_ingest(
        list(sources.values()),
        definition.manners,
        db,
        started_at,
        "quarantine retry",
        log_file,
        as_json=as_json,
        quiet=quiet,
    )


@app.command("drop")
def drop(ids: Ids, db: Database = None) -> None:
    """Take inputs as not wanted: while they stay as they are, they are neither tried nor reported again."""
    from tracker.ledger import Ledger
    from tracker.settings import load_settings

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        for quarantine_id in ids:
            typer.echo(f"dropped: {ledger.collection.drop(quarantine_id).rejected}", err=True)


def _source_of(one: Quarantined, definition: Definition) -> Source:
    """The source that led to an input: a defined one by its name, else the address or path that was given by hand."""
    from tracker.collect import Defaults
    from tracker.collect.gathering import choose_sources

    named = definition.named(one.origin)
    if named is not None:
        return named
    word = one.rejected.visit.address if one.rejected.visit else one.origin
    return choose_sources([word], definition, Defaults())[0]


def _row(one: Quarantined) -> tuple[object, ...]:
    rejected = one.rejected
    place = rejected.source if rejected.line is None else f"{rejected.source}:{rejected.line}"
    reason = f"dropped; {rejected.reason}" if one.dropped else rejected.reason
    first, last = one.first_at.date(), one.last_at.date()
    return one.quarantine_id[:8], one.origin, place, one.attempts, first, last, (rejected.sha256 or "")[:12], reason


def _record(one: Quarantined) -> dict[str, object]:
    return {
        "id": one.quarantine_id,
        "source": one.origin,
        "input": one.rejected.source,
        "line": one.rejected.line,
        "reason": one.rejected.reason,
        "sha256": one.rejected.sha256,
        "attempts": one.attempts,
        "first_at": one.first_at.isoformat(),
        "last_at": one.last_at.isoformat(),
        "dropped": one.dropped,
    }
