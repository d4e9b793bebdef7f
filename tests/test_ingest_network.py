"""The daily ingest against a real server: what is new comes in once, what is corrected again, and failures pass."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tracker.claims import Claim, Measure
from tracker.collect import Kind, Source
from tracker.collect.details import Defaults
from tracker.collect.sources import Manners, Query
from tracker.ingest import Summary, ingest
from tracker.ledger import Ledger, verify

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from tests.conftest import Site
    from tracker.documents import Document

MORNING = datetime(2025, 3, 5, 6, tzinfo=UTC)
DAY = timedelta(days=1)
QUICK = Manners(delay=0, timeout=1, deadline=3, retries=0, max_megabytes=1)


class NumberReader:
    """Stands in for the extractor: every number in digits is a claim."""

    def __init__(self, rules_digest: str = "rules 1") -> None:
        self.rules_digest = rules_digest
        self.read: list[str] = []

    def extract(self, document: Document) -> list[Claim]:
        if "break the reader" in document.text:
            raise KeyError("fault")
        self.read.append(document.document_id)
        return [
            Claim(
                document_id=document.document_id,
                measure=Measure.DEATHS,
                count_min=int(match[0]),
                count_max=int(match[0]),
                count_text=match[0],
                start=match.start(),
                end=match.end(),
                quote=document.text,
                quote_start=0,
                quote_end=len(document.text),
            )
            for match in re.finditer("[0-9]+", document.text)
        ]


def page(number: int, title: str = "Ferry sinks") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>A ferry sank near the island on Monday night, and {number} people died, officials of the port said.</p>"
        "<p>Rescuers pulled many others from the water, and the search went on through the night.</p>"
        "</article></body></html>"
    )


def feed(site: Site, *names: str) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>{site.url('/' + name)}</link>"
        "<pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate>"
        f"<description>{name}: 77 died.</description></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>D</title>{items}</channel></rss>".encode()


class Versioned:
    """A route that answers 304 to whoever knows its version."""

    def __init__(self, body: str | bytes) -> None:
        self.body = body if isinstance(body, bytes) else body.encode()

    def __call__(self, request: BaseHTTPRequestHandler) -> Any:
        tag = f'"{abs(hash(self.body))}"'
        if request.headers["If-None-Match"] == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"ETag": tag, "Content-Type": "text/html"}, self.body


def source(site: Site, name: str = "delta", kind: Kind = Kind.FEED, path: str = "/feed", **options: Any) -> Source:
    return Source(name=name, kind=kind, places=(site.url(path),), **{"allow_private": True} | options)


def run(url: str, *sources: Source, now: datetime = MORNING, reader: NumberReader | None = None) -> Summary:
    with Ledger.open(url) as ledger:
        return ingest(sources, ledger, reader or NumberReader(), now, manners=QUICK)


def figures(url: str) -> list[str]:
    with Ledger.open(url) as ledger:
        assert verify(ledger) == []
        return sorted(reading.claim.count_text for reading in ledger.readings())


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return summary.new, summary.updated, summary.reread, summary.unchanged, len(summary.set_aside)


def quarantine(url: str) -> list[tuple[str, str]]:
    with Ledger.open(url) as ledger:
        found = ledger.collection.quarantined()
    return [(one.rejected.source.rpartition("/")[2], one.rejected.reason) for one in found]


# Feeds and their pages.


def test_a_feed_s_pages_come_in_once_and_are_asked_for_shortly(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": Versioned(feed(site, "a", "b")), "/a": Versioned(page(9)), "/b": Versioned(page(4))}
    given = source(site, defaults=Defaults(outlet="Delta Post", outlet_country="BGD"))
    assert counts(run(database_url, given)) == (2, 0, 0, 0, 0)
    with Ledger.open(database_url) as ledger:
        (first, *_) = ledger.documents()
    assert (first.document_id, first.url, first.title) == (site.url("/a"), site.url("/a"), "a")
    assert (first.published, first.outlet, first.outlet_country) == (date(2025, 3, 4), "Delta Post", "BGD")
    site.asked.clear()
    reader = NumberReader()
    assert counts(run(database_url, given, now=MORNING + DAY, reader=reader)) == (0, 0, 0, 2, 0)
    assert (site.paths(), reader.read) == (["/feed", "/a", "/b"], [])
    assert all("if-none-match" in headers for _, path, headers, _ in site.asked if path != "/robots.txt")


def test_pages_without_validators_are_known_by_their_bytes(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a"), "/a": page(9)}
    run(database_url, source(site))
    assert counts(run(database_url, source(site), now=MORNING + DAY)) == (0, 0, 0, 1, 0)


def test_a_corrected_page_is_a_new_version_and_the_series_uses_it(database_url: str, site: Site) -> None:
    """Even where the feed itself says that nothing changed, or lists the page no more."""
    site.routes |= {"/feed": Versioned(feed(site, "a", "b")), "/a": Versioned(page(9)), "/b": Versioned(page(4))}
    run(database_url, source(site))
    site.routes["/a"] = Versioned(page(11))
    assert counts(run(database_url, source(site), now=MORNING + DAY)) == (0, 1, 0, 1, 0)
    site.routes["/feed"], site.routes["/b"] = Versioned(feed(site)), Versioned(page(5))
    assert counts(run(database_url, source(site), now=MORNING + 2 * DAY)) == (0, 1, 0, 1, 0)
    assert figures(database_url) == ["11", "5"]
    with Ledger.open(database_url) as ledger:
        assert sorted(reading.claim.count_text for reading in ledger.readings(MORNING.date())) == ["4", "9"]
        assert {document.published for document in ledger.documents()} == {date(2025, 3, 4)}


def test_an_old_page_is_left_alone(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a"), "/a": page(9)}
    run(database_url, source(site, revisit_days=3))
    site.asked.clear()
    run(database_url, source(site, revisit_days=3), now=MORNING + 4 * DAY)
    assert site.paths() == ["/feed"]


def test_new_rules_read_again_what_is_unchanged(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": Versioned(feed(site, "a")), "/a": Versioned(page(9))}
    run(database_url, source(site))
    assert counts(run(database_url, source(site), now=MORNING + DAY, reader=NumberReader("rules 2"))) == (0, 0, 1, 0, 0)


def test_what_no_source_holds_any_more_is_read_again_on_demand(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a", "b"), "/a": page(9), "/b": page(4)}
    run(database_url, source(site))
    later, reader = MORNING + 30 * DAY, NumberReader("rules 2")
    with Ledger.open(database_url) as ledger:
        assert counts(ingest([], ledger, reader, later)) == (0, 0, 0, 0, 0)
        assert counts(ingest([], ledger, reader, later, reread=True)) == (0, 0, 2, 0, 0)
        assert counts(ingest([], ledger, reader, later + DAY, reread=True)) == (0, 0, 0, 0, 0)
    assert figures(database_url) == ["4", "9"]


# Archives.


def test_an_archive_brings_every_version_and_the_newest_holds(database_url: str, site: Site, tmp_path: Path) -> None:
    def capture(name: str, number: int, day: int) -> bytes:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(number)}"
        return (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {site.url('/' + name)}\r\n"
            f"WARC-Date: 2025-03-0{day}T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name}-{number}>\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
        ).encode()

    archive = tmp_path / "crawl.warc"
    archive.write_bytes(capture("a", 12, 3) + capture("a", 11, 2) + capture("b", 5, 2) + capture("a", 10, 1))
    given = Source(name="crawl", kind=Kind.FILES, places=(str(archive),))
    assert counts(run(database_url, given)) == (2, 2, 0, 0, 0)
    assert figures(database_url) == ["12", "5"]
    for day in (1, 2):
        assert counts(run(database_url, given, now=MORNING + day * DAY)) == (0, 0, 0, 4, 0)
    with Ledger.open(database_url) as ledger:
        assert len(list(ledger.stored())) == 4
    # What the page itself answered later is newer than all captures.
    site.routes["/a"] = page(14)
    run(database_url, source(site, kind=Kind.PAGE, path="/a"), now=MORNING + 3 * DAY)
    archive.write_bytes(archive.read_bytes() + capture("a", 13, 4))
    assert counts(run(database_url, given, now=MORNING + 4 * DAY)) == (0, 0, 0, 5, 0)
    assert figures(database_url) == ["14", "5"]


def test_a_feed_may_carry_its_texts_itself(database_url: str, site: Site) -> None:
    site.routes["/feed"] = feed(site, "a")
    assert counts(run(database_url, source(site, follow=False))) == (1, 0, 0, 0, 0)
    assert (figures(database_url), site.paths()) == (["77"], ["/feed"])
    assert counts(run(database_url, source(site, follow=False), now=MORNING + DAY)) == (0, 0, 0, 0, 0)


def test_an_entry_that_leads_nowhere_is_read_from_its_own_words(database_url: str, site: Site) -> None:
    item = "<item><title>A</title><description>{}</description></item>"
    items = item.format("At the port 12 died.") + item.format("") + f"<item><link>{site.url('/a')}</link></item>"
    site.routes |= {"/feed": f"<rss version='2.0'><channel>{items}</channel></rss>", "/a": page(9)}
    assert counts(run(database_url, source(site))) == (2, 0, 0, 0, 1)
    assert figures(database_url) == ["12", "9"]
    assert quarantine(database_url) == [("feed", "the entry has no address, and of its own words: it holds no text.")]


# Pages, addresses, encodings.


def test_pages_and_addresses_are_sources_too(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a"), "/a": page(9), "/b": page(4)}
    site.routes["/c"] = 200, {"Content-Type": "text/plain"}, b"6 died."
    given = [
        source(site, "one", Kind.PAGE, "/c"),
        source(site, "two", Kind.ADDRESS, "/feed"),
        source(site, "three", Kind.ADDRESS, "/b"),
    ]
    assert counts(run(database_url, *given)) == (3, 0, 0, 0, 0)
    assert figures(database_url) == ["4", "6", "9"]
    assert counts(run(database_url, *given, now=MORNING + 30 * DAY)) == (0, 0, 0, 2, 0)


def test_wrong_encodings_are_seen_through(database_url: str, site: Site) -> None:
    body = page(9).replace("officials", "чиновники").encode("windows-1251")
    site.routes["/a"] = 200, {"Content-Type": "text/html; charset=utf-8"}, b"<meta charset=windows-1251>" + body
    run(database_url, source(site, kind=Kind.PAGE, path="/a"))
    with Ledger.open(database_url) as ledger:
        assert "чиновники" in "".join(document.text for document in ledger.documents())


def test_a_document_in_a_language_without_rules_is_kept_and_not_read(database_url: str, site: Site) -> None:
    site.routes["/a"] = page(9).replace("<html>", "<html lang='fr-FR'>")
    summary = run(database_url, source(site, kind=Kind.PAGE, path="/a"))
    assert (summary.new, summary.foreign, summary.claims) == (1, 1, 0)


# Failures.


def test_one_broken_source_does_not_stop_the_others(
    database_url: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes |= {
        "/down": (500, {}, b""),
        "/junk": "<html>not a feed</html>",
        "/feed": feed(site, "a"),
        "/a": page(9),
    }
    given = [source(site, name, path=f"/{name}") for name in ("down", "junk", "gone")]
    circle = source(site, "circle", Kind.PAGE, "/circle")
    site.routes["/circle"] = 302, {"Location": "/circle"}, b""
    summary = run(database_url, *given, circle, source(site))
    assert (summary.new, [name for name, _ in summary.problems]) == (1, ["down", "junk", "gone", "circle"])
    assert quarantine(database_url) == [
        ("circle", "it is redirected in a circle."),
        ("down", "its host answered 500 (Internal Server Error)."),
        ("gone", "its host answered 404 (Not Found)."),
        ("junk", "it is no feed (no RSS, Atom or JSON Feed)."),
    ]
    with monkeypatch.context() as patched:  # a fault of ours
        patched.setattr("tracker.collect.visiting.read_feed", lambda *_: 1 / 0)
        site.routes["/other"] = feed(site, "a", "b")
        summary = run(
            database_url, source(site, "faulty", path="/other"), source(site, "a", Kind.PAGE, "/a"), now=MORNING + DAY
        )
    assert summary.unchanged == 1
    [(name, problem)] = summary.problems
    assert (name, problem[:41]) == ("faulty", "reading it failed (ZeroDivisionError): a ")


def test_what_failed_is_tried_again_until_it_comes(database_url: str, site: Site) -> None:
    """Also when the feed is unchanged, or lists the page no more."""
    site.routes |= {"/feed": Versioned(feed(site, "a", "b")), "/a": (503, {}, b""), "/b": Versioned(page(4))}
    assert counts(run(database_url, source(site))) == (1, 0, 0, 0, 1)
    site.routes["/feed"] = Versioned(feed(site))
    assert counts(run(database_url, source(site), now=MORNING + DAY)) == (0, 0, 0, 1, 1)
    site.routes["/a"] = Versioned(page(9))
    assert counts(run(database_url, source(site), now=MORNING + 2 * DAY)) == (1, 0, 0, 1, 0)
    assert (quarantine(database_url), figures(database_url)) == ([], ["4", "9"])
    with Ledger.open(database_url) as ledger:
        found = ledger.document(site.url("/a"))
        assert found is not None
        assert (found.title, found.published) == ("a", date(2025, 3, 4))
        assert [rejected.source for rejected in ledger.rejected()] == [site.url("/a")]


def test_what_fails_for_long_is_given_up_and_what_is_dropped_is_not_heeded(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a", "b"), "/a": "<html><body></body></html>", "/b": (410, {}, b"")}
    run(database_url, source(site))
    with Ledger.open(database_url) as ledger:
        waiting = {one.rejected.source: one for one in ledger.collection.quarantined()}
        gone = waiting[site.url("/b")]
        assert ledger.collection.drop(gone.quarantine_id[:8]) == gone
    for day in range(1, 12):
        summary = run(database_url, source(site), now=MORNING + day * DAY)
        assert len(summary.set_aside) == (1 if day < 8 else 0)
    assert site.paths().count("/b") == 1
    assert site.paths().count("/a") == 8
    with Ledger.open(database_url) as ledger:
        ledger.collection.release(waiting[site.url("/a")].quarantine_id)
    site.routes["/a"] = page(9)
    assert counts(run(database_url, source(site), now=MORNING + 12 * DAY)) == (1, 0, 0, 0, 0)


def test_a_document_on_which_extraction_fails_costs_only_itself(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a", "b"), "/a": page(9).replace("many", "break the reader"), "/b": page(4)}
    assert counts(run(database_url, source(site))) == (1, 0, 0, 0, 1)
    reason = (
        "extracting from it failed (KeyError): a fault of tracker, which please report (--log-file keeps its trace)."
    )
    assert quarantine(database_url) == [("a", reason)]
    site.routes["/a"] = page(9)
    assert counts(run(database_url, source(site), now=MORNING + DAY)) == (1, 0, 0, 1, 0)
    assert quarantine(database_url) == []


def test_whatever_a_server_says_it_does_not_end_the_run(database_url: str, site: Site) -> None:
    """Characters that no terminal should see, and no database holds: in headers, in a feed, in a status line."""

    def rude(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 500 \x1b[2J\x00oops\r\nContent-Length: 0\r\n\r\n")

    odd = {"ETag": '"\x00\x1b"', "Last-Modified": "\x00", "Content-Type": "text/html; charset=utf\x00-8"}
    items = [
        {"url": site.url("/a"), "title": "half \ud800 of \x00 a character", "content_text": "x"},
        {"url": site.url("/b?\ud800\x00=1"), "title": "B"},
        {"title": "C", "content_text": "5 died. \ud800"},
        {"url": site.url("/d")},
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    site.routes |= {"/feed": feed, "/a": (200, odd, page(9).encode()), "/d": rude}
    site.routes["/b?=1"] = 302, {"Location": "x:\x1b\x00"}, b""
    summary = run(database_url, source(site))
    assert (summary.new, len(summary.set_aside)) == (1, 3)
    with Ledger.open(database_url) as ledger:
        kept = ledger.collection.visit(site.url("/a"))
        assert kept is not None
        assert (kept.etag, kept.last_modified, kept.details) == (None, None, {"title": "half of a character"})
    assert all(reason.isprintable() for _, reason in quarantine(database_url))


def test_private_addresses_are_not_fetched_unless_allowed(database_url: str, site: Site) -> None:
    site.routes["/a"] = page(9)
    summary = run(database_url, source(site, kind=Kind.PAGE, path="/a", allow_private=False))
    assert "private network" in summary.set_aside[0].reason
    assert site.asked == []


def test_what_each_run_did_for_each_source_is_written_down(database_url: str, site: Site) -> None:
    site.routes |= {"/feed": feed(site, "a", "b"), "/a": page(9), "/b": (404, {}, b"")}
    run(database_url, source(site))
    site.routes["/feed"] = 500, {}, b""
    run(database_url, source(site), now=MORNING + DAY)
    with Ledger.open(database_url) as ledger:
        first, second = ledger.collection.source_runs("delta")
    assert (first.started_at, first.succeeded, first.new, first.claims, first.quarantined) == (MORNING, True, 1, 1, 1)
    assert (second.finished, second.unchanged) == (True, 1)
    assert second.problem == "its host answered 500 (Internal Server Error)."


# ReliefWeb.


class ReliefWeb:
    """Answers as the API does: from a moment on, in order, so many at once."""

    def __init__(self) -> None:
        self.reports: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []

    def add(self, number: int, changed: str, died: int = 3) -> None:
        fields = {
            "title": f"Update {number}",
            "body": f"{died} died.",
            "body-html": f"<p>In the camp {died} died.</p>",
            "date": {"original": "2025-03-01T00:00:00+00:00", "created": changed, "changed": changed},
            "source": [{"name": "Relief Agency"}],
            "language": [{"code": "en"}],
            "url_alias": f"https://reliefweb.example/{number}",
        }
        self.reports = [one for one in self.reports if one["id"] != str(number)]
        self.reports.append({"id": str(number), "fields": fields})

    def __call__(self, request: BaseHTTPRequestHandler) -> Any:
        asked = json.loads(request.site.asked[-1][3])  # type: ignore[attr-defined]
        self.asked.append(asked)
        start = asked["filter"]["conditions"][0]["value"]["from"]
        changed = lambda one: one["fields"]["date"]["changed"]  # noqa: E731
        data = sorted((one for one in self.reports if changed(one) >= start), key=lambda one: (changed(one), one["id"]))
        return 200, {"Content-Type": "application/json"}, json.dumps({"data": data[: asked["limit"]]}).encode()


def test_a_report_of_reliefweb_that_is_none_costs_only_itself(tmp_path: Path, site: Site) -> None:
    good = {"id": "1", "fields": {"body": "Two died.", "date": {"changed": "2025-03-04T10:00:00+00:00"}}}
    data = [good, {"id": "2", "fields": "none"}, {"id": ["3"], "fields": {"body": "Three died."}}, {"fields": "4"}]
    site.routes["/v2/reports?appname=a"] = 200, {}, json.dumps({"data": data}).encode()
    query = Query(appname="a", address=site.url("/v2/reports"))
    given = Source(name="reliefweb", kind=Kind.RELIEFWEB, places=(), query=query, allow_private=True)
    summary = run(f"sqlite:///{tmp_path / 'tracker.db'}", given)
    assert (summary.new, len(summary.set_aside)) == (1, 3)
    assert {one.reason for one in summary.set_aside} == {"the report has no id or no fields."}


def test_reliefweb_goes_on_where_it_stopped(database_url: str, site: Site) -> None:
    api = ReliefWeb()
    for number in range(5):
        api.add(number, f"2025-03-04T10:00:0{number}+00:00")
    site.routes["/v2/reports?appname=secret-app"] = lambda request: api(request)
    query = Query(appname="secret-app", limit=2, countries=("SDN",), address=site.url("/v2/reports"))
    given = Source(name="reliefweb", kind=Kind.RELIEFWEB, places=(), query=query, allow_private=True)
    assert counts(run(database_url, given)) == (5, 0, 0, 0, 0)
    assert api.asked[0]["filter"]["conditions"][1] == {"field": "country.iso3", "value": ["sdn"]}
    with Ledger.open(database_url) as ledger:
        (first, *_) = ledger.documents()
    assert (first.document_id, first.text, first.outlet) == ("reliefweb:0", "In the camp 3 died.", "Relief Agency")
    assert (first.published, first.url) == (date(2025, 3, 1), "https://reliefweb.example/0")
    api.add(1, "2025-03-05T10:00:00+00:00", died=8)
    assert counts(run(database_url, given, now=MORNING + DAY))[:2] == (0, 1)
    assert figures(database_url) == ["3", "3", "3", "3", "8"]
    site.routes["/v2/reports?appname=secret-app"] = 403, {}, b"appname not approved"
    summary = run(database_url, given, now=MORNING + 2 * DAY)
    assert summary.problems == (("reliefweb", "its host answered 403 (Forbidden)."),)
    assert "secret" not in str(summary.set_aside)
