"""Files, folders and standard input become documents; what cannot, is set aside with one clear sentence."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tracker.collect import Defaults, Rejected, json_lines, plain_text, read_documents
from tracker.documents import Document

if TYPE_CHECKING:
    from pathlib import Path

KEYS = "title, published, outlet, outlet_country, url, language"


def read_one(path: Path, content: bytes | str) -> Document | Rejected:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = read_documents(path)
    return found


def read_stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[Document | Rejected]:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    return list(read_documents("-"))


def lines(*records: object) -> str:
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)


# Plain text.


@pytest.mark.parametrize(
    "text", ["Two men died.", "Two\r\nmen\rdied.\n\n", "  \u2028Two\tmen\x85died.\x0c ", "+++ is no fence"]
)
def test_a_plain_text_is_kept_exactly(tmp_path: Path, text: str) -> None:
    assert read_one(tmp_path / "a.b.txt", text) == Document(document_id="a.b", text=text)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.txt", b"\xef\xbb\xbf+++\ntitle = 'T'\n+++\nTwo died.")
    assert found == Document(document_id="a", text="Two died.", title="T")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_text_begins_right_after_the_front_matter(tmp_path: Path, newline: str) -> None:
    head = [
        "+++",
        "title = 'Ferry'",
        "published = 2025-03-04",
        "outlet = 'The Lantern'",
        "outlet_country = 'BGD'",
        "url = 'https://example.org/1'",
        "language = 'en'",
        "+++ ",
    ]
    found = read_one(tmp_path / "a.md", newline.join([*head, "", " Two died.", "+++", ""]))
    assert found == Document(
        document_id="a",
        text=f"{newline} Two died.{newline}+++{newline}",
        title="Ferry",
        published=date(2025, 3, 4),
        outlet="The Lantern",
        outlet_country="BGD",
        url="https://example.org/1",
        language="en",
    )


@pytest.mark.parametrize(
    "written",
    ["2025-03-04", "'2025-03-04'", "2025-03-04T23:30:00-05:00", "'2025-03-04T23:30:00Z'", "'2025-03-04 06:00'"],
)
def test_of_a_date_with_a_time_its_date_as_written_is_taken(tmp_path: Path, written: str) -> None:
    found = read_one(tmp_path / "a.txt", f"+++\npublished = {written}\n+++\nTwo died.")
    assert isinstance(found, Document)
    assert found.published == date(2025, 3, 4)


def test_defaults_hold_where_a_document_says_nothing_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("+++\noutlet = 'Own'\n+++\nTwo died.")
    defaults = Defaults(published=date(2025, 1, 2), outlet="Default", language="en", outlet_country="KEN")
    (found,) = read_documents(tmp_path / "a.txt", defaults)
    assert found == Document(
        document_id="a",
        text="Two died.",
        published=date(2025, 1, 2),
        outlet="Own",
        language="en",
        outlet_country="KEN",
    )


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", None, "it is empty."),
        (b"\xef\xbb\xbf", None, "it is empty."),
        (" \n\n", None, "it holds no text."),
        ("+++\ntitle = 'T'\n+++\n", None, "it holds no text."),
        (b"PK\x03\x04\x00\x00", None, "it is binary (it has NUL bytes), not text."),
        ("Two died.".encode("utf-16"), None, "it is binary (it has NUL bytes), not text."),
        ("One\nTwo\nQuerétaro".encode("latin-1"), 3, "it is not UTF-8; convert it to UTF-8 first."),
        ("+++\ntitle = 'T'\nTwo died.", 1, "the front matter is not closed; end it with a line +++."),
        (
            "+++\ntitle = 'T'\nauthor = 'A'\n+++\nTwo died.",
            3,
            f"the front matter has an unknown key 'author'; it may have {KEYS}.",
        ),
        (
            "+++\n\n[meta]\ntitle = 'T'\n+++\nTwo died.",
            3,
            f"the front matter has an unknown key 'meta'; it may have {KEYS}.",
        ),
        ("+++\ntitle = 'T'\nurl = no\n+++\nTwo died.", 3, "the front matter is not TOML: Invalid value."),
        (
            f"+++\npublished = {'9' * 5000}\n+++\nTwo died.",
            2,
            "the front matter is not TOML: a number in it is too long to be read.",
        ),
        ("+++\ntitle = 7\n+++\nTwo died.", 2, "title must be a string, not a number."),
        ("+++\ntitle = ['T']\n+++\nTwo died.", 2, "title must be a string, not a list."),
        (
            "+++\ntitle = 'T'\npublished = '2025-13-40'\n+++\nTwo died.",
            3,
            "published must be an ISO date such as 2025-03-31, not '2025-13-40'.",
        ),
        (
            "+++\npublished = 'yesterday'\n+++\nTwo died.",
            2,
            "published must be an ISO date such as 2025-03-31, not 'yesterday'.",
        ),
        ("+++\npublished = 20250304\n+++\nX", 2, "published must be an ISO date such as 2025-03-31, not a number."),
        (
            "+++\noutlet_country = 'Kenya'\n+++\nTwo died.",
            2,
            "outlet_country must be three capital letters (ISO 3166-1 alpha-3, such as KEN), not 'Kenya'.",
        ),
    ],
)
def test_a_bad_text_file_is_set_aside(tmp_path: Path, content: bytes | str, line: int | None, reason: str) -> None:
    path = tmp_path / "bad.txt"
    assert read_one(path, content) == Rejected(str(path), line, reason)


def test_the_size_of_a_text_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "MAX_BYTES", 10)
    assert isinstance(read_one(tmp_path / "a.txt", "0123456789"), Document)
    found = read_one(tmp_path / "a.txt", "0123456789A")
    assert isinstance(found, Rejected)
    assert found.reason == "it is larger than 64 MiB, the most that one document may have; split it."


# JSON lines.


def test_json_lines_carry_their_details_and_ignore_other_keys(tmp_path: Path) -> None:
    record = {
        "document_id": "d1",
        "text": "Two\r\ndied.",
        "title": "T",
        "published": "2025-03-04T05:06:07Z",
        "language": "en",
        "outlet": "O",
        "url": "https://example.org",
        "claims": [1],
        "outlet_country": 7,
    }
    path = tmp_path / "day.jsonl"
    path.write_text("\ufeff" + lines(record, "", {"text": "Three died.", "title": None, "outlet": ""}) + "\n")
    assert list(read_documents(path)) == [
        Document(
            document_id="d1",
            text="Two\r\ndied.",
            title="T",
            published=date(2025, 3, 4),
            language="en",
            outlet="O",
            url="https://example.org",
        ),
        Document(document_id="day:3", text="Three died."),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "Two', "the line is not JSON: Unterminated string starting at column 10."),
        ('{"text": "Two"', "the line is not JSON: Expecting ',' delimiter at column 15."),
        ("[1, 2]", "the line is JSON, but not an object with a key text."),
        ("[" * 100_000, "the line is JSON beyond what can be read (too deep, or a number too long)."),
        ('{"n": ' + "9" * 5000 + "}", "the line is JSON beyond what can be read (too deep, or a number too long)."),
        ('{"title": "T"}', "the line has no key text."),
        ('{"text": 49}', "text must be a string, not a number."),
        ('{"text": null}', "text must be a string, not null."),
        ('{"text": true}', "text must be a string, not a truth value."),
        ('{"text": ["a"]}', "text must be a string, not a list."),
        ('{"text": " "}', "it holds no text."),
        ('{"text": "a\\u0000b"}', "text holds NUL characters, which no written text has."),
        ('{"text": "a", "title": "\\u0000"}', "title holds NUL characters, which no written text has."),
        ('{"text": "a \\ud800"}', "text holds half a character (a lone surrogate), which cannot be stored."),
        ('{"text": "a", "document_id": 7}', "document_id must be a string that is not empty."),
        ('{"text": "a", "document_id": ""}', "document_id must be a string that is not empty."),
        ('{"text": "a", "document_id": "a\\u0000"}', "document_id holds NUL characters, which no written text has."),
        ('{"text": "a", "url": {}}', "url must be a string, not an object."),
        (
            '{"text": "a", "published": "2025-13-40"}',
            "published must be an ISO date such as 2025-03-31, not '2025-13-40'.",
        ),
        ('{"text": "a", "published": 1741046400}', "published must be an ISO date such as 2025-03-31, not a number."),
    ],
)
def test_a_broken_line_costs_only_itself(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "day.ndjson"
    path.write_text(lines({"text": "One died."}, line, {"text": "Three died."}))
    assert list(read_documents(path)) == [
        Document(document_id="day:1", text="One died."),
        Rejected(str(path), 2, reason),
        Document(document_id="day:3", text="Three died."),
    ]


def test_a_line_that_is_not_utf8_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_bytes(b'{"text": "Quer\xe9taro"}\n{"text": "Two died."}')
    assert list(read_documents(path)) == [
        Rejected(str(path), 1, "it is not UTF-8; convert it to UTF-8 first."),
        Document(document_id="day:2", text="Two died."),
    ]


def test_a_binary_file_called_json_lines_is_set_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_bytes('{"text": "Two"}\n'.encode("utf-16") * 50)
    assert list(read_documents(path)) == [Rejected(str(path), 1, "it is binary (it has NUL bytes), not text.")]


def test_json_lines_without_any_line_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    assert read_one(path, "\n\n") == Rejected(str(path), None, "it is empty.")


def test_an_overlong_line_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_BYTES", 40)
    path = tmp_path / "day.jsonl"
    path.write_text(lines({"text": "x" * 500}, {"text": "Two died."}, {"text": "y" * 30}, {"text": "z" * 28}))
    found = list(read_documents(path))
    reason = "the line is larger than 64 MiB, the most that one document may have; split it."
    assert found == [
        Rejected(str(path), 1, reason),
        Document(document_id="day:2", text="Two died."),
        Rejected(str(path), 3, reason),
        Document(document_id="day:4", text="z" * 28),
    ]


# Standard input.


@pytest.mark.parametrize("head", [b"", b"\n \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_standard_input_that_begins_with_a_brace_is_json_lines(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    (found, rejected) = read_stdin(monkeypatch, head + b'{"text": "Two died."}\n{"text": 3}')
    line = 1 + head.count(b"\n")
    assert found == Document(document_id=f"stdin:{line}", text="Two died.")
    assert rejected == Rejected("-", line + 1, "text must be a string, not a number.")


def test_other_standard_input_is_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"\r\n \nTwo died.\n{}\n"
    (found,) = read_stdin(monkeypatch, content)
    assert isinstance(found, Document)
    assert (found.document_id, found.text) == (f"stdin-{found.text_sha256[:12]}", content.decode())
    (titled,) = read_stdin(monkeypatch, b"+++\ntitle = 'T'\n+++\nX")
    assert isinstance(titled, Document)
    assert (titled.text, titled.title) == ("X", "T")
    assert titled.document_id != found.document_id
    assert read_stdin(monkeypatch, b"") == [Rejected("-", None, "it is empty.")]


def test_a_file_without_suffix_is_read_as_standard_input_is(tmp_path: Path) -> None:
    assert read_one(tmp_path / "dump", '{"text": "Two died."}') == Document(document_id="dump:1", text="Two died.")
    assert read_one(tmp_path / "story", "Two died.") == Document(document_id="story", text="Two died.")


# Paths and folders.


def test_what_is_not_there_or_of_another_kind_is_set_aside(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_text("%PDF-1.7")
    assert list(read_documents([tmp_path / "missing.txt", page])) == [
        Rejected(str(tmp_path / "missing.txt"), None, "it does not exist."),
        Rejected(
            str(page),
            None,
            "files of the kind .pdf cannot be read; give .csv, .htm, .html, .jsonl, .md, .ndjson, .tsv, .txt, .warc, "
            ".xhtml, or one of these with .gz or .zst.",
        ),
    ]


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/b/c.md", "a.jsonl", "README.md", "a/readme.txt", "x.pdf", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"text": name}))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("hidden")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(read_documents(tmp_path))
    assert [document.document_id for document in found if isinstance(document, Document)] == [
        "a/b/c",
        "a/z",
        "a:1",
        "b",
    ]
    assert len(found) == 4


def test_a_file_name_that_is_not_utf8_costs_only_itself(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as stream:
        stream.write(b"Two died.")
    (tmp_path / "z.txt").write_text("Three died.")
    rejected, document = read_documents(tmp_path)
    assert isinstance(rejected, Rejected)
    assert rejected.source.endswith("caf\\udce9.txt")
    assert "half a character" in rejected.reason
    assert document == Document(document_id="z", text="Three died.")


# One id, one document.


def test_a_second_document_under_the_same_id_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(
        lines(
            {"document_id": "d", "text": "Two died."},
            {"document_id": "d", "text": "Two died."},
            {"document_id": "d", "text": "Three died."},
            {"document_id": "d", "text": "Two died.", "published": "2025-03-04"},
        )
    )
    reason = f"document id 'd' is already that of another document, in {path}:1."
    assert list(read_documents(path)) == [
        Document(document_id="d", text="Two died."),
        Rejected(str(path), 3, reason),
        Rejected(str(path), 4, reason),
    ]


def test_the_same_path_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Two died.")
    assert len(list(read_documents([tmp_path / "x.txt", tmp_path / "x.txt"]))) == 1


def test_ids_are_compared_across_paths(tmp_path: Path) -> None:
    for folder, text in (("a", "Two died."), ("b", "Three died.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text)
    found, rejected = read_documents([tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt"])
    assert found == Document(document_id="x", text="Two died.")
    assert isinstance(rejected, Rejected)
    assert rejected.reason == f"document id 'x' is already that of another document, in {tmp_path / 'a' / 'x.txt'}."


def test_json_lines_are_read_one_at_a_time() -> None:
    """Flat memory: the first documents are there before the last line was asked for."""

    class Endless(io.RawIOBase):
        asked = 0

        def readline(self, _size: int | None = -1, /) -> bytes:
            Endless.asked += 1
            return b'{"text": "Two died."}\n'

    found = json_lines.read_json_lines(json_lines.bounded_lines(Endless()), "x", Defaults())  # type: ignore[arg-type]
    assert next(found) == (1, Document(document_id="x:1", text="Two died."))
    assert next(found) == (2, Document(document_id="x:2", text="Two died."))
    assert Endless.asked == 2


def test_a_rejected_input_is_shown_with_its_place() -> None:
    assert str(Rejected("a.txt", 3, "it is empty.")) == "a.txt:3: it is empty."
    assert str(Rejected("a.txt", None, "it is empty.")) == "a.txt: it is empty."


def test_a_reason_quotes_neither_at_length_nor_what_commands_a_terminal(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.txt", f"+++\n{'k' * 5000} = 1\n+++\nTwo died.")
    assert isinstance(found, Rejected)
    assert found.reason.startswith("the front matter has an unknown key 'kkk")
    assert found.reason.endswith("kkk'; it may have title, published, outlet, outlet_country, url, language.")
    assert len(found.reason) < 700
    found = Rejected("\x1b[2J.txt", None, "it says \x1b[2J\nand more.")
    assert str(found).isprintable()
