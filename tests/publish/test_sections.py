"""Sections, words and template hold together: each section has its function, each phrase its entry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tracker.errors import UsageError
from tracker.incidents.doubts import ADDED_TO_TOTAL, LOOKS_LIKE_TOTAL
from tracker.judgements import Verdict
from tracker.publish.pages.changes import GROUPS
from tracker.publish.pages.definition import KINDS, load_definition
from tracker.publish.pages.sections import SECTIONS, sections_of
from tracker.publish.pages.words import Words, load_words

PAGES = Path(__file__).parents[2] / "tracker" / "publish" / "pages"


def test_every_section_has_a_function_of_the_template(reports):
    table = re.search(r"#let sections = \((.*?)\n\)", (reports / "report.typ").read_text("utf-8"), re.DOTALL)
    assert table is not None
    assert set(re.findall(r"(\w+): ", table[1])) == set(SECTIONS)


def test_every_section_stands_in_a_shipped_definition(reports):
    held = {name for path in reports.glob("*.toml") for name in load_definition(reports, path.stem).sections}
    assert held == set(SECTIONS)
    assert all(sections_of(kind) for kind in KINDS)


def test_every_phrase_that_is_asked_for_is_there(reports):
    words = load_words(reports, "en")
    asked = {
        name
        for path in PAGES.glob("*.py")
        for name in re.findall(r'words\(\s*f?"([\w.]+)"', path.read_text("utf-8"))
        if "." in name
    }
    assert len(asked) > 80
    assert [name for name in sorted(asked) if not words.has(name)] == []


def test_every_sort_verdict_and_doubt_has_its_phrase(reports):
    words = load_words(reports, "en")
    names = [f"changes.{sort}" for sort in GROUPS] + [f"changes.told.{sort}" for sort in GROUPS]
    names += [f"dossier.verdict.{verdict}" for verdict in Verdict]
    names += [f"dossier.doubt.{doubt}" for doubt in (LOOKS_LIKE_TOTAL, ADDED_TO_TOTAL)]
    names += [f"toll.{kind}" for kind in ("first", "correction", "addition")]
    assert [name for name in names if not words.has(name)] == []


def test_every_word_that_the_template_prints_is_there(reports):
    table = tomllib.loads((reports / "words" / "en.toml").read_text("utf-8"))["page"]
    asked = {
        name
        for path in [reports / "report.typ", *(reports / "template").glob("*.typ")]
        for name in re.findall(r"\bw\.(\w+)", path.read_text("utf-8"))
    }
    assert asked - set(table) == set()
    assert set(table) - asked == {"known_on", "spoken", *(f"subline_{kind}" for kind in KINDS)}  # filled in before


def test_a_phrase_has_two_forms_and_prints_numbers(tmp_path):
    words = Words({"count": {"towns": {"one": "{n} town", "other": "{n} towns"}}}, tmp_path / "en.toml")
    assert words("count.towns", n=1) == "1 town"
    assert words("count.towns", n=1200) == "1,200 towns"


def test_a_missing_phrase_or_value_is_named_with_its_file(tmp_path):
    words = Words({"greeting": "Good {part}"}, tmp_path / "en.toml")
    with pytest.raises(UsageError, match=r"en\.toml: the phrase 'farewell' is missing"):
        words("farewell")
    with pytest.raises(UsageError, match="asks for 'part'"):
        words("greeting")


def test_an_unknown_language_lists_the_known(reports):
    with pytest.raises(UsageError, match="it knows: en"):
        load_words(reports, "xx")
