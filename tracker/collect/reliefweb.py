"""ReliefWeb's API, version 2: its reports in the order in which they changed, from where the last ingest stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tracker.collect.details import Defaults, make_document
from tracker.collect.fetching import UnreachedError, Web
from tracker.collect.found import Collected, Found, Memory, Settled, Visit, sha256
from tracker.collect.rejected import Rejected, UnreadableError
from tracker.collect.sources import Query, Source
from tracker.collect.web_page import read_words
from tracker.documents import Document

_FIELDS = ("title", "body-html", "body", "date", "source.name", "source.shortname", "language.code")
_MORE_FIELDS = ("url_alias", "url", "primary_country.iso3")
_FIRST_DAYS = 7
"""How far back a first ingest goes where the source says nothing."""
_MAX_ANSWERS = 500


def collect_reliefweb(source: Source, memory: Memory, web: Web, now: datetime) -> Iterator[Found]:
    """The reports that were added or changed since the last ingest, oldest change first."""
    query = source.query
    if query is None:
        raise AssertionError("a ReliefWeb source has its query")
    place = f"{query.address}#{source.name}"
    earlier = memory.visit(place)
    start = earlier.details.get("changed") if earlier else None
    start = start or (f"{query.since.isoformat()}T00:00:00+00:00" if query.since else _days_before(now))
    seen: set[str] = set()
    for _ in range(_MAX_ANSWERS):
        try:
            answer = web.ask(
                f"{query.address}?appname={query.appname}",
                robots=False,  # it is made for programs
                allow_private=source.allow_private,
                accept="application/json",
                parameters=_parameters(query, start),
            )
            reports = _read_answer(answer.body)
        except UnreadableError as refusal:
            reason = str(refusal).replace(query.appname, "***")
            yield Rejected(place, None, reason, refusal.sha256)
            return
        fresh = [report for report in reports if str(report.get("id")) not in seen]
        for report in fresh:
            seen.add(str(report.get("id")))
            yield _read_report(report, source.defaults, query)
        if reports:
            start = max(start, _changed(reports[-1]) or start)
        first_at = earlier.first_at if earlier else now
        details = {"changed": start}
        visit = Visit(address=place, origin=source.name, details=details, first_at=first_at, last_at=now)
        yield Settled(place=place, visit=visit)
        if len(reports) < query.limit:
            return
        if not fresh:
            reason = f"more than {query.limit} reports changed in one second; set a higher limit for the source."
            yield Rejected(place, None, reason)
            return


def _parameters(query: Query, start: str) -> dict[str, Any]:
    """What is posted. The start counts itself, so that of two reports of one second none is lost."""
    conditions: list[dict[str, Any]] = [{"field": "date.changed", "value": {"from": start}}]
    if query.countries:
        conditions.append({"field": "country.iso3", "value": [code.lower() for code in query.countries]})
    asked: dict[str, Any] = {
        "limit": query.limit,
        "sort": ["date.changed:asc", "id:asc"],
        "fields": {"include": [*_FIELDS, *_MORE_FIELDS]},
        "filter": {"operator": "AND", "conditions": conditions},
    }
    if query.query:
        asked["query"] = {"value": query.query, "operator": "OR"}
    return asked


def _read_answer(body: bytes) -> list[dict[str, Any]]:
    try:
        data = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreachedError("its answer is not that of ReliefWeb's API, version 2.", sha256=sha256(body)) from None
    if not isinstance(data, list) or not all(isinstance(report, dict) for report in data):
        raise UnreachedError("its answer is not that of ReliefWeb's API, version 2.", sha256=sha256(body))
    return data


def _read_report(report: dict[str, Any], defaults: Defaults, query: Query) -> Found:
    place = f"{query.address}/{report.get('id')}"
    try:
        return Collected(document=_make(report, defaults), place=place)
    except UnreadableError as refusal:
        content = json.dumps(report, sort_keys=True).encode()
        return Rejected(place, None, str(refusal), sha256(content))


def _make(report: dict[str, Any], defaults: Defaults) -> Document:
    number, fields = report.get("id"), report.get("fields")
    if not isinstance(number, str | int) or not isinstance(fields, dict):
        raise UnreadableError("the report has no id or no fields.")
    markup, body = fields.get("body-html"), fields.get("body")
    text = read_words(markup) if isinstance(markup, str) and markup.strip() else body
    if text is None:
        raise UnreadableError("the report has no body (it may be an attached file only).")
    told = fields.get("date")
    dates = told if isinstance(told, dict) else {}
    known = {
        "title": fields.get("title"),
        "published": str(dates.get("original") or dates.get("created") or "")[:10],
        "language": _first(fields.get("language"), "code"),
        "outlet": _first(fields.get("source"), "name"),
        "url": fields.get("url_alias") or fields.get("url"),
    }
    return make_document(f"reliefweb:{number}", text, known, defaults)


def _first(value: Any, key: str) -> str | None:
    listed = value if isinstance(value, list) else [value]
    return next((str(one[key]) for one in listed if isinstance(one, dict) and one.get(key)), None)


def _changed(report: dict[str, Any]) -> str | None:
    fields = report.get("fields")
    dates = fields.get("date") if isinstance(fields, dict) else None
    changed = dates.get("changed") if isinstance(dates, dict) else None
    return changed if isinstance(changed, str) and changed.isascii() else None


def _days_before(now: datetime) -> str:
    return (now - timedelta(days=_FIRST_DAYS)).replace(microsecond=0).isoformat()
