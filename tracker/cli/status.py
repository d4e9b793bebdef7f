"""`tracker status`: when each source last answered and what it brought, with a warning where one has gone silent."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.ingest import Database, Now, SourcesFile, parse_moment

if TYPE_CHECKING:
    from tracker.ledger.status import SourceStatus

_HEADER = ("source", "last success", "last new", "documents", "claims", "quarantined", "warning")


def status(
    db: Database = None,
    sources_file: SourcesFile = None,
    now: Now = None,
    all_sources: Annotated[bool, typer.Option("--all", help="Also what was only ever given by hand.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """How each source stands: its last success, and documents and claims of the last seven days.

    The exit status is 1 where there is a warning.
    """
    from tracker.collect import Definition, load_sources
    from tracker.ledger import Ledger
    from tracker.ledger.status import source_statuses
    from tracker.settings import load_settings, locate_sources

    path = locate_sources(sources_file)
    definition = load_sources(path) if path.exists() or sources_file is not None else Definition()
    moment = parse_moment(datetime, "--now", now) if now else datetime.now(UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    others = all_sources or not definition.sources
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        found = source_statuses(definition.sources, ledger.collection, moment, others=others)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, default=str, indent=2))
    else:
        typer.echo(align(_HEADER, [_row(one) for one in found]))
    if any(one.warnings for one in found):
        raise typer.Exit(1)


def _row(one: SourceStatus) -> tuple[object, ...]:
    return (
        one.name,
        _show(one.last_succeeded),
        _show(one.last_new),
        one.documents,
        one.claims,
        one.quarantined,
        "; ".join(one.warnings),
    )


def _show(moment: datetime | None) -> str:
    return "never" if moment is None else moment.strftime("%Y-%m-%d %H:%M")
