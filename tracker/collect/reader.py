"""From paths to documents: whatever the files are, each document once, in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.collect.details import Defaults
from tracker.collect.files import read_path
from tracker.collect.found import Collected
from tracker.collect.layout import PLAIN, Layout
from tracker.collect.rejected import Rejected
from tracker.collect.taken import TakenIds
from tracker.documents import Document


def read_documents(
    paths: Path | str | Iterable[Path | str], defaults: Defaults | None = None
) -> Iterator[Document | Rejected]:
    """The documents of one path or of several, each once, and in their place what was set aside.

    A path is a text file (.txt, .md), JSON lines (.jsonl, .ndjson), a table (.csv, .tsv), a page (.html), an archive
    (.warc), each of these packed (.gz, .zst), a folder or a glob of them, or `-` (standard input; it and files without
    a suffix are read as what they look like, else as one text). Ids are a folder's relative paths without suffix, a
    single file's stem, or the id that a line, a row or an archive gives; a text from standard input is called by its
    digest. Two different documents under one id: the second is set aside; the same document twice counts once.
    """
    chosen = [paths] if isinstance(paths, Path | str) else list(paths)
    with TakenIds() as taken:
        for item in read_files(map(Path, chosen), defaults or Defaults(), PLAIN, taken):
            yield item.document if isinstance(item, Collected) else item


def read_files(
    paths: Iterable[Path], defaults: Defaults, layout: Layout, taken: TakenIds
) -> Iterator[Collected | Rejected]:
    """The same, each document with its place. `taken` carries the ids from one call to the next."""
    for path in paths:
        for item in read_path(path, defaults, layout):
            if isinstance(item, Rejected) or item.captured_at is not None:  # captures of one page are its versions
                yield item
                continue
            found = item.document
            digest = hashlib.blake2b(repr(found).encode(), digest_size=16).digest()
            place = item.place if item.line is None else f"{item.place}:{item.line}"
            earlier = taken.take(found.document_id, digest, place)
            if earlier is None:
                yield item
            elif earlier[0] != digest:
                reason = f"document id {found.document_id!r} is already that of another document, in {earlier[1]}."
                yield Rejected(item.place, item.line, reason)
