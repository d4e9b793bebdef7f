"""Files, folders, globs and standard input: each file is read as what it is, in a fixed order."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from tracker.collect.archive import list_captures, read_archive
from tracker.collect.compressed import PACKED, unpack
from tracker.collect.csv_rows import read_csv_rows
from tracker.collect.details import Defaults
from tracker.collect.found import Collected, sha256
from tracker.collect.json_lines import bounded_lines, read_json_lines
from tracker.collect.layout import PLAIN, Layout
from tracker.collect.plain_text import read_plain_text, read_several_texts
from tracker.collect.rejected import Rejected, UnreadableError, name_safely
from tracker.collect.web_page import MAX_BYTES as MAX_PAGE_BYTES
from tracker.collect.web_page import looks_like_markup
from tracker.documents import Document

STDIN = Path("-")
_TEXT = {".txt", ".md"}
_JSON_LINES = {".jsonl", ".ndjson"}
_HTML = {".html", ".htm", ".xhtml"}
_TABLES = {".csv": ",", ".tsv": "\t"}
_ARCHIVE = {".warc"}
KINDS = _TEXT | _JSON_LINES | _HTML | set(_TABLES) | _ARCHIVE
_HEAD = 1 << 16
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_BOM = b"\xef\xbb\xbf"
Item = Collected | Rejected


@dataclass(frozen=True, slots=True)
class _Input:
    """One stream with what is known of it before it is read."""

    stream: BinaryIO
    place: str
    name: str
    suffix: str
    defaults: Defaults
    layout: Layout
    again: Callable[[], BinaryIO] | None = None
    """Opens it once more from its beginning, where that can be done."""


def read_path(path: Path, defaults: Defaults, layout: Layout = PLAIN) -> Iterator[Item]:
    """What is at a path: a file, a folder, a glob, or `-` for standard input."""
    if path == STDIN:
        yield from _read_stdin(defaults, layout)
    elif path.is_dir():
        try:
            for file, name in _walk(path):
                yield from _read_file(file, layout.prefix + name, defaults, layout)
        except UnreadableError as refusal:
            yield _set_aside(name_safely(str(path)), refusal)
    elif any(character in str(path) for character in "*?[") and not path.exists():
        yield from _read_glob(path, defaults, layout)
    elif not _kind_of(path)[0] or _kind_of(path)[0] in KINDS:
        yield from _read_file(path, layout.prefix + _stem(path.name), defaults, layout)
    else:
        kinds = ", ".join(sorted(KINDS))
        reason = f"files of the kind {path.suffix} cannot be read; give {kinds}, or one of these with .gz or .zst."
        yield Rejected(name_safely(str(path)), None, reason)


def _read_stdin(defaults: Defaults, layout: Layout) -> Iterator[Item]:
    item = _Input(sys.stdin.buffer, "-", "stdin", "", defaults, layout)
    for found in _read_stream(item):
        if isinstance(found, Collected) and found.line is None:  # a text without a name: today's is not yesterday's
            document = found.document
            yield replace(found, document=replace(document, document_id=f"stdin-{document.text_sha256[:12]}"))
        else:
            yield found


def _read_glob(pattern: Path, defaults: Defaults, layout: Layout) -> Iterator[Item]:
    matches = sorted(Path(name) for name in glob.glob(str(pattern), recursive=True))
    if not matches:
        yield Rejected(name_safely(str(pattern)), None, "no file fits it.")
    for match in matches:
        yield from read_path(match, defaults, layout)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below `folder` and their document ids, sorted by path; hidden ones and READMEs are passed over."""
    found = []

    def refuse(error: OSError) -> None:
        raise UnreadableError(f"{name_safely(str(error.filename))} cannot be read: {error.strerror or error}.")

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            wanted = _kind_of(file)[0] in KINDS and _stem(name).lower() != "readme"
            if wanted and not name.startswith(".") and file.is_file():
                found.append((file.relative_to(folder), file))
    for relative, file in sorted(found, key=lambda pair: pair[0].parts):
        yield file, relative.with_name(_stem(relative.name)).as_posix()


def _kind_of(path: Path) -> tuple[str, str]:
    """The suffixes of what a file is (.csv) and of how it is packed (.gz, or nothing), in small letters."""
    suffix = path.suffix.lower()
    if suffix in PACKED:
        return Path(path.stem).suffix.lower(), suffix
    return suffix, ""


def _stem(name: str) -> str:
    """A file's name without the suffixes of its kind and packing."""
    path = Path(name)
    return Path(path.stem).stem if path.suffix.lower() in PACKED and _kind_of(path)[0] in KINDS else path.stem


def _read_file(path: Path, name: str, defaults: Defaults, layout: Layout) -> Iterator[Item]:
    place = name_safely(str(path))
    suffix, packing = _kind_of(path)

    def open_file() -> BinaryIO:
        opened = path.open("rb")
        return unpack(opened, packing) if packing else opened

    try:
        with closing(open_file()) as stream:
            yield from _read_stream(_Input(stream, place, name, suffix, defaults, layout, open_file))
    except FileNotFoundError:
        yield Rejected(place, None, "it does not exist.")
    except OSError as error:
        yield Rejected(place, None, f"it cannot be read: {error.strerror or error}.")


