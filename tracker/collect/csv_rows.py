"""CSV: one document a row, its columns named in the first row; a broken row is set aside and costs only itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from tracker.collect.details import Defaults, make_document
from tracker.collect.found import sha256
from tracker.collect.layout import Layout
from tracker.collect.plain_text import MAX_BYTES, TOO_LARGE
from tracker.collect.rejected import UnreadableError
from tracker.documents import Document


def read_csv_rows(
    stream: BinaryIO, stem: str, defaults: Defaults, layout: Layout, delimiter: str
) -> Iterator[tuple[int, Document | UnreadableError]]:
    """The line on which each row ends (from 1), with its document or with what is wrong with it.

    A document without an id is called `<stem>:<number of its row>`. UnreadableError for a file without a header.
    """
    csv.field_size_limit(MAX_BYTES)
    encoding = "utf-8-sig" if layout.encoding == "utf-8" else layout.encoding
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        yield from _read_rows(text, stem, defaults, layout, delimiter)
    finally:
        text.detach()  # the stream is closed by who opened it


def _read_rows(
    text: io.TextIOWrapper, stem: str, defaults: Defaults, layout: Layout, delimiter: str
) -> Iterator[tuple[int, Document | UnreadableError]]:
    raw: list[str] = []
    rows = csv.reader(_noted(text, raw), delimiter=delimiter, strict=True)
    try:
        header = next(rows, None)
    except csv.Error as error:
        raise UnreadableError(f"its first row cannot be read: {error}.", 1) from None
    if not header or not any(header):
        raise UnreadableError("it is empty; its first row must name the columns.")
    for name in ("text", *layout.columns):
        if layout.column(name) not in header:
            reason = f"it has no column {layout.column(name)!r} for {name}; name the column in sources.toml."
            raise UnreadableError(reason, 1)
    number = 0
    while True:
        raw.clear()
        try:
            row = next(rows, None)
            if row is None:
                return
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            yield rows.line_num, _read_row(header, row, f"{stem}:{number}", defaults, layout)
        except UnreadableError as refusal:
            refusal.sha256 = _digest(raw)
            yield rows.line_num, refusal
        except csv.Error as error:
            number += 1
            reason = f"the row is {TOO_LARGE}." if "field limit" in str(error) else f"the row is not CSV: {error}."
            yield rows.line_num, UnreadableError(reason, sha256=_digest(raw))


def _noted(lines: io.TextIOWrapper, raw: list[str]) -> Iterator[str]:
    """The lines, each noted in `raw`: a row may take several. An overlong one is refused by the row's reader."""
    while line := lines.readline(MAX_BYTES + 1):
        raw.append(line)
        yield line


def _digest(raw: list[str]) -> str:
    return sha256("".join(raw).encode("utf-8", "surrogateescape"))


def _read_row(header: list[str], row: list[str], fallback_id: str, defaults: Defaults, layout: Layout) -> Document:
    if len(row) != len(header):
        raise UnreadableError(f"the row has {len(row)} cells where the first row names {len(header)} columns.")
    if any("\udc80" <= character <= "\udcff" for cell in row for character in cell):
        raise UnreadableError(f"the row is not {layout.encoding.upper()}; name the file's encoding in sources.toml.")
    known = layout.pick(dict(zip(header, row, strict=True)))
    document_id = (known["document_id"] or "").strip() or fallback_id
    return make_document(document_id, known["text"], known, defaults)
