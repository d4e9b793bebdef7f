"""Is all in place for the daily job? One line for each thing looked at, and what to do where it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.collect import Definition, Kind, Source, load_sources
from tracker.errors import LedgerError, TrackerError
from tracker.settings import Settings

if TYPE_CHECKING:
    from tracker.collect.fetching import Web

_LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    says: str


def examine(settings: Settings, sources_file: Path, *, network: bool = True) -> Iterator[Check]:
    """Configuration, database, rules, gazetteer, disk and (with `network`) each source, one after the other."""
    definition = Definition()
    try:
        if sources_file.exists():
            definition = load_sources(sources_file)
            says = f"{sources_file}: {len(definition.sources)} sources"
            says += "" if definition.manners.contact else "; [fetch] has no contact: say there who asks"
        else:
            says = f"there is no {sources_file}; files and addresses can be ingested by hand"
        yield Check(name="configuration", ok=True, says=says)
    except TrackerError as error:
        yield Check(name="configuration", ok=False, says=str(error))
    yield _try("database", lambda: _look_at_database(settings))
    yield _try("rules", lambda: _look_at_rules(settings))
    yield _try("gazetteer", lambda: _look_at_gazetteer(settings))
    yield _look_at_disk(settings)
    if network:
        yield from _look_at_sources(definition)


def _try(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, ok=True, says=look())
    except TrackerError as error:
        return Check(name=name, ok=False, says=str(error))


def _look_at_database(settings: Settings) -> str:
    from tracker.ledger import Ledger

    file = _database_file(settings)
    if file is not None and not file.exists():
        if not os.access(file.parent, os.W_OK):
            raise LedgerError(f"there is none yet, and {file.parent} cannot be written; name a file that you can write")
        return f"there is none yet; tracker ingest will create {file}"
    with Ledger.open(settings.database_url, create=False) as ledger:
        runs = ledger.runs()
        last = f"the last run that brought something was on {runs[-1].run.started_at.date()}" if runs else "it is empty"
        return f"{ledger.name}: {last}"


def _look_at_rules(settings: Settings) -> str:
    from tracker.extract import load_extractor

    extractor = load_extractor(settings)
    return f"{settings.rules_folder}/{settings.language}, digest {extractor.rules_digest[:12]}"


def _look_at_gazetteer(settings: Settings) -> str:
    from tracker.gazetteer import Gazetteer

    Gazetteer.open(settings.rules_folder).check()
    return "the index is there and fits the hand-made places"


def _look_at_disk(settings: Settings) -> Check:
    file = _database_file(settings)
    folder = file.parent if file is not None else Path()
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(name="disk", ok=False, says=f"{folder} cannot be looked at: {error.strerror or error}")
    says = f"{free / 2**30:.1f} GiB free in {folder.resolve()}"
    return Check(name="disk", ok=free >= _LEAST_FREE, says=says if free >= _LEAST_FREE else f"{says}; make room")


def _database_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None for another database, or one in memory."""
    prefix = "sqlite:///"
    name = settings.database_url.removeprefix(prefix).partition("?")[0]
    return Path(name) if settings.database_url.startswith(prefix) and name not in ("", ":memory:") else None


def _look_at_sources(definition: Definition) -> Iterator[Check]:
    from tracker.collect.fetching import Web

    manners = replace(definition.manners, retries=0, deadline=min(definition.manners.deadline, 30))
    with Web(manners) as web:
        for source in definition.sources:
            yield _try(f"source {source.name}", lambda source=source: _look_at_source(source, web))  # type: ignore[misc]


def _look_at_source(source: Source, web: Web) -> str:
    if source.kind is Kind.FILES:
        import glob

        number = sum(len(glob.glob(place, recursive=True)) for place in source.places)
        return f"{number} files or folders" if number else "no files yet"
    if source.query is not None:
        address = f"{source.query.address}?appname={source.query.appname}&limit=1"
        web.ask(address, robots=False, allow_private=source.allow_private, accept="application/json")
        return "answers"
    for place in source.places:
        answer = web.ask(place, robots=source.robots, allow_private=source.allow_private)
        if source.kind is Kind.FEED:
            from tracker.collect.feeds import read_feed

            return f"answers with {len(read_feed(answer.body, answer.address))} entries"
    return "answers"
