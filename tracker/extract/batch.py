"""Many documents: extracted one after the other or by several processes, always in the order they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor, load_extractor
from tracker.extract.orphans import end_with_parent
from tracker.settings import Settings

_CHUNK = 64
_CHUNKS_AHEAD = 4  # for each process: enough to keep it busy, few enough to keep memory flat

_extractor: Extractor | None = None


def extract_each(
    documents: Iterable[Document], settings: Settings, jobs: int = 1
) -> Iterator[tuple[Document, list[Claim]]]:
    """Each document with its claims, in order; memory stays flat however many there are."""
    if jobs == 1:
        extractor = load_extractor(settings)
        for document in documents:
            yield document, extractor.extract(document)
        return
    chunks = _chunked(documents)
    with ProcessPoolExecutor(jobs, initializer=_load, initargs=(settings,)) as pool:
        pending = []
        for chunk in chunks:
            pending.append((chunk, pool.submit(_extract_chunk, chunk)))
            if len(pending) >= jobs * _CHUNKS_AHEAD:
                done, future = pending.pop(0)
                yield from zip(done, future.result(), strict=True)
        for done, future in pending:
            yield from zip(done, future.result(), strict=True)


def _chunked(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _load(settings: Settings) -> None:
    global _extractor  # each process loads the rules once
    end_with_parent()
    _extractor = load_extractor(settings)


def _extract_chunk(documents: list[Document]) -> list[list[Claim]]:
    assert _extractor is not None
    return [_extractor.extract(document) for document in documents]
