"""Whatever bytes a reader gets, it gives documents or says in a sentence what is wrong: no crash, no hang, no flood.

Fifty inputs a reader are tried always, the same ones each time. `pytest -m fuzz` tries ten thousand of each, others
each time; what it finds becomes a test of its own beside the reader's others.
"""

from __future__ import annotations

import faulthandler
import gzip
import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tracker.collect import Defaults, Rejected, load_sources
from tracker.collect.feeds import looks_like_feed, read_feed
from tracker.collect.files import read_path
from tracker.collect.found import Collected, Forgetful, Settled
from tracker.collect.layout import Layout
from tracker.collect.pages import make_page_document, make_told_document
from tracker.collect.rejected import UnreadableError
from tracker.collect.reliefweb import collect_reliefweb
from tracker.collect.sources import Kind, Query, Source
from tracker.documents import Document
from tracker.errors import UsageError

pytestmark = pytest.mark.filterwarnings("ignore")

SECONDS = 5
"""Of processor time, so that a machine with other work does not fail the test; most inputs take milliseconds."""
MEMORY = 512 * 2**20
"""The most that memory may grow by while a reader reads all its inputs, each of them small."""

# What inputs are made from.

STORY = "A ferry with two hundred passengers sank near the island on Monday, killing at least nine, officials said."
FRONT_MATTER = f'+++\ntitle = "Ferry"\npublished = 2025-03-04\noutlet = "Delta"\nlanguage = "en"\n+++\n{STORY}\n'
SEVERAL = f"{STORY}\n====\n{FRONT_MATTER}====\n\n====\nTwelve people died.\n"
RECORD = {"document_id": "a", "text": STORY, "title": "Ferry", "published": "2025-03-04", "language": "en", "url": "u"}
LINES = "\n".join([json.dumps(RECORD), json.dumps({"text": "Two died."}), "", "{"])
ROWS = 'document_id,text,published,title\na,"Two died, ""he"" said.\nThen three.",2025-03-04,Ferry\nb,Four died.,,\n'
PAGE = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Ferry</title><script>var a = '<p>';</script>"
    "<meta property='article:published_time' content='2025-03-04T22:10:00Z'></head><body><nav><a href='/'>Home</a>"
    f"</nav><article><h1>Ferry</h1><p>{STORY}</p><p>{STORY} &amp; &#233; &#x110000;</p><!-- no --></article></body>"
)
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}"
CHUNKS = "5\r\nTwo d\r\n4\r\nied.\r\n0\r\n\r\n"
CHUNKED = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n{CHUNKS}"


def capture(body: str, address: str = "https://example.org/a") -> str:
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-04T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body.encode())}\r\n\r\n{body}\r\n\r\n"
    )


ARCHIVE = capture(ANSWER) + capture(CHUNKED, "https://example.org/b") + capture(ANSWER)
RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    f"<channel><title>Delta</title><item><title>Ferry</title><link>https://example.org/a</link><description>{STORY}"
    "</description><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Nine died.</p>]]>"
    "</content:encoded></item><item><guid>https://example.org/b</guid></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Delta</title><entry><title type='html'>&lt;b&gt;Ferry</title>"
    "<link href='/a'/><id>urn:a</id><updated>2025-03-04T10:00:00Z</updated><content type='xhtml'><div>Nine died.</div>"
    "</content></entry></feed>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "https://example.org/a", "content_html": "<p>Nine died.", "date_published": "2025-03-04"}
        ],
    }
)
REPORTS = json.dumps(
    {
        "data": [
            {
                "id": "7",
                "fields": {
                    "title": "Ferry",
                    "body-html": f"<p>{STORY}</p>",
                    "date": {"original": "2025-03-04T00:00:00+00:00", "changed": "2025-03-04T10:00:00+00:00"},
                    "source": [{"name": "Delta"}],
                    "language": [{"code": "en"}],
                    "url_alias": "https://reliefweb.int/a",
                },
            },
            {"id": 8, "fields": {"body": "Two died."}},
        ]
    }
)
DEFINITION = """[fetch]
contact = "me@example.org"
delay = 1.5
retries = 2
[[source]]
name = "delta"
feed = "https://example.org/feed"
silent_days = 3
follow = false
[[source]]
name = "dump"
files = ["a/*.csv", "b.jsonl"]
columns = { text = "Body", published = "Date" }
date_format = "%d/%m/%Y"
encoding = "latin-1"
separator = "===="
[[source]]
name = "rw"
reliefweb = { appname = "a", countries = ["SDN"], since = 2025-01-31, limit = 10, query = "killed" }
"""

