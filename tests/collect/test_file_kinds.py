"""Pages, tables, archives and packed files become documents; each that is damaged or hostile costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zstandard

from tracker.collect import Defaults, Rejected, compressed, read_documents
from tracker.collect.files import read_path
from tracker.collect.found import Collected, sha256
from tracker.collect.layout import Layout
from tracker.collect.rejected import UnreadableError
from tracker.collect.web_page import decode_markup, read_page
from tracker.documents import Document

STORY = (
    "<p>A ferry with two hundred passengers sank near the island on Monday, killing at least nine, officials said.</p>"
    "<p>Rescuers pulled forty people from the water, and the search went on through the night for the others.</p>"
)
PAGE = (
    "<html lang='en'><head><title>Ferry sinks</title><meta property='og:site_name' content='Delta Post'>"
    "<meta property='article:published_time' content='2025-03-04T22:10:00Z'></head><body><nav><a href='/'>Home</a>"
    f"<a href='/w'>World</a></nav><article><h1>Ferry sinks</h1>{STORY}</article>"
    "<footer>All rights</footer></body></html>"
)


def collect(path: Path, layout: Layout | None = None, defaults: Defaults | None = None) -> list[Collected | Rejected]:
    return list(read_path(path, defaults or Defaults(), layout or Layout()))


def documents(found: Iterable[Collected | Rejected]) -> list[Document]:
    return [item.document for item in found if isinstance(item, Collected)]


# Pages.


def test_a_page_is_its_article_with_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(PAGE)
    (document,) = read_documents(path)
    assert isinstance(document, Document)
    assert (document.document_id, document.title, document.published) == ("ferry", "Ferry sinks", date(2025, 3, 4))
    assert (document.outlet, document.language) == ("Delta Post", "en")
    assert "killing at least nine" in document.text
    assert "Home" not in document.text
    assert "rights" not in document.text


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        ("<meta charset='windows-1251'><p>Погибли трое".encode("windows-1251"), None),
        ("<meta charset='utf-8'><p>Погибли трое".encode("windows-1251"), "windows-1251"),
        ("<p>Погибли трое".encode(), "windows-1252x"),
        ("<p>Погибли трое".encode("utf-16"), None),
        (b"\xef\xbb\xbf" + "<p>Погибли трое".encode(), "latin-1"),
        ("<?xml version='1.0' encoding='koi8-r'?><p>Погибли трое".encode("koi8-r"), "utf-8"),
    ],
)
def test_a_page_is_decoded_by_the_first_encoding_that_fits(content: bytes, declared: str | None) -> None:
    assert decode_markup(content, declared).endswith("Погибли трое")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b" \n", "it is empty."),
        (b"%PDF-1.7 ...", "it is a PDF file, not a page; convert it to text first."),
        (b"\0\0\0\0", "it is binary (it has NUL bytes), not a page."),
        (b"<html><body></body></html>", "no article was found on the page."),
    ],
)
def test_what_is_no_page_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_page(content)
    assert str(caught.value) == reason


def test_a_page_over_which_the_finder_of_articles_fails_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no article was found"):
        read_page(f"<svg><!doctype html><html lling at least nine.</p>{STORY}</article></body>".encode())


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote"])
def test_a_page_of_any_depth_is_read(tag: str) -> None:
    page = read_page(f"<html><body>{f'<{tag}>' * 100_000}{STORY}<script>var dead = 3</script></body></html>".encode())
    assert page.text.startswith("A ferry with two hundred passengers sank")
    assert "dead" not in page.text


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "<script>", "<p>&amp", "<![CDATA["])
def test_a_hostile_page_is_dealt_with_in_time(piece: str) -> None:
    content = piece * (400_000 // len(piece))
    started = time.process_time()  # the machine may be busy with other things
    for markup in (content, f"<html><body>{content}"):
        try:
            read_page(markup.encode())
        except UnreadableError:
            continue
    assert time.process_time() - started < 20


# Tables.


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_text('\ufeffNo,Body,When,Paper\n17,"Two died.\nThree, hurt.",4/3/2025,Lantern\n18,Nobody died.,,\n')
    columns = {"document_id": "No", "text": "Body", "published": "When", "outlet": "Paper"}
    found = collect(path, Layout(columns=columns, date_format="%d/%m/%Y"))
    assert documents(found) == [
        Document(document_id="17", text="Two died.\nThree, hurt.", published=date(2025, 3, 4), outlet="Lantern"),
        Document(document_id="18", text="Nobody died."),
    ]
    assert [item.line for item in found if isinstance(item, Collected)] == [3, 4]


def test_a_broken_row_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "dump.tsv"
    path.write_bytes(b"text\ttitle\nTwo died.\tA\nThree\nQuer\xe9taro\tB\n\t\nFour\tC\nFive\t\n \tD\n")
    found = collect(path)
    assert [document.document_id for document in documents(found)] == ["dump:1", "dump:4", "dump:5"]
    rejected = [(item.line, item.reason, item.sha256) for item in found if isinstance(item, Rejected)]
    assert rejected == [
        (3, "the row has 1 cells where the first row names 2 columns.", sha256(b"Three\n")),
        (4, "the row is not UTF-8; name the file's encoding in sources.toml.", sha256(b"Quer\xe9taro\tB\n")),
        (8, "it holds no text.", sha256(b" \tD\n")),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty; its first row must name the columns."),
        ("a,b\n1,2\n", "it has no column 'text' for text; name the column in sources.toml."),
    ],
)
def test_a_table_without_its_columns_is_set_aside(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "dump.csv"
    path.write_text(content)
    (rejected,) = collect(path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == reason


def test_json_lines_may_have_other_names_for_things(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"body": "Two died.", "id": "x", "day": "March 4, 2025", "iso": "KEN"}))
    columns = {"text": "body", "document_id": "id", "published": "day", "outlet_country": "iso"}
    assert documents(collect(path, Layout(columns=columns, date_format="%B %d, %Y"))) == [
        Document(document_id="x", text="Two died.", published=date(2025, 3, 4), outlet_country="KEN")
    ]


# Several texts in a file, other encodings.


def test_a_file_may_hold_several_texts(tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    path.write_text("Two died.\n=====\n\n+++\ntitle = 'B'\n+++\nThree died.\n=====\n\n=====\n+++\nbad\n+++\nX\n")
    found = collect(path, Layout(separator="=====", prefix="wire/"))
    assert documents(found) == [
        Document(document_id="wire/day:1", text="Two died.\n"),
        Document(document_id="wire/day:2", text="Three died.\n", title="B"),
    ]
    assert [(item.line, isinstance(item, Rejected)) for item in found] == [(1, False), (3, False), (11, True)]


def test_a_source_may_name_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Querétaro".encode("latin-1"))
    assert documents(collect(path, Layout(encoding="latin-1")))[0].text == "Querétaro"
    (rejected,) = collect(path, Layout(encoding="ascii"))
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.sha256) == (
        "it is not ascii, the encoding that its source names.",
        sha256("Querétaro".encode("latin-1")),
    )


# Globs and packed files.


def test_a_glob_is_what_fits_it_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name)
    assert [document.document_id for document in documents(collect(tmp_path / "*.txt"))] == ["a", "b"]
    (rejected,) = collect(tmp_path / "*.csv")
    assert rejected == Rejected(str(tmp_path / "*.csv"), None, "no file fits it.")


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_files_are_read_as_what_is_in_them(tmp_path: Path, packing: str) -> None:
    pack = gzip.compress if packing == "gz" else zstandard.ZstdCompressor().compress
    lines = b'{"text": "Two died."}\n', b'{"text": "Three died."}\n'
    (tmp_path / f"day.jsonl.{packing}").write_bytes(pack(lines[0]) + pack(lines[1]))  # as `cat` joins them
    (tmp_path / f"note.txt.{packing}").write_bytes(pack(b"Four died."))
    (tmp_path / "bare").write_bytes(pack(pack(b"Five died.")))
    assert [document.text for document in documents(collect(tmp_path))] == ["Two died.", "Three died.", "Four died."]
    assert documents(collect(tmp_path / "bare"))[0].text == "Five died."
    assert [document.document_id for document in documents(collect(tmp_path))] == ["day:1", "day:2", "note"]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_packed_file_that_is_cut_off_gives_what_came_before(tmp_path: Path, packing: str) -> None:
    lines = "".join(
        json.dumps({"text": f"{number} died. {hash(str(number))}"}) + "\n" for number in range(30_000)
    ).encode()
    packed = gzip.compress(lines) if packing == "gz" else zstandard.ZstdCompressor().compress(lines)
    path = tmp_path / f"day.jsonl.{packing}"
    path.write_bytes(packed[: len(packed) // 2])
    found = collect(path)
    assert len(documents(found)) > 1000
    assert found[-1] == Rejected(str(path), None, "its compressed data is damaged or cut off.") or packing == "zst"
    path.write_bytes(b"this is not packed at all")
    assert collect(path) == [Rejected(str(path), None, "its compressed data is damaged or cut off.")]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str) -> None:
    monkeypatch.setattr(compressed, "FREE_BYTES", 1 << 20)
    zeros = b" " * (200 << 20)
    path = tmp_path / f"bomb.jsonl.{packing}"
    path.write_bytes(gzip.compress(zeros) if packing == "gz" else zstandard.ZstdCompressor().compress(zeros))
    (rejected,) = collect(path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "it unpacks to a monstrous size; unpack it yourself if it is meant so."


# Archives.


def record(address: str, body: bytes, taken: str, headers: str = "Content-Type: text/html", status: int = 200) -> bytes:
    http = f"HTTP/1.1 {status} X\r\n{headers}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {taken}\r\n"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(address.encode() + taken.encode()):032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_pages_and_each_capture_of_a_page(tmp_path: Path, packed: bool) -> None:
    other = PAGE.replace("nine", "eleven").encode()
    records = [
        record("https://delta.example/ferry?utm_source=x#top", PAGE.encode(), "2025-03-05T06:00:00Z"),
        record("https://delta.example/ferry", other, "2025-03-06T06:00:00Z", "Content-Type: text/html; charset=utf-8"),
        record("https://delta.example/logo", b"PNG", "2025-03-05T06:00:00Z", "Content-Type: image/png"),
        record("https://delta.example/gone", PAGE.encode(), "2025-03-05T06:00:00Z", status=404),
        record(
            "https://delta.example/packed",
            chunked(gzip.compress(PAGE.encode())),
            "2025-03-05T06:00:00Z",
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
        ),
        record(
            "https://delta.example/odd", b"x", "2025-03-05T06:00:00Z", "Content-Type: text/html\r\nContent-Encoding: br"
        ),
    ]
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(b"".join(gzip.compress(one) for one in records) if packed else b"".join(records))
    first, second, third, refused = collect(path)
    assert isinstance(first, Collected)
    assert isinstance(second, Collected)
    assert isinstance(third, Collected)
    assert first.document.document_id == second.document.document_id == "https://delta.example/ferry"
    assert (first.superseded, second.superseded) == (True, False)
    assert second.captured_at == datetime(2025, 3, 6, 6, tzinfo=UTC)
    assert "killing at least eleven" in second.document.text
    assert "killing at least nine" in third.document.text
    assert second.document.published == date(2025, 3, 4)
    assert refused == Rejected(str(path), 6, "its body is packed as br, which cannot be unpacked.")


def test_what_is_no_archive_or_is_cut_off_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"PK\x03\x04")
    assert collect(path) == [Rejected(str(path), None, "it is no WARC archive.")]
    whole = record("https://delta.example/ferry", PAGE.encode(), "2025-03-05T06:00:00Z")
    packed = gzip.compress(whole) + gzip.compress(whole.replace(b"ferry", b"other"))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(packed[:-200])
    found = collect(path)
    assert documents(found)[0].document_id == "https://delta.example/ferry"
    assert isinstance(found[-1], Rejected)
    assert found[-1].reason == "its compressed data is damaged or cut off."


@pytest.mark.parametrize(
    ("given", "broken", "reason"),
    [
        (b"WARC-Target-URI", b"ARC-Target-URI", r"it is damaged after record 1 \(AttributeError\)\."),
        (b"Content-Length", b"Content-Size", r"it is damaged: record 2 does not say how long it is\."),
        (b"WARC/1.0\r\n", b"\x1b[2J\r\nWARC/1.0\r\n", r"it is damaged after record 1: [^\n]*\."),
    ],
)
def test_a_record_that_lacks_what_it_must_have_ends_an_archive(
    tmp_path: Path, given: bytes, broken: bytes, reason: str
) -> None:
    whole = record("https://delta.example/ferry", PAGE.encode(), "2025-03-05T06:00:00Z")
    path = tmp_path / "crawl.warc"
    path.write_bytes(whole + whole.replace(b"ferry", b"other").replace(given, broken, 1) + whole)
    found = collect(path)
    assert [document.document_id for document in documents(found)] == ["https://delta.example/ferry"]
    assert isinstance(found[-1], Rejected)
    assert re.fullmatch(reason, found[-1].reason)
    assert found[-1].reason.isprintable()


def test_a_body_that_unpacks_too_far_is_refused() -> None:
    with pytest.raises(UnreadableError, match="unpacks to more than 1000 bytes"):
        compressed.inflate(gzip.compress(b"x" * 100_000), "gzip", 1000)
    assert compressed.inflate(zlib.compress(b"x")[2:-4], "deflate", 10) == b"x"
    with pytest.raises(UnreadableError, match="damaged or cut off"):
        compressed.inflate(gzip.compress(b"x" * 9999)[:-9], "gzip", 100_000)


def test_standard_input_is_read_as_what_it_looks_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO()

    monkeypatch.setattr("sys.stdin", Stdin)
    warc = record("https://delta.example/ferry", PAGE.encode(), "2025-03-05T06:00:00Z")
    for content in (PAGE.encode(), gzip.compress(PAGE.encode()), warc, gzip.compress(warc)):
        Stdin.buffer = io.BytesIO(content)
        (found,) = collect(Path("-"))
        assert isinstance(found, Collected)
        assert "killing at least nine" in found.document.text
