"""Extraction in other processes while this one does something else: what will be asked for is begun beforehand."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor, load_extractor
from tracker.extract.orphans import end_with_parent
from tracker.settings import Settings

_CHUNK = 16
_CHUNKS_AHEAD = 4  # for each process
_MOST_CHARACTERS = 4_000_000
"""Of the documents that are waited for, so that memory stays flat however long they are."""

_MOST_WAITING = 1000
"""So many things are looked at beforehand, due or not."""

T = TypeVar("T")
_Found = list[list[Claim] | None]


class _Chunk:
    """Documents that go to another process together."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.future: Future[_Found] | None = None


class AheadExtractor:
    """The extractor for one who knows early which documents will be due: the same claims, sooner.

    What another process fails on is extracted here once more, so that a failure is told as it would be without them.
    """

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._own = load_extractor(settings)
        self._most = jobs * _CHUNK * _CHUNKS_AHEAD
        # Not forked: this process has connections and threads that are nothing to the others.
        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(
            jobs, multiprocessing.get_context("spawn"), initializer=_load, initargs=(settings,)
        )
        self._last = _Chunk()
        self._expected: dict[int, tuple[_Chunk, int]] = {}
        self._characters = 0

    @property
    def rules_digest(self) -> str:
        """That of the extractor."""
        return self._own.rules_digest

    def foresee(self, items: Iterator[T], due: Callable[[T], Document | None]) -> Iterator[T]:
        """The same items in the same order; the documents of them that are `due` are begun before they are given."""
        waiting: deque[tuple[T, Document | None]] = deque()
        ended = False
        while waiting or not ended:
            while not ended and not self._has_enough and len(waiting) < _MOST_WAITING:
                try:
                    item = next(items)
                except StopIteration:
                    ended = True
                except Exception:
                    yield from (earlier for earlier, _ in waiting)  # what came before a fault is good
                    raise
                else:
                    document = due(item)
                    waiting.append((item, document))
                    if document is not None:
                        self._expect(document)
            if waiting:
                item, document = waiting.popleft()
                yield item
                if document is not None:
                    del self._expected[id(document)]
                    self._characters -= len(document.text)

    @property
    def _has_enough(self) -> bool:
        return len(self._expected) >= self._most or self._characters >= _MOST_CHARACTERS

    def _expect(self, document: Document) -> None:
        """Begins with a document, which is known again as this very object."""
        self._expected[id(document)] = (self._last, len(self._last.documents))
        self._characters += len(document.text)
        self._last.documents.append(document)
        if len(self._last.documents) >= _CHUNK:
            self._send()

    def extract(self, document: Document) -> Sequence[Claim]:
        """The claims of a document, expected or not."""
        chunk, at = self._expected.get(id(document), (None, 0))
        if chunk is None:
            return self._own.extract(document)
        if chunk is self._last:
            self._send()
        try:
            claims = chunk.future.result()[at] if chunk.future is not None else None
        except BrokenExecutor:  # a process was ended from outside; this one goes on alone
            self.close()
            claims = None
        return self._own.extract(document) if claims is None else claims

    def close(self) -> None:
        """Ends the other processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def _send(self) -> None:
        if self._pool is not None:
            try:
                self._last.future = self._pool.submit(_extract_chunk, self._last.documents)
            except BrokenExecutor:
                self.close()
        self._last = _Chunk()


_extractor: Extractor | None = None


def _load(settings: Settings) -> None:
    global _extractor  # each process loads the rules once
    end_with_parent()
    _extractor = load_extractor(settings)


def _extract_chunk(documents: list[Document]) -> _Found:
    assert _extractor is not None
    found: _Found = []
    for document in documents:
        try:
            found.append(_extractor.extract(document))
        except Exception:
            found.append(None)
    return found
