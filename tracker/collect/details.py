"""What is said about a document, whoever says it: each detail is checked for its type before a document is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.collect.rejected import UnreadableError, printable
from tracker.documents import Document

_COUNTRY = re.compile(r"[A-Z]{3}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for every document of an input that does not say otherwise."""

    published: date | None = None
    language: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None


def make_document(document_id: str, text: object, details: Mapping[str, Any], defaults: Defaults) -> Document:
    """The document, its details from `details`, else from `defaults`; a detail of None or "" is one that is not known.

    Raises `UnreadableError` naming the detail that does not fit.
    """
    if not isinstance(text, str):
        raise UnreadableError(f"text must be a string, not {_kind(text)}.")
    if not text.strip():
        raise UnreadableError("it holds no text.")
    _require_writing("text", text)
    return Document(
        document_id=_require_writing("document_id", document_id),
        text=text,
        title=_string(details, "title"),
        published=_day(details, "published") or defaults.published,
        language=_string(details, "language") or defaults.language,
        outlet=_string(details, "outlet") or defaults.outlet,
        outlet_country=_country(details, "outlet_country") or defaults.outlet_country,
        url=_string(details, "url"),
    )


def note_future(document: Document, today: date) -> str | None:
    """What to tell a person where a document is dated after today (UTC), or None; it is read as it is all the same."""
    if document.published is None or document.published <= today + timedelta(days=1):  # tomorrow is today somewhere
        return None
    return printable(
        f"{document.document_id}: its publication date {document.published} lies in the future, and days such as "
        '"Monday" are counted from it; correct it.'
    )


def _string(details: Mapping[str, Any], key: str) -> str | None:
    value = details.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise UnreadableError(f"{key} must be a string, not {_kind(value)}.", detail=key)
    return _require_writing(key, value) or None


def _country(details: Mapping[str, Any], key: str) -> str | None:
    value = _string(details, key)
    if value is not None and not _COUNTRY.fullmatch(value):
        raise UnreadableError(
            f"{key} must be three capital letters (ISO 3166-1 alpha-3, such as KEN), not {value!r}.", detail=key
        )
    return value


def _day(details: Mapping[str, Any], key: str) -> date | None:
    """The day that is named; of a date with a time, its date as written, whatever its zone."""
    value = details.get(key)
    if isinstance(value, datetime):
        return value.date()
    if value is None or value == "" or isinstance(value, date):
        return value or None
    if not isinstance(value, str):
        raise UnreadableError(f"{key} must be an ISO date such as 2025-03-31, not {_kind(value)}.", detail=key)
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            day = parse(value.strip())
        except ValueError:
            continue
        return day.date() if isinstance(day, datetime) else day
    raise UnreadableError(f"{key} must be an ISO date such as 2025-03-31, not {value!r}.", detail=key)


def _require_writing(key: str, value: str) -> str:
    """JSON can spell NUL and half of a surrogate pair, which no text has and not every database can hold."""
    if "\0" in value:
        raise UnreadableError(f"{key} holds NUL characters, which no written text has.", detail=key)
    if _LONE_SURROGATE.search(value):
        raise UnreadableError(f"{key} holds half a character (a lone surrogate), which cannot be stored.", detail=key)
    return value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return "a string" if isinstance(value, str) else f"a {type(value).__name__}"
