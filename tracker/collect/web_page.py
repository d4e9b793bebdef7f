"""An HTML page becomes the text of its article, with the title, day, outlet and address that it gives of itself."""

from __future__ import annotations

import codecs
import html
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.collect.rejected import UnreadableError

MAX_BYTES = 8 * 1024 * 1024
_MAX_DEPTH = 200
"""Elements within each other; beyond 256 the parser gives up, and no editor nests so deep."""
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_SKIPPED = {"script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside", "form", "svg"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CLOSED_BY_THE_NEXT = {"p", "li", "td", "th", "tr", "dt", "dd", "option"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"} | {
    "strong", "sub", "sup", "time", "u", "wbr"
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says, and what it says of itself; None where it does not."""

    text: str
    title: str | None = None
    published: str | None = None
    """An ISO date."""
    outlet: str | None = None
    language: str | None = None
    address: str | None = None


def read_page(content: bytes, declared: str | None = None) -> Page:
    """The article of an HTML page, `declared` being the encoding that its HTTP answer names.

    Raises UnreadableError where the page is too large, binary, or holds no article.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES // 2**20} MiB, the most that a page may have.")
    if not content.strip():
        raise UnreadableError("it is empty.")
    if content[:5] == b"%PDF-":
        raise UnreadableError("it is a PDF file, not a page; convert it to text first.")
    markup = decode_markup(content, declared)
    piece = not _WHOLE.search(markup)
    page = _flat(markup) if piece or _depth(markup) > _MAX_DEPTH else _article_or_words(markup)
    if page is None or not page.text.strip():
        raise UnreadableError("no article was found on the page.")
    return page


def read_words(markup: str) -> str:
    """All words of a piece of markup, a line a block: for what is an article already."""
    page = _flat(markup)
    return page.text if page else ""


def decode_markup(content: bytes, declared: str | None = None) -> str:
    """The characters of a page: by its byte order mark, else the first encoding named that fits, else by guessing."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff")
    if b"\0" in content[:1024]:
        raise UnreadableError("it is binary (it has NUL bytes), not a page.")
    content = content.replace(b"\0", b"")
    named = [
        found[1].decode() for pattern in (_XML_CHARSET, _META_CHARSET) if (found := pattern.search(content[:4096]))
    ]
    for encoding in filter(None, (declared, *named, "utf-8")):
        try:
            return content.decode(encoding)
        except (ValueError, LookupError):  # a server that errs, or a word that is no encoding
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is not None:
        return str(best)
    return content.decode("windows-1252", "replace")


def looks_like_markup(head: bytes) -> bool:
    """Whether bytes begin as an HTML page does."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _article_or_words(markup: str) -> Page | None:
    """The article; all words where the libraries that look for it fail over the page, as with an `<svg>` around all."""
    try:
        return _article(markup)
    except (AssertionError, LookupError, TypeError, ValueError, AttributeError):
        return _flat(markup)


def _article(markup: str) -> Page | None:
    from trafilatura import bare_extraction

    for chatty in ("trafilatura", "htmldate"):  # what they have to say is said by the refusal
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    found: Any = bare_extraction(
        markup,
        fast=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not found.text:
        return None
    declared = re.search(r"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", markup[:4096])
    return Page(
        text=found.text,
        title=found.title or None,
        published=found.date or None,
        outlet=found.sitename or None,
        language=declared[1].lower() if declared else None,
        address=found.url or None,
    )


def _flat(markup: str) -> Page | None:
    """All words of a page that is nested too deep to be parsed, a line a block, without what is no prose."""
    pieces: list[str] = []
    skipping = ""
    title: str | None = None
    for name, closing, words in _tokens(markup):
        if skipping:
            skipping = "" if closing and name == skipping else skipping
        elif name in _SKIPPED and not closing:
            skipping = name
        elif name not in _INLINE:
            pieces.append("\n")
        if name == "title" and not closing and title is None:
            title = _tidy(words) or None
        if not skipping:
            pieces.append(words)
    lines = (_tidy(line) for line in "".join(pieces).split("\n"))
    text = "\n".join(line for line in lines if line)
    return Page(text=text, title=title) if text else None


def _depth(markup: str) -> int:
    """How deep elements stand within each other, at most."""
    depth = deepest = 0
    for name, closing, _ in _tokens(markup):
        if not name or name in _VOID or name in _CLOSED_BY_THE_NEXT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _tokens(markup: str) -> Iterator[tuple[str, bool, str]]:
    """Each tag's name (small letters), whether it closes, and the words after it; in time linear in the page."""
    first = markup.find("<")
    yield "", False, markup if first < 0 else markup[:first]
    at, name = first, ""
    while at >= 0:
        if markup.startswith("<!--", at):
            end = markup.find("-->", at + 4)
            name, closing, after = "", False, len(markup) if end < 0 else end + 3
        elif found := _TAG_NAME.match(markup, at + 1):
            name, closing = found[1].lower(), markup[at + 1] == "/"
            end = markup.find(">", found.end())
            after = len(markup) if end < 0 else end + 1
            if name in ("script", "style") and not closing:
                until = re.compile(rf"</{name}", re.IGNORECASE).search(markup, after)
                after = until.start() if until else len(markup)
        else:
            name, closing, after = "", False, at + 1
        at = markup.find("<", after)
        yield name, closing, markup[after:] if at < 0 else markup[after:at]


def _tidy(line: str) -> str:
    return " ".join(html.unescape(line).split())
