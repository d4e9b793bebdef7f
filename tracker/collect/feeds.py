"""Feeds (RSS, Atom, RDF, JSON Feed): what each entry says, and where it leads."""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from tracker.collect.addresses import is_address, tidy_address
from tracker.collect.rejected import UnreadableError
from tracker.collect.web_page import read_words

_FEED_KINDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF)\b")
_NO_ADDRESS = re.compile("[\x00-\x20\x7f\ud800-\udfff]")
_NO_TEXT = re.compile("[\x00-\x08\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: its address (tidied; "" where it gives none), what is told of it, and its own words."""

    address: str
    told: Mapping[str, str] = field(default_factory=dict)
    """`title` and `published` (an ISO date, as written, whatever its zone), where they are given."""
    markup: str = ""


def looks_like_feed(body: bytes, kind: str) -> bool:
    """Whether an answer is a feed rather than a page."""
    head = body[:4096].lstrip()
    if kind in _FEED_KINDS:
        return True
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    found = _ROOT.search(head)
    return found is not None and b"<html" not in head[: found.start()].lower()


def read_feed(body: bytes, address: str) -> list[Entry]:
    """The entries of a feed at `address`, oldest last as the feed has them; UnreadableError where it is no feed.

    What is malformed is read as far as it goes. Entities beyond those of HTML are not expanded.
    """
    if not body.strip():
        raise UnreadableError("it is empty.")
    if body.lstrip()[:1] == b"{":
        return _read_json_feed(body, address)
    import feedparser

    try:
        found = feedparser.parse(io.BytesIO(body), response_headers={"content-location": address}, sanitize_html=False)
    except Exception as error:  # a parser that reads whatever comes has many ways to fail
        raise UnreadableError(f"it cannot be read as a feed ({type(error).__name__}).") from None
    if not found.version and not found.entries:
        raise UnreadableError("it is no feed (no RSS, Atom or JSON Feed).")
    return [_read_entry(entry, address) for entry in found.entries]


def _read_entry(entry: Any, address: str) -> Entry:
    contents = [one.get("value") or "" for one in entry.get("content") or []]
    told = {"title": _one_line(read_words(entry.get("title") or "")), "published": _day(entry) or ""}
    return Entry(
        address=_entry_address(entry.get("link") or entry.get("id") or "", address),
        told={key: value for key, value in told.items() if value},
        markup=max([*contents, entry.get("summary") or ""], key=len),
    )


def _entry_address(link: Any, address: str) -> str:
    link = _NO_ADDRESS.sub("", link) if isinstance(link, str) else ""
    try:
        joined = urljoin(address, link) if link else ""
    except ValueError:
        return ""
    return tidy_address(joined) if is_address(joined) else ""


def _day(entry: Any) -> str | None:
    """The day of an entry's first publication, as it is written."""
    for key in ("published", "created", "updated"):
        if written := dict.get(entry, key):  # not its own get, which takes one of these for another
            for parse in (parsedate_to_datetime, datetime.fromisoformat):
                try:
                    return parse(str(written).strip()).date().isoformat()
                except (ValueError, TypeError, IndexError):
                    continue
            if parsed := dict.get(entry, f"{key}_parsed"):
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC).date().isoformat()
    return None


def _read_json_feed(body: bytes, address: str) -> list[Entry]:
    try:
        feed = json.loads(body)
        items = feed["items"]
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableError("it is no feed (no RSS, Atom or JSON Feed).") from None
    return [_read_json_item(item, address) for item in items if isinstance(item, dict)]


def _read_json_item(item: Mapping[str, Any], address: str) -> Entry:
    texts = {key: value for key, value in item.items() if isinstance(value, str)}
    told = {"title": _one_line(texts.get("title", ""))}
    try:
        told["published"] = date.fromisoformat(texts.get("date_published", "")[:10]).isoformat()
    except ValueError:
        told["published"] = ""
    plain = texts.get("content_text", "").replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return Entry(
        address=_entry_address(texts.get("url") or texts.get("id", ""), address),
        told={key: value for key, value in told.items() if value},
        markup=texts.get("content_html") or plain or texts.get("summary", ""),
    )


def _one_line(text: str) -> str:
    """The text without line breaks, and without what no text has (NUL, halves of characters)."""
    return " ".join(_NO_TEXT.sub("", text).split())
