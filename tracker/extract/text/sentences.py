"""Paragraphs and sentences of a text, by its line breaks and full stops; abbreviations come from the rulebook.

A line break ends a sentence unless the lines around it are hard-wrapped (wire copy of fixed width), where only a blank
or indented line or a bullet does. No sentence is longer than 400 words: what works inside one sentence stays bounded.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import regex

from tracker.extract.text.tokens import Token, fold, tokenise

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
_WIDTH = range(40, 102)  # characters of the longest of some wrapped lines
_TELETYPE = 55  # characters of the longest line of a wire in capitals, at least
_FILLED = 0.75  # of the width: what a line of a wire in capitals fills that is no heading
_ENDS = frozenset(".!?:")
_STOPS = _ENDS | frozenset("\"'\u201d")
_CUTS = frozenset(",;")
_LONGEST = 400  # words and marks of a sentence


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
    breaks = [match.start() for match in _HARD_BREAK.finditer(text)]
    spans = []
    for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True):
        if is_hard_wrapped(text[start:end]):
            ends = [end]
        else:
            ends = [*(at for at in range(start, end) if text[at] == "\n"), end]
        for last in ends:
            spans.append(_strip(text, start, last))
            start = last
    return [(start, end) for start, end in spans if start < end]


def _goes_on(line: str, width: int) -> bool:
    """Whether a line in capitals is long enough to be one of several that were wrapped, and ends no sentence."""
    return len(line) >= width * _FILLED and line.rstrip("\"'\u201d)]")[-1:] not in _ENDS


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_hard_wrapped(block: str) -> bool:
    """Whether the lines of `block` were broken at a fixed width, so that a line break means nothing.

    After most of them the next goes on in small letters, or its first word would not have fitted. Of two lines only the
    small letters tell, but wires in capitals have none: of two long lines the first tells, a full stop nothing.
    """
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    width = max(map(len, lines))
    if width not in _WIDTH:
        return False
    is_capitals = width >= _TELETYPE and block == block.upper()
    if is_capitals and len(lines) > 2 and all(_goes_on(line, width) for line in lines[:-1]):
        return True  # teletypes break lines a word or two early
    run_on = open_ended = 0
    for line, following in pairwise(lines):
        is_full = len(line) >= _WIDTH.start and len(line) + 1 + len(following.split(None, 1)[0]) > width
        if line[-1] in _STOPS:
            continue
        open_ended += 1
        run_on += following[0].islower() or (is_full and (len(lines) > 2 or is_capitals))
    return run_on * 2 > (open_ended if is_capitals else len(lines) - 1)


def split_sentences(text: str, start: int, end: int, paragraph: int, abbreviations: Collection[str]) -> list[Sentence]:
    """The sentences of the paragraph `text[start:end]`."""
    sentences: list[Sentence] = []
    for match in _STOP.finditer(text, start, end):
        if match.group("dot") and _is_abbreviation(text, start, match.start(), end, abbreviations):
            continue
        sentences += cut_long(Sentence(text, start, match.end(), paragraph))
        start = match.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        sentences += cut_long(Sentence(text, start, end, paragraph))
    return sentences


def cut_long(sentence: Sentence) -> list[Sentence]:
    """The sentence, in pieces where it is too long: cut behind a comma or semicolon, else at a blank, else anywhere."""
    if sentence.end - sentence.start <= _LONGEST or len(sentence.tokens) <= _LONGEST:
        return [sentence]
    tokens = sentence.tokens
    pieces = []
    first = 0
    while first < len(tokens):
        last = _cut(tokens, first) if len(tokens) - first > _LONGEST else len(tokens)
        end = tokens[last - 1].end if last < len(tokens) else sentence.end
        start = tokens[first].start if first else sentence.start
        pieces.append(Sentence(sentence.text, start, end, sentence.paragraph))
        first = last
    return pieces


def _cut(tokens: Sequence[Token], first: int) -> int:
    """Where the piece that begins at `first` ends, not before the half of the longest."""
    most = first + _LONGEST
    places = range(most, most - _LONGEST // 2, -1)
    for last in places:
        if tokens[last - 1].folded in _CUTS:
            return last
    return next((last for last in places if tokens[last - 1].end < tokens[last].start), most)


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
