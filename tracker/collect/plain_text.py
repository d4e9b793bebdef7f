"""A plain text file is one document: its text exactly as given, with what its front matter says."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from tracker.collect.details import Defaults, make_document
from tracker.collect.front_matter import find_line, split_front_matter
from tracker.collect.rejected import UnreadableError
from tracker.documents import Document

MAX_BYTES = 64 * 1024 * 1024
TOO_LARGE = f"larger than {MAX_BYTES // (1024 * 1024)} MiB, the most that one document may have; split it"


def read_plain_text(stream: BinaryIO, document_id: str, defaults: Defaults, read_already: bytes = b"") -> Document:
    """The document in `stream`, after the bytes that were `read_already`. Newlines stay the bytes that they are.

    Raises `UnreadableError` for what is empty, binary, not UTF-8, too large, or has front matter that does not fit.
    """
    content = read_already + stream.read(max(0, MAX_BYTES + 1 - len(read_already)))
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"it is {TOO_LARGE}.")
    whole = decode(content.removeprefix(codecs.BOM_UTF8))
    details, text = split_front_matter(whole)
    try:
        return make_document(document_id, text, details, defaults)
    except UnreadableError as refusal:
        raise UnreadableError(str(refusal), find_line(whole, refusal.detail) if refusal.detail else None) from None


def decode(content: bytes) -> str:
    """The characters of UTF-8 bytes; raises `UnreadableError` where they are empty, binary or in another encoding."""
    if not content:
        raise UnreadableError("it is empty.")
    if b"\0" in content:
        raise UnreadableError("it is binary (it has NUL bytes), not text.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError("it is not UTF-8; convert it to UTF-8 first.", line) from None
