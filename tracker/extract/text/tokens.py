"""Words of a sentence, folded for matching, each with its exact place in the text as given.

Folding works word by word (compatibility forms, case, quotation marks, dashes, digits of any script, invisible
characters), so a folded word may be longer or shorter than the written one and offsets stay exact all the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from tracker.spans import Span

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_APOSTROPHE = "'\u2019\u02bc\u2018"
_HYPHEN = "\\-\u2010\u2011"
_LETTER = rf"[\p{{L}}\p{{M}}{_INVISIBLE}]"
_WORD = rf"\p{{L}}[\p{{L}}\p{{M}}\p{{N}}_{_INVISIBLE}]*+"
_INNER = rf"[\p{{L}}\p{{M}}\p{{N}}_{_INVISIBLE}]"
_JOINED = rf"(?:[{_HYPHEN}{_APOSTROPHE}](?![sS](?![\p{{L}}\p{{N}}])){_INNER}++)*+"
_NUMBER = (
    r"(?:\p{Nd}{1,3}(?:[,.\u066c\u00a0\u202f\u2009 ]\p{Nd}{3})++(?![\p{Nd}])(?:[.\u066b]\p{Nd}++(?![,.]\p{Nd}))?"
    r"|\p{Nd}++(?:[.,\u066b]\p{Nd}++)*+)"
)
_TOKEN = regex.compile(
    rf"""
      (?:\p{{L}}\.){{2,}}                                     # U.S.
    | (?<![\p{{Nd}}]){_NUMBER}[{_HYPHEN}]{_WORD}{_JOINED}     # 26-year-old
    | (?<![\p{{Nd}}]){_NUMBER}{_LETTER}*+                     # 1,200  5th  1.2m
    | {_WORD}{_JOINED}                                        # al-Mawasi  don't
    | [{_APOSTROPHE}][sS](?![\p{{L}}\p{{N}}])                    # the possessive
    | \.{{2,}}
    | [^\s{_INVISIBLE}]
    """,
    regex.VERBOSE | regex.V1,
)
_UNSEEN = regex.compile(f"[{_INVISIBLE}]+")
_UNIFIED = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u066c": ",",
        "\u066b": ".",
    }
)


class Token(NamedTuple):
    """One word, number or mark: offsets in the document's text, the letters as written, and as folded."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def span(self) -> Span:
        """Where the token stands in the document's text."""
        return Span(self.start, self.end)

    @property
    def is_capitalised(self) -> bool:
        """Whether the first letter is a capital one."""
        return self.text[0].isupper()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The form of `word` that rules and word lists are matched with."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", word)).translate(_UNIFIED).casefold()
    if any(c.isdigit() and not c.isascii() for c in folded):
        folded = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in folded)
    return folded


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, offsets counted from the beginning of `text`."""
    return [
        Token(match.start(), match.end(), match.group(), fold(match.group()))
        for match in _TOKEN.finditer(text, start, end)
    ]
