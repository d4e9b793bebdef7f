"""One source, whatever it is: the way from its definition to what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.collect.addresses import is_address, show_address
from tracker.collect.details import Defaults
from tracker.collect.found import Found, Memory
from tracker.collect.reader import read_files
from tracker.collect.sources import Definition, Kind, Source
from tracker.collect.taken import TakenIds

if TYPE_CHECKING:
    from tracker.collect.fetching import Web


def collect(source: Source, memory: Memory, web: Web, now: datetime, taken: TakenIds) -> Iterator[Found]:
    """All that a source holds. `taken` carries the ids of files' documents from one source to the next."""
    if source.kind is Kind.FILES:
        yield from read_files(map(Path, source.places), source.defaults, source.layout, taken)
    elif source.kind is Kind.RELIEFWEB:
        from tracker.collect.reliefweb import collect_reliefweb

        yield from collect_reliefweb(source, memory, web, now)
    else:
        from tracker.collect.visiting import Visitor

        yield from Visitor(source, memory, web, now).collect()


def choose_sources(words: list[str], definition: Definition, defaults: Defaults) -> list[Source]:
    """The sources that words name: those of the definition by their names, else addresses, files, folders or globs.

    Paths come last and in order, so that the order in which they are named changes nothing.
    """
    chosen = []
    for word in words:
        source = definition.named(word)
        if source is None:
            kind = Kind.ADDRESS if is_address(word) else Kind.FILES
            name = show_address(word) if kind is Kind.ADDRESS else word
            source = Source(name=name, kind=kind, places=(word,), defaults=defaults)
        chosen.append(source)
    paths = [source for source in chosen if source.kind is Kind.FILES and definition.named(source.name) is not source]
    return [source for source in chosen if source not in paths] + sorted(paths, key=lambda source: source.name)
