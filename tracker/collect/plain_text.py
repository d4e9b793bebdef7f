"""A plain text file is one document, or several between lines of a separator: its text exactly as given, with what
its front matter says."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from tracker.collect.details import Defaults, make_document
from tracker.collect.found import sha256
from tracker.collect.front_matter import find_line, split_front_matter
from tracker.collect.rejected import UnreadableError
from tracker.documents import Document

MAX_BYTES = 64 * 1024 * 1024
TOO_LARGE = f"larger than {MAX_BYTES // (1024 * 1024)} MiB, the most that one document may have; split it"


def read_plain_text(
    stream: BinaryIO, document_id: str, defaults: Defaults, read_already: bytes = b"", encoding: str = "utf-8"
) -> Document:
    """The document in `stream`, after the bytes that were `read_already`. Newlines stay the bytes that they are.

    Raises `UnreadableError` for what is empty, binary, in another encoding, too large, or has front matter that does
    not fit.
    """
    content = read_bounded(stream, read_already)
    try:
        return _make(decode(content.removeprefix(codecs.BOM_UTF8), encoding), document_id, defaults)
    except UnreadableError as refusal:
        refusal.sha256 = sha256(content)
        raise


def read_several_texts(
    stream: BinaryIO, stem: str, defaults: Defaults, separator: str, encoding: str = "utf-8"
) -> Iterator[tuple[int, Document | UnreadableError]]:
    """The texts of `stream` between lines that are `separator`: each one's first line, and it or what is wrong with it.

    The nth is called `<stem>:<n>` and may have front matter of its own. Stretches of blanks are passed over.
    """
    content = read_bounded(stream)
    try:
        whole = decode(content.removeprefix(codecs.BOM_UTF8), encoding)
    except UnreadableError as refusal:
        refusal.sha256 = sha256(content)
        raise
    parts: list[list[str]] = [[]]
    starts = [1]
    for number, line in enumerate(whole.splitlines(keepends=True), 1):
        if line.strip() == separator.strip():
            parts.append([])
            starts.append(number + 1)
        else:
            parts[-1].append(line)
    texts = [(start, "".join(lines)) for start, lines in zip(starts, parts, strict=True)]
    for number, (start, text) in enumerate(((start, text) for start, text in texts if text.strip()), 1):
        try:
            yield (
                start,
                _make(text.lstrip("\r\n") if text.lstrip().startswith("+++") else text, f"{stem}:{number}", defaults),
            )
        except UnreadableError as refusal:
            refusal.sha256 = sha256(text.encode("utf-8", "surrogatepass"))
            yield start, refusal


def _make(whole: str, document_id: str, defaults: Defaults) -> Document:
    details, text = split_front_matter(whole)
    try:
        return make_document(document_id, text, details, defaults)
    except UnreadableError as refusal:
        raise UnreadableError(str(refusal), find_line(whole, refusal.detail) if refusal.detail else None) from None


def read_bounded(stream: BinaryIO, read_already: bytes = b"") -> bytes:
    """All that `stream` holds after what was `read_already`, and that too; UnreadableError where it is too large."""
    content = read_already + stream.read(max(0, MAX_BYTES + 1 - len(read_already)))
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"it is {TOO_LARGE}.")
    return content


def decode(content: bytes, encoding: str = "utf-8") -> str:
    """The characters of bytes; raises `UnreadableError` where they are empty, binary or in another encoding."""
    if not content:
        raise UnreadableError("it is empty.")
    if encoding == "utf-8" and b"\0" in content:
        raise UnreadableError("it is binary (it has NUL bytes), not text.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if encoding == "utf-8":
            raise UnreadableError("it is not UTF-8; convert it to UTF-8 first.", line) from None
        raise UnreadableError(f"it is not {encoding}, the encoding that its source names.", line) from None
