"""sources.toml: what it may say, and one clear sentence for what it may not."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from tracker.collect import sources
from tracker.collect.details import Defaults
from tracker.collect.gathering import choose_sources
from tracker.collect.layout import Layout
from tracker.collect.sources import Kind, Manners, Query, Source, load_sources
from tracker.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
WHOLE = """
[fetch]
contact = "mailto:desk@example.org"
delay = 2
retries = 1

[[source]]
name = "lantern"
feed = "https://lantern.example/rss"
outlet = "The Lantern"
outlet_country = "BGD"
language = "en"
follow = false
revisit_days = 3
silent_days = 2

[[source]]
name = "inside"
page = ["http://10.0.0.5/a", "http://10.0.0.5/b"]
allow_private = true
robots = false

[[source]]
name = "dump"
files = "dumps/*.csv.gz"
columns = { text = "Body", document_id = "No" }
date_format = "%d/%m/%Y"
encoding = "latin-1"
delimiter = ";"

[[source]]
name = "reliefweb"
reliefweb = { appname = "example-org", query = "killed", countries = ["SDN"], since = 2025-01-31, limit = 50 }
"""


def test_a_definition_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(WHOLE)
    found = load_sources(path)
    assert found.manners == Manners(contact="mailto:desk@example.org", delay=2, retries=1)
    lantern, inside, dump, reliefweb = found.sources
    assert lantern == Source(
        name="lantern",
        kind=Kind.FEED,
        places=("https://lantern.example/rss",),
        defaults=Defaults(outlet="The Lantern", outlet_country="BGD", language="en"),
        follow=False,
        revisit_days=3,
        silent_days=2,
    )
    assert (inside.places, inside.allow_private, inside.robots) == (
        ("http://10.0.0.5/a", "http://10.0.0.5/b"),
        True,
        False,
    )
    assert dump.places == (str(tmp_path / "dumps/*.csv.gz"),)
    columns = {"text": "Body", "document_id": "No"}
    assert dump.layout == Layout(
        columns=columns, date_format="%d/%m/%Y", encoding="latin-1", delimiter=";", prefix="dump/"
    )
    assert reliefweb.query == Query(
        appname="example-org", query="killed", countries=("SDN",), since=date(2025, 1, 31), limit=50
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", "is not TOML"),
        ("sources = 1", "the key 'sources' is unknown; it may have fetch, source."),
        ("source = 1", "sources are written as tables [[source]]."),
        ("[fetch]\nspeed = 1", "[fetch]: the key 'speed' is unknown"),
        ("[fetch]\ndelay = -1", "[fetch]: delay must be a number that is not negative, not -1."),
        ('[fetch]\ncontact = "a\\nX: b"', "[fetch]: contact must be one line."),
        ("[[source]]\nfeed = 'https://x.example'", "source 1: name must be a word without blanks."),
        ("[[source]]\nname = 'a b'", "source 1: name must be a word without blanks."),
        ("[[source]]\nname = 'a'", "source 'a': it must have one of feed, page, reliefweb, files."),
        ("[[source]]\nname = 'a'\nfeed = 'https://x.example'\nfiles = 'x'", "it must have one of"),
        ("[[source]]\nname = 'a'\nfeed = 'x.example'", "source 'a': x.example is no address on the web"),
        ("[[source]]\nname = 'a'\nfeed = 3", "source 'a': feed must be a string or a list of strings."),
        ("[[source]]\nname = 'a'\nfiles = []", "source 'a': files must be a string or a list of strings."),
        ("[[source]]\nname = 'a'\nfiles = 'x'\ncolour = 3", "source 'a': the key 'colour' is unknown"),
        ("[[source]]\nname = 'a'\nfiles = 'x'\noutlet = 3", "source 'a': outlet must be a string, not 3."),
        (
            "[[source]]\nname = 'a'\nfiles = 'x'\noutlet_country = 'Kenya'",
            "outlet_country must be three capital letters",
        ),
        ("[[source]]\nname = 'a'\nfiles = 'x'\nencoding = 'klingon'", "no encoding is called 'klingon'."),
        ("[[source]]\nname = 'a'\nfiles = 'x'\ncolumns = { body = 'text' }", "columns: the key 'body' is unknown"),
        ("[[source]]\nname = 'a'\nfiles = 'x'\nsilent_days = 1.5", "silent_days must be a whole number"),
        ("[[source]]\nname = 'a'\nfiles = 'x'\nrobots = 1", "robots must be true or false, not 1."),
        ("[[source]]\nname = 'a'\nreliefweb = {}", "ReliefWeb demands an appname"),
        ("[[source]]\nname = 'a'\nreliefweb = { appname = 'x', since = '2025-01-01' }", "since must be a date"),
        ("[[source]]\nname = 'a'\nreliefweb = { appname = 'x', limit = 0 }", "limit must be from 1 to 1000."),
        ("[[source]]\nname = 'a'\nfiles = 'x'\n[[source]]\nname = 'a'\nfiles = 'y'", "has two sources called 'a'"),
    ],
)
def test_what_it_may_not_say_is_said_in_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=re.escape(message)) as caught:
        load_sources(path)
    assert str(path) in str(caught.value)


def test_a_missing_definition_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*nowhere.toml; write one"):
        load_sources(tmp_path / "nowhere.toml")


def test_words_name_sources_else_addresses_else_paths(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(WHOLE)
    chosen = choose_sources(["lantern", "https://x.example/?key=secret", "a*.txt", "-"], load_sources(path), Defaults())
    assert [(source.name, source.kind) for source in chosen] == [
        ("lantern", Kind.FEED),
        ("https://x.example/?key=***", Kind.ADDRESS),
        ("-", Kind.FILES),
        ("a*.txt", Kind.FILES),
    ]


def test_the_example_is_a_definition() -> None:
    assert {source.kind for source in load_sources(ROOT / "examples" / "sources.toml").sources} == set(Kind) - {
        Kind.ADDRESS
    }


def test_the_documentation_names_every_key() -> None:
    text = (ROOT / "docs" / "sources.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    assert named == (sources._SOURCE_KEYS | {kind.value for kind in Kind}) - {"name", "address"}
    for field in [*fields(Manners), *fields(Query)]:
        assert f"`{field.name}`" in text
