"""From paths to documents: a file, a folder or standard input, each read as what it is, in a fixed order."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tracker.collect.details import Defaults
from tracker.collect.json_lines import bounded_lines, read_json_lines
from tracker.collect.plain_text import MAX_BYTES, read_plain_text
from tracker.collect.rejected import Rejected, UnreadableError, name_safely
from tracker.documents import Document

STDIN = Path("-")
_TEXT = {".txt", ".md"}
_JSON_LINES = {".jsonl", ".ndjson"}
_Item = tuple[str, int | None, "Document | UnreadableError"]


def read_documents(
    paths: Path | str | Iterable[Path | str], defaults: Defaults | None = None
) -> Iterator[Document | Rejected]:
    """The documents of one path or of several, each once, and in their place what was set aside.

    A path is a text file (.txt, .md), JSON lines (.jsonl, .ndjson), a folder of such files, or `-` (standard input,
    JSON lines if it begins with `{`, else one text; so are files without a suffix). Ids are a folder's relative paths
    without suffix, a single file's stem, or the id that a JSON line gives; a text from standard input is called by
    its digest. Two different documents under one id: the second is set aside; the same document twice counts once.
    """
    defaults = defaults or Defaults()
    chosen = [paths] if isinstance(paths, Path | str) else list(paths)
    seen: dict[str, tuple[bytes, str]] = {}
    for path in chosen:
        for source, line, found in _read_path(Path(path), defaults):
            if isinstance(found, UnreadableError):
                yield Rejected(source, line, str(found))
                continue
            digest = hashlib.blake2b(repr(found).encode(), digest_size=16).digest()
            place = source if line is None else f"{source}:{line}"
            earlier = seen.get(found.document_id)
            if earlier is None:
                seen[found.document_id] = (digest, place)
                yield found
            elif earlier[0] != digest:
                reason = f"document id {found.document_id!r} is already that of another document, in {earlier[1]}."
                yield Rejected(source, line, reason)


def _read_path(path: Path, defaults: Defaults) -> Iterator[_Item]:
    source = name_safely(str(path))
    if path == STDIN:
        for _, line, found in _read_stream(sys.stdin.buffer, source, "stdin", "", defaults):
            if line is None and isinstance(found, Document):  # a text without a name: today's is not yesterday's
                found = replace(found, document_id=f"stdin-{found.text_sha256[:12]}")
            yield source, line, found
    elif path.is_dir():
        try:
            for file, document_id in _walk(path):
                yield from _read_file(file, document_id, defaults)
        except UnreadableError as refusal:
            yield source, None, refusal
    elif path.suffix.lower() in _TEXT | _JSON_LINES | {""}:
        yield from _read_file(path, path.stem, defaults)
    else:
        reason = f"files of the kind {path.suffix} cannot be read; give .txt, .md, .jsonl or .ndjson."
        yield source, None, UnreadableError(reason)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below `folder` and their document ids, sorted by path; hidden ones and READMEs are passed over."""
    found = []

    def refuse(error: OSError) -> None:
        raise UnreadableError(f"{name_safely(str(error.filename))} cannot be read: {error.strerror or error}.")

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            wanted = file.suffix.lower() in _TEXT | _JSON_LINES and file.stem.lower() != "readme"
            if wanted and not name.startswith(".") and file.is_file():
                found.append((file.relative_to(folder), file))
    for relative, file in sorted(found, key=lambda pair: pair[0].parts):
        yield file, relative.with_suffix("").as_posix()


def _read_file(path: Path, document_id: str, defaults: Defaults) -> Iterator[_Item]:
    source = name_safely(str(path))
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, source, document_id, path.suffix.lower(), defaults)
    except FileNotFoundError:
        yield source, None, UnreadableError("it does not exist.")
    except OSError as error:
        yield source, None, UnreadableError(f"it cannot be read: {error.strerror or error}.")


def _read_stream(stream: BinaryIO, source: str, name: str, suffix: str, defaults: Defaults) -> Iterator[_Item]:
    """What `stream` holds, as its `suffix` says; where it says nothing, as its first character says."""
    try:
        head = [] if suffix else _read_head(stream)
        if suffix in _JSON_LINES or (
            not suffix and head and head[-1].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        ):
            for line, found in read_json_lines(bounded_lines(stream, head), name, defaults):
                yield source, line, found
        else:
            yield source, None, read_plain_text(stream, name, defaults, b"".join(head))
    except UnreadableError as refusal:
        yield source, refusal.line, refusal


def _read_head(stream: BinaryIO) -> list[bytes]:
    """The lines of `stream` up to the first that is not blank."""
    head: list[bytes] = []
    size = 0
    while size <= MAX_BYTES and (line := stream.readline(MAX_BYTES + 1)):
        head.append(line)
        size += len(line)
        if line.removeprefix(b"\xef\xbb\xbf").strip():
            break
    return head
