"""WARC archives: the pages that a crawler kept, each with the moment when it was taken."""

from __future__ import annotations

import email.message
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from tracker.collect.addresses import tidy_address
from tracker.collect.compressed import inflate
from tracker.collect.details import Defaults
from tracker.collect.found import sha256
from tracker.collect.rejected import UnreadableError
from tracker.collect.web_page import MAX_BYTES
from tracker.documents import Document

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One record of an archive: its place among the records (from 1), and the document in it or what is wrong."""

    number: int
    address: str
    taken_at: datetime | None
    found: Document | UnreadableError


def read_archive(
    stream: BinaryIO, defaults: Defaults, wanted: Callable[[int], bool] = lambda _: True
) -> Iterator[Capture]:
    """The pages of an archive that were answered with 200, in its order; those whose number is `wanted`.

    Raises UnreadableError where the stream is no archive, or is damaged; what came before is good.
    """
    for number, record in _records(stream):
        if not wanted(number):
            continue
        content = record.raw_stream.read(MAX_BYTES + 1)
        found: Document | UnreadableError
        try:
            found = _read_body(content, record, defaults)
        except UnreadableError as refusal:
            refusal.sha256 = sha256(content)
            found = refusal
        yield Capture(number=number, address=_address(record), taken_at=_moment(record), found=found)


def list_captures(stream: BinaryIO) -> Iterator[tuple[int, str, str]]:
    """The number, address and moment (in a form that sorts) of each page, as far as the archive can be read."""
    with suppress(UnreadableError):
        for number, record in _records(stream):
            moment = _moment(record)
            yield number, _address(record), moment.isoformat() if moment else ""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """The records of an archive that hold pages, each with its number among the records."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(Any, stream))
    if not buffered.peek(5).startswith(b"WARC/"):
        raise UnreadableError("it is no WARC archive.")
    try:
        for number, record in enumerate(ArchiveIterator(_Eager(buffered)), 1):
            if record.length is None:
                raise UnreadableError(f"it is damaged: record {number} does not say how long it is.")
            answered = record.rec_type == "response" and record.http_headers
            if answered and record.http_headers.get_statuscode() == "200" and _kind(record) in _PAGES:
                yield number, record
            _skip(record)
            if record.raw_stream.limit:
                raise UnreadableError(f"it is cut off in record {number}.")
    except UnreadableError:
        raise
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise UnreadableError(f"it is damaged after record {number}: {_shorten(error)}.") from None
    except Exception as error:  # a record without address, and what else the parser takes for granted
        raise UnreadableError(f"it is damaged after record {number} ({type(error).__name__}).") from None


def _shorten(error: Exception) -> str:
    """The first line of what the parser says, which may quote the archive at any length."""
    lines = str(error).splitlines() or ["it ends too early"]
    return lines[0][:200].rstrip(".")


class _Eager:
    """A stream that gives what it has rather than all that is asked for: what comes before a damage is good."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.read = stream.read1


def _skip(record: Any) -> None:
    """Reads on to the end of a record."""
    while record.raw_stream.read(1 << 20):
        pass


def _header(record: Any, name: str) -> str:
    return str(record.http_headers.get_header(name) or "").strip()


def _kind(record: Any) -> str:
    return _header(record, "Content-Type").partition(";")[0].strip().lower()


def _address(record: Any) -> str:
    return tidy_address(str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))


def _moment(record: Any) -> datetime | None:
    try:
        taken_at = datetime.fromisoformat(str(record.rec_headers.get_header("WARC-Date")))
    except ValueError:
        return None
    return taken_at.astimezone(UTC) if taken_at.tzinfo else taken_at.replace(tzinfo=UTC)


def _read_body(content: bytes, record: Any, defaults: Defaults) -> Document:
    from tracker.collect.pages import make_page_document, make_text_document

    address = _address(record)
    if not address:
        raise UnreadableError("the record names no address.")
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"the record is larger than {MAX_BYTES // 2**20} MiB, the most that a page may have.")
    if "chunked" in _header(record, "Transfer-Encoding").lower():
        content = _join_chunks(content)
    content = inflate(content, _header(record, "Content-Encoding").lower(), MAX_BYTES)
    described = email.message.Message()
    described["content-type"] = _header(record, "Content-Type")
    charset = described.get_content_charset()
    make = make_text_document if _kind(record) == "text/plain" else make_page_document
    return make(content, charset, address, {}, defaults)


def _join_chunks(content: bytes) -> bytes:
    """The body of chunks; many crawlers join them and leave the header, so what does not fit is taken as it is."""
    joined: list[bytes] = []
    at = 0
    while True:
        end = content.find(b"\r\n", at, at + 32)
        try:
            size = int(content[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0 or end + 2 + size > len(content):
            return content
        if size == 0:
            return b"".join(joined)
        joined.append(content[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