def _read_stream(item: _Input) -> Iterator[Item]:
    """What a stream holds, as its suffix says; where it says nothing, as its beginning says."""
    try:
        if not item.suffix:
            item = _recognise(item)
        if item.suffix in _ARCHIVE:
            yield from _read_captures(item)
        elif item.suffix in _HTML:
            yield _read_html(item)
        elif item.suffix in _JSON_LINES:
            lines = read_json_lines(bounded_lines(item.stream), item.name, item.defaults, item.layout)
            yield from _numbered(item, lines)
        elif item.suffix in _TABLES:
            delimiter = item.layout.delimiter or _TABLES[item.suffix]
            yield from _numbered(item, read_csv_rows(item.stream, item.name, item.defaults, item.layout, delimiter))
        elif item.layout.separator:
            texts = read_several_texts(
                item.stream, item.name, item.defaults, item.layout.separator, item.layout.encoding
            )
            yield from _numbered(item, texts)
        else:
            document = read_plain_text(item.stream, item.name, item.defaults, encoding=item.layout.encoding)
            yield Collected(document=document, place=item.place)
    except UnreadableError as refusal:
        yield _set_aside(item.place, refusal)


def _recognise(item: _Input) -> _Input:
    """The stream as what its beginning looks like: packed, JSON lines, a page, an archive, else a text."""
    head = item.stream.read(_HEAD)
    stream: BinaryIO = cast(BinaryIO, _Joined(head, item.stream))
    for magic, packing in ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst")):
        if head.startswith(magic):
            return _recognise(replace(item, stream=unpack(stream, packing), again=None))
    if head.removeprefix(_BOM).lstrip()[:1] == b"{":
        suffix = ".jsonl"
    elif head.startswith(b"WARC/"):
        suffix = ".warc"
    else:
        suffix = ".html" if looks_like_markup(head) else ".txt"
    return replace(item, stream=io.BufferedReader(cast(Any, stream)), suffix=suffix, again=None)


class _Joined(io.RawIOBase):
    """A head that was read already, and the rest of its stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        taken = bytes(self._head[: len(buffer)]) or self._rest.read(len(buffer))
        self._head = self._head[len(taken) :] if self._head else self._head
        buffer[: len(taken)] = taken
        return len(taken)


def _numbered(item: _Input, found: Iterator[tuple[int, Document | UnreadableError]]) -> Iterator[Item]:
    for line, one in found:
        if isinstance(one, Document):
            yield Collected(document=one, place=item.place, line=line)
        else:
            yield Rejected(item.place, line, str(one), one.sha256)


def _read_html(item: _Input) -> Item:
    from tracker.collect.pages import make_page_document

    content = item.stream.read(MAX_PAGE_BYTES + 1)
    try:
        document = make_page_document(content, None, item.name, {}, item.defaults)
    except UnreadableError as refusal:
        return Rejected(item.place, None, str(refusal), sha256(content))
    return Collected(document=replace(document, url=None), place=item.place)


def _read_captures(item: _Input) -> Iterator[Item]:
    """The pages of an archive. Of an address taken several times the newest comes last: it is the version that holds.

    An archive that can be read only once gives its captures in its own order.
    """
    older = _older_captures(item)
    if older and item.again is not None:
        with closing(item.again()) as stream:
            yield from _captures(item, stream, superseded=True, wanted=older.__contains__)
    yield from _captures(item, item.stream, superseded=False, wanted=lambda number: number not in older)


def _captures(item: _Input, stream: BinaryIO, *, superseded: bool, wanted: Callable[[int], bool]) -> Iterator[Item]:
    try:
        for capture in read_archive(stream, item.defaults, wanted):
            if isinstance(capture.found, UnreadableError):
                yield Rejected(item.place, capture.number, str(capture.found), capture.found.sha256)
            else:
                yield Collected(
                    document=capture.found,
                    place=item.place,
                    line=capture.number,
                    captured_at=capture.taken_at or _LONG_AGO,
                    superseded=superseded,
                )
    except UnreadableError:
        if not superseded:  # else the second reading says it
            raise


def _older_captures(item: _Input) -> set[int]:
    """The numbers of captures that a newer one of the same address follows or precedes."""
    if item.again is None:
        return set()
    newest: dict[str, tuple[str, int]] = {}
    older: set[int] = set()
    with closing(item.again()) as stream:
        for number, address, taken in list_captures(stream):
            known = newest.get(address)
            older |= {min(known, (taken, number))[1]} if known else set()
            newest[address] = max(known, (taken, number)) if known else (taken, number)
    return older


def _set_aside(place: str, refusal: UnreadableError) -> Rejected:
    return Rejected(place, refusal.line, str(refusal), refusal.sha256)
