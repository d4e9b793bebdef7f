"""JSON lines: one document a line; a broken line is set aside with its number and costs only itself."""

from __future__ import annotations

import codecs
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from tracker.collect.details import Defaults, make_document
from tracker.collect.found import sha256
from tracker.collect.layout import PLAIN, Layout
from tracker.collect.plain_text import MAX_BYTES, TOO_LARGE, decode
from tracker.collect.rejected import UnreadableError
from tracker.documents import Document


def read_json_lines(
    lines: Iterable[bytes], stem: str, defaults: Defaults, layout: Layout = PLAIN
) -> Iterator[tuple[int, Document | UnreadableError]]:
    """Each line's number (from 1) with its document or with what is wrong with it; blank lines are passed over.

    A document without an id is called `<stem>:<line number>`. A stream of lines that is binary ends the reading.
    """
    empty = True
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        empty = False
        try:
            yield number, _read_line(line, f"{stem}:{number}", defaults, layout)
        except UnreadableError as refusal:
            refusal.sha256 = sha256(line)
            yield number, refusal
            if b"\0" in line:
                return
    if empty:
        raise UnreadableError("it is empty.")


def bounded_lines(stream: BinaryIO, read_already: Iterable[bytes] = ()) -> Iterator[bytes]:
    """The lines of `stream` with their newlines, flat in memory: of an overlong line, only its beginning is kept."""
    for line in itertools.chain(read_already, iter(lambda: stream.readline(MAX_BYTES + 1), b"")):
        yield line
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES + 1)


def _read_line(line: bytes, fallback_id: str, defaults: Defaults, layout: Layout) -> Document:
    if len(line) > MAX_BYTES:
        raise UnreadableError(f"the line is {TOO_LARGE}.")
    record = _parse(decode(line.rstrip(), layout.encoding))
    if layout.column("text") not in record:
        raise UnreadableError(f"the line has no key {layout.column('text')}.")
    known = layout.pick(record)
    document_id = known["document_id"]
    if document_id is None:
        document_id = fallback_id
    if not isinstance(document_id, str) or not document_id.strip():
        raise UnreadableError("document_id must be a string that is not empty.")
    return make_document(document_id, known["text"], known, defaults)


def _parse(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"the line is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}."
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand brackets
        raise UnreadableError("the line is JSON beyond what can be read (too deep, or a number too long).") from None
    if not isinstance(record, dict):
        raise UnreadableError("the line is JSON, but not an object with a key text.")
    return record