TOKENS = [
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\r", b"\n", b"\r\n"),
    *(b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b",", b":", b"=", b"+++", b"====", b"\xe2\x80\xae", b"\xed\xa0\x80"),
    *(b"\\u0000", b"\\ud800", b"1e999", b"-1", b"NaN", b"9" * 5000, b"null", b"true", b"0001-01-01", b"9999-12-31"),
    *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml", b"<script>", b"<div>", b"&#0;", b"&#xD800;"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<base href='http://['>", b"<svg>", b"<table>", b"<plaintext>"),
    *(b"http://[", b"http://a:b@c:99999999/", b"//", b"javascript:", b"charset=utf-7", b"charset=zlib"),
    *(b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(b"Content-Encoding: gzip\r\n", b"Content-Encoding: deflate\r\n", b"HTTP/1.1 200\r\n", b"ffffffff\r\n"),
    *(b"WARC/1.0\r\n", b"\r\n\r\n", b"\x85", b"\xc2\xa0", b"%", b"%Z", b"**", b"~", b"charset=idna", b"base64"),
    *(b"[[source]]\n", b"inf", b"nan", b"1979-05-27T07:32:00Z", b"utf-16"),
]


@st.composite
def mutations(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A good input with a few things done to it: cut, doubled, overwritten, filled with what readers stumble over."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(content)))
        upto = min(len(content), at + draw(st.sampled_from((0, 1, 2, 7, 40, 300))))
        deed = draw(st.integers(0, 5))
        if deed == 0:
            del content[at:upto]
        elif deed == 1:
            content[at:at] = content[at:upto] * draw(st.sampled_from((1, 2, 50)))
        elif deed == 2:
            content[at:upto] = draw(st.binary(max_size=8))
        elif deed == 3:
            content[at:at] = draw(st.sampled_from(TOKENS)) * draw(st.sampled_from((1, 1, 1, 2, 300)))
        elif deed == 4:
            content[at:upto] = draw(st.sampled_from(TOKENS))
        else:
            other = draw(st.sampled_from(seeds))
            content[at:upto] = other[len(other) // 3 :]
    return bytes(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2025-03-04"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def objects(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects that have some of these keys, with anything under them."""
    return st.dictionaries(st.sampled_from(keys), JSON | st.just(STORY), max_size=len(keys))


TAGS = (
    "p",
    "div",
    "a",
    "b",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "article",
    "head",
    "title",
    "meta",
    "script",
    "svg",
    "x:y",
)


def element(tag: str, key: str, value: str, parts: list[str], closed: bool) -> str:
    return f"<{tag} {key}='{value}'>{''.join(parts)}" + (f"</{tag}>" if closed else "")


MARKUP = st.recursive(
    st.text(max_size=10) | st.just(STORY),
    lambda inner: st.builds(
        element,
        st.sampled_from(TAGS),
        st.sampled_from(("class", "href", "content", "property", "lang", "charset", "style")),
        st.sampled_from(("", "og:title", "article:published_time", "2025-13-45", "http://[", "display:none", "utf-16")),
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=12,
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(("title", "link", "guid", "description", "pubDate", "content:encoded", "updated", "id", "x")),
        st.text(max_size=10) | MARKUP | st.sampled_from(("http://[", "Tue, 99 Mar 2025", "2025-03-04", "<![CDATA[")),
    ),
    max_size=5,
)


def feed_of(entries: list[list[tuple[str, str]]]) -> bytes:
    items = "".join("<item>" + "".join(f"<{tag}>{words}</{tag}>" for tag, words in one) + "</item>" for one in entries)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode("utf-8", "surrogatepass")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def inputs(seeds: list[str | bytes], *structured: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Mutated good inputs mostly, then what is built after the format's rules, then mere bytes."""
    good = [seed.encode() if isinstance(seed, str) else seed for seed in seeds]
    changed = mutations(good)
    return st.one_of(changed, changed, *structured, st.binary(max_size=400))


def packed(pack: Callable[[bytes], bytes]) -> st.SearchStrategy[bytes]:
    """Packed lines: packed and then mutated, mutated and then packed, cut off, one after the other, or a small bomb."""
    whole = pack(LINES.encode())
    return st.one_of(
        mutations([whole, whole + whole, pack(b""), pack(whole)]),
        mutations([LINES.encode()]).map(pack),
        st.integers(0, len(whole)).map(lambda at: whole[:at]),
        st.integers(0, 24).map(lambda power: pack(b"x" * 2**power)),
        st.binary(max_size=300).map(lambda rest: whole[:12] + rest),
    )


# What is done with them.


@dataclass(frozen=True)
class Reader:
    """Bytes that one reader gets, and how it is called."""

    inputs: st.SearchStrategy[bytes]
    read: Callable[[bytes, Path], None]


def require_sound(document: Document) -> None:
    """What every room after this one relies on."""
    assert document.document_id.strip()
    assert document.text.strip()
    optional = (document.title, document.outlet, document.url, document.language)
    for value in (document.document_id, document.text, *filter(None, optional)):
        assert "\0" not in value
        value.encode()
    assert document.published is None or type(document.published) is date


def require_refusal(reason: str) -> None:
    assert reason.endswith(".")
    assert "Traceback" not in reason
    assert len(reason) < 700
    assert reason.isprintable()


def from_file(suffix: str, layout: Layout = Layout()) -> Callable[[bytes, Path], None]:  # noqa: B008
    def read(content: bytes, folder: Path) -> None:
        path = folder / f"input{suffix}"
        path.write_bytes(content)
        for item in read_path(path, Defaults(), layout):
            if isinstance(item, Rejected):
                require_refusal(item.reason)
            else:
                require_sound(item.document)

    return read


def from_page(content: bytes, _folder: Path) -> None:
    for charset in (None, "utf-16", "zlib", "windows-1251"):
        try:
            require_sound(make_page_document(content, charset, "https://example.org/a", {}, Defaults()))
        except UnreadableError as refusal:
            require_refusal(Rejected("x", None, str(refusal)).reason)


def from_feed(content: bytes, _folder: Path) -> None:
    looks_like_feed(content, "")
    try:
        entries = read_feed(content, "https://example.org/feed")
    except UnreadableError as refusal:
        require_refusal(Rejected("x", None, str(refusal)).reason)
        return
    for entry in entries:
        assert entry.address == "" or entry.address.startswith(("http://", "https://"))
        try:
            require_sound(make_told_document(entry.markup, entry.address or "x", entry.told, Defaults()))
        except UnreadableError as refusal:
            require_refusal(Rejected("x", None, str(refusal)).reason)


def from_reliefweb(content: bytes, _folder: Path) -> None:
    source = Source(name="rw", kind=Kind.RELIEFWEB, places=(), query=Query(appname="a", limit=2))
    web: Any = SimpleNamespace(ask=lambda *_arguments, **_options: SimpleNamespace(body=content))
    for item in collect_reliefweb(source, Forgetful(), web, datetime(2025, 3, 5, tzinfo=UTC)):
        if isinstance(item, Rejected):
            require_refusal(item.reason)
        elif isinstance(item, Collected):
            require_sound(item.document)
        else:
            assert isinstance(item, Settled)


def from_definition(content: bytes, folder: Path) -> None:
    path = folder / "sources.toml"
    path.write_bytes(content)
    try:
        load_sources(path)
    except UsageError as error:
        said = str(error)  # to who wrote the file, so it may be of any length
    else:
        said = "Nothing."
    assert said.endswith(".")


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 1, mtime=0)


def answered(headers: list[str], body: bytes) -> bytes:
    """An archive with one answer, its head and its body joined as they are."""
    head = "".join(f"{header}\r\n" for header in headers).encode("utf-8", "surrogatepass")
    answer = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body
    record = capture("").encode().replace(b"Content-Length: 0", b"Content-Length: %d" % len(answer))
    return record.removesuffix(b"\r\n\r\n") + answer + b"\r\n\r\n"


HEADERS = st.lists(
    st.sampled_from(
        (
            *(
                "Content-Type: text/html",
                "Content-Type: text/plain; charset=utf-16",
                "Content-Type: text/html; charset=zip",
            ),
            *("Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: br"),
            *("Transfer-Encoding: chunked", "Content-Length: -5", "X", ": ", "Content-Type"),
        )
    ),
    max_size=4,
)
BODIES = st.one_of(MARKUP.map(encoded), mutations([gzipped(PAGE.encode()), CHUNKS.encode()]))
SOURCE_KEYS = ("name", "feed", "page", "files", "reliefweb", "columns", "silent_days", "encoding", "separator", "x")
SOURCE_VALUES = (
    *(
        '"a"',
        '""',
        "1",
        "-1",
        "true",
        "[]",
        '["a"]',
        "[1]",
        "{}",
        '{ appname = "a" }',
        '"http://["',
        "1e9",
        "nan",
        "inf",
    ),
    *("{ text = 1 }", "2025-01-01", "{ appname = 1, limit = 0 }", '"utf-99"', '"\\u0000"', '"hex"'),
)
TABLES = st.dictionaries(st.sampled_from(SOURCE_KEYS), st.sampled_from(SOURCE_VALUES), max_size=6)


def definition_of(table: dict[str, str]) -> bytes:
    return encoded("[[source]]\n" + "\n".join(f"{key} = {value}" for key, value in table.items()))


def front_matter_of(table: dict[str, Any]) -> bytes:
    return encoded(
        "+++\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in table.items()) + f"\n+++\n{STORY}"
    )


def lines_of(rows: list[Any]) -> bytes:
    return encoded("\n".join(map(json.dumps, rows)))


def table_of(rows: list[list[str]]) -> bytes:
    return encoded("text,title,published\n" + "\n".join(",".join(row) for row in rows))


CELLS = st.text(max_size=10) | st.sampled_from((STORY, '"', "a\nb", "2025-03-04", "\ufeff", "x" * 200))
PARTS = st.sampled_from((STORY, "====", "+++", "", " ", FRONT_MATTER, "\r"))
DETAILS = objects("title", "published", "outlet", "outlet_country", "url", "language", "x")
FIELDS = objects("title", "body-html", "body", "date", "source", "language", "url")
REPORT = st.fixed_dictionaries({"id": JSON, "fields": JSON | FIELDS})
READERS = {
    "plain text": Reader(inputs([STORY, FRONT_MATTER], st.text().map(encoded)), from_file(".txt")),
    "front matter": Reader(inputs([FRONT_MATTER], DETAILS.map(front_matter_of)), from_file(".md")),
    "several stories": Reader(
        inputs([SEVERAL], st.lists(PARTS).map("\n".join).map(str.encode)),
        from_file(".txt", Layout(separator="====")),
    ),
    "html": Reader(inputs([PAGE], MARKUP.map(encoded), MARKUP.map(lambda m: encoded(f"<html><body>{m}"))), from_page),
    "html file": Reader(inputs([PAGE], MARKUP.map(encoded)), from_file(".html")),
    "json lines": Reader(inputs([LINES], st.lists(objects(*RECORD), max_size=4).map(lines_of)), from_file(".jsonl")),
    "csv": Reader(inputs([ROWS], st.lists(st.lists(CELLS, max_size=5), max_size=5).map(table_of)), from_file(".csv")),
    "warc": Reader(
        inputs([ARCHIVE, gzipped(ARCHIVE.encode())], st.builds(answered, HEADERS, BODIES)), from_file(".warc")
    ),
    "gzip": Reader(packed(gzipped), from_file(".jsonl.gz")),
    "zstd": Reader(packed(zstandard.ZstdCompressor(level=1).compress), from_file(".jsonl.zst")),
    "no suffix": Reader(
        inputs([STORY, LINES, PAGE, ARCHIVE, gzipped(LINES.encode()), gzipped(gzipped(PAGE.encode())), FRONT_MATTER]),
        from_file(""),
    ),
    "feed": Reader(
        inputs(
            [RSS, ATOM, JSON_FEED],
            st.lists(ENTRIES, max_size=4).map(feed_of),
            objects("version", "items").map(json.dumps).map(encoded),
        ),
        from_feed,
    ),
    "reliefweb": Reader(
        inputs(
            [REPORTS],
            st.lists(REPORT, max_size=3).map(lambda data: encoded(json.dumps({"data": data}))),
            objects("data", "x").map(json.dumps).map(encoded),
        ),
        from_reliefweb,
    ),
    "sources.toml": Reader(inputs([DEFINITION], TABLES.map(definition_of)), from_definition),
}


class HangError(Exception):
    """A reader took more processor time than any input is worth."""


@contextmanager
def watched() -> Iterator[None]:
    """Ends what takes too long: by an exception, or (where a library does not come back) with the whole process."""

    def stop(*_arguments: object) -> None:
        raise HangError

    earlier = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    faulthandler.dump_traceback_later(60 * SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, earlier)


def try_out(name: str, count: int, folder: Path) -> None:
    """So many inputs for one reader."""
    reader = READERS[name]
    tried = 0

    @settings(
        max_examples=count,
        derandomize=count < 1000,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        print_blob=True,
    )
    @given(reader.inputs)
    def attempt(content: bytes) -> None:
        nonlocal tried
        tried += 1
        with watched():
            reader.read(content, folder)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    attempt()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert tried >= count * 0.9
    assert grown < MEMORY
    if folder_of_log := os.environ.get("TRACKER_PROOF_LOG"):
        with Path(folder_of_log, "fuzz.jsonl").open("a") as log:
            log.write(json.dumps({"reader": name, "inputs": tried, "grown_mib": round(grown / 2**20, 1)}) + "\n")


@pytest.mark.parametrize("name", READERS)
def test_fifty_inputs_of_any_kind(name: str, tmp_path: Path) -> None:
    try_out(name, 50, tmp_path)


@pytest.mark.fuzz
@pytest.mark.parametrize("name", READERS)
def test_ten_thousand_inputs_of_any_kind(name: str, tmp_path: Path) -> None:
    try_out(name, 10_000, tmp_path)
