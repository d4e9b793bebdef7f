"""Tokens: whatever the letters, a token slices back to itself, and its folded form is what rules are written with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.text.tokens import fold, tokenise


def words(text: str) -> list[str]:
    return [token.text for token in tokenise(text, 0, len(text))]


def folded(text: str) -> list[str]:
    return [token.folded for token in tokenise(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Four men died.", ["Four", "men", "died", "."]),
        ("a 26-year-old waitress", ["a", "26-year-old", "waitress"]),
        ("1,200 people", ["1,200", "people"]),
        ("12 000 people", ["12 000", "people"]),
        ("12\u00a0000 people", ["12\u00a0000", "people"]),
        ("in 2024, 12 died", ["in", "2024", ",", "12", "died"]),
        ("12, 13 and 14", ["12", ",", "13", "and", "14"]),
        ("1.2m homes", ["1.2m", "homes"]),
        ("the 5th man", ["the", "5th", "man"]),
        ("al-Mawasi camp", ["al-Mawasi", "camp"]),
        ("they don't know", ["they", "don't", "know"]),
        ("O\u2019Brien's boat", ["O\u2019Brien", "'s", "boat"]),
        ("the mayor\u2019s son", ["the", "mayor", "\u2019s", "son"]),
        ("the U.S. embassy", ["the", "U.S.", "embassy"]),
        ("20\u201330 people", ["20", "\u2013", "30", "people"]),
        ("(four)", ["(", "four", ")"]),
        ("dead\u2026", ["dead", "\u2026"]),
        ("dead... four", ["dead", "...", "four"]),
        ("$12", ["$", "12"]),
        ("", []),
        (" \n\t\u200b", []),
    ],
)
def test_tokens_as_written(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("KILLED", ["killed"]),
        ("k\u200bil\u00adled", ["killed"]),
        ("\ufb01re", ["fire"]),
        ("\uff11\uff12", ["12"]),
        ("\u0661\u066c\u0662\u0660\u0660", ["1,200"]),
        ("\u0967\u0968", ["12"]),
        ("don\u2019t", ["don't"]),
        ("\u201cno\u201d", ['"', "no", '"']),
        ("twenty\u2011one", ["twenty-one"]),
        ("20 \u2013 30 \u2014", ["20", "-", "30", "-"]),
        ("12\u202f000", ["12 000"]),
        ("STRASSE stra\u00dfe", ["strasse", "strasse"]),
    ],
)
def test_folded_forms(text: str, forms: list[str]) -> None:
    assert folded(text) == forms


TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("'\u2019-.,0123456789 \u200b\u0301\u0661ab")), max_size=60)


@given(TEXTS, st.integers(0, 20))
def test_offsets_slice_back_and_no_letter_is_lost(text: str, start: int) -> None:
    start = min(start, len(text))
    tokens = tokenise(text, start, len(text))
    end = start
    for token in tokens:
        assert token.text == text[token.start : token.end]
        assert token.text
        assert token.folded
        assert not any(c.isalnum() for c in text[end : token.start])
        assert token.start >= end
        end = token.end
    assert not any(c.isalnum() for c in text[end:])


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(st.sampled_from("abcdefgKILED\u00c9\u00df"), min_size=1, max_size=12))
def test_case_does_not_matter(word: str) -> None:
    assert fold(word.upper()) == fold(word.lower())
