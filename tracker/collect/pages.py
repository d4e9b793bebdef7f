"""From what the network or an archive answered to a document: its id is its address, tidied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.collect.details import Defaults, make_document
from tracker.collect.found import sha256
from tracker.collect.rejected import UnreadableError
from tracker.collect.web_page import Page, decode_markup, read_page, read_words
from tracker.documents import Document


def make_page_document(
    content: bytes, charset: str | None, address: str, told: Mapping[str, str], defaults: Defaults
) -> Document:
    """The document of an HTML page. What the source told of it (title, published) goes before what the page says."""
    try:
        page = read_page(content, charset)
    except UnreadableError as refusal:
        refusal.sha256 = sha256(content)
        raise
    return _make(page, address, told, defaults)


def make_text_document(
    content: bytes, charset: str | None, address: str, told: Mapping[str, str], defaults: Defaults
) -> Document:
    """The document of a plain text that was answered at an address."""
    if not content.strip():
        raise UnreadableError("it is empty.", sha256=sha256(content))
    return _make(Page(text=decode_markup(content, charset)), address, told, defaults)


def make_told_document(markup: str, address: str, told: Mapping[str, str], defaults: Defaults) -> Document:
    """The document of a piece of markup that a feed or an API carries itself."""
    words = read_words(markup)
    if not words:
        raise UnreadableError("it holds no text.", sha256=sha256(markup.encode("utf-8", "surrogatepass")))
    return _make(Page(text=words), address, told, defaults)


def _make(page: Page, address: str, told: Mapping[str, str], defaults: Defaults) -> Document:
    """A source's own name for its outlet is surer than what a page calls itself."""
    known = {
        "title": told.get("title") or page.title,
        "published": told.get("published") or page.published,
        "language": told.get("language") or defaults.language or page.language,
        "outlet": told.get("outlet") or defaults.outlet or page.outlet,
        "url": address,
    }
    return make_document(address, page.text, known, replace(defaults, language=None, outlet=None))
