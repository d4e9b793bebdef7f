"""Paragraphs and sentences of a text, by its line breaks and full stops; abbreviations come from the rulebook.

A line break ends a sentence unless the text is hard-wrapped (wire copy of fixed width), where only a blank or indented
line, a bullet or a label does.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from tracker.extract.text.tokens import Token, fold, tokenise

if TYPE_CHECKING:
    from collections.abc import Collection

_BULLET = r"[ \t]*(?:[\p{So}\u2022\u25cf\u25aa\u2023\u2043\u2219\u25e6*•·‣–—-][ \t\ufe0f]|\p{Nd}{1,2}[.)][ \t])"
_HARD_BREAK = regex.compile(rf"\n(?=[ \t]*\n|[ \t]{{2,}}\S|{_BULLET})|\n[ \t]*\n", regex.V1)
_STOP = regex.compile(
    r"""(?:(?<dot>\.)|[!?\u2026\u061f\u06d4]|\.{2,})   # the mark
        ["'\u201d\u2019\u00bb)\]]*+                    # closing quotes and brackets belong to the sentence
        (?=\s+["'\u201c\u2018\u00ab(\[]*[\p{Lu}\p{Lt}\p{Lo}\p{Nd}]|\s*$)
     """,
    regex.VERBOSE | regex.V1,
)
_LAST_WORD = regex.compile(r"(?:\p{L}\.)*[\p{L}\p{M}]+$")
_WRAPPED_LINE = range(40, 101)


class Sentence:
    """One sentence: where it stands in the document's text, and its tokens, made when first asked for."""

    __slots__ = ("__dict__", "end", "paragraph", "start", "text")

    def __init__(self, text: str, start: int, end: int, paragraph: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.paragraph = paragraph

    @cached_property
    def tokens(self) -> list[Token]:
        """Its tokens, in order."""
        return tokenise(self.text, self.start, self.end)

    @cached_property
    def line(self) -> str:
        """Its folded tokens joined by single blanks: what patterns over words are matched with."""
        return " ".join(token.folded for token in self.tokens)

    @cached_property
    def _token_starts(self) -> list[int]:
        return list(accumulate((len(token.folded) + 1 for token in self.tokens[:-1]), initial=0))

    def tokens_at(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that `line[start:end]` touches."""
        return bisect_right(self._token_starts, start) - 1, bisect_right(self._token_starts, end - 1)

    @property
    def quote(self) -> str:
        """The sentence as written."""
        return self.text[self.start : self.end]

    def __repr__(self) -> str:
        return f"Sentence({self.start}, {self.end}, {self.quote[:40]!r})"


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of `text` as half-open offsets, blanks at either end left out."""
    if is_hard_wrapped(text):
        breaks = [match.start() for match in _HARD_BREAK.finditer(text)]
    else:
        breaks = [i for i, c in enumerate(text) if c == "\n"]
    spans = []
    for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            spans.append((start, end))
    return spans


def is_hard_wrapped(text: str) -> bool:
    """Whether lines were broken at a fixed width, so that a line break means nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 3:
        return False
    inner = lines[:-1]
    run_on = sum(len(line.rstrip()) in _WRAPPED_LINE and line.rstrip()[-1] not in ".!?:\"'”" for line in inner)
    return run_on * 2 > len(inner) and max(map(len, lines)) <= _WRAPPED_LINE.stop


def split_sentences(text: str, start: int, end: int, paragraph: int, abbreviations: Collection[str]) -> list[Sentence]:
    """The sentences of the paragraph `text[start:end]`."""
    sentences = []
    for match in _STOP.finditer(text, start, end):
        if match.group("dot") and _is_abbreviation(text, start, match.start(), end, abbreviations):
            continue
        sentences.append(Sentence(text, start, match.end(), paragraph))
        start = match.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        sentences.append(Sentence(text, start, end, paragraph))
    return sentences


def _is_abbreviation(text: str, start: int, dot: int, end: int, abbreviations: Collection[str]) -> bool:
    if dot + 1 >= end:
        return False
    word = _LAST_WORD.search(text, max(start, dot - 24), dot)
    if word is None:
        return False
    written = word.group()
    if len(written) == 1 and written.isupper():
        return True  # an initial: J. Smith
    return fold(written) in abbreviations
