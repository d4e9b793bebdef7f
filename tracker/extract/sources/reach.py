"""How far words of saying reach: which words of the sentence the named source is responsible for.

A verb with its content after it reaches to the end of the sentence; set at the end, it reaches back to the beginning;
set between commas, it reaches both ways.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.sources.phrases import Range, SourcePhrases
from tracker.extract.text.tokens import Token

Reach = tuple[Range, ...]

_CLOSERS = frozenset([".", "!", "?", '"', "'", ")", "]", "..."])


class SayingReach:
    """Reaches by frame; `block` is the token range of source and verb together."""

    def __init__(self, phrases: SourcePhrases) -> None:
        self._phrases = phrases
        self._grammar = phrases.grammar

    def of_saying(self, tokens: Sequence[Token], block: Range, cue_says_that: bool) -> Reach:
        """A verb of saying with its subject before it."""
        left, right = _left_of(tokens, block[0]), _right_of(tokens, block[1])
        if cue_says_that:
            return _kept(right)
        holds = self._holds_content(tokens, *left)
        if _is_end(tokens, block[1]):
            return _kept(left)
        if not _is_set_off(tokens, block[0]):
            return _kept(right)
        if self._is_interrupted(tokens, block[1]):
            # "A student, his lawyer said, died in a cell": what stands before may be a bare subject.
            return _kept(left, right) if holds or not self._phrases.is_adjunct(tokens, *left) else _kept(right)
        if tokens[block[1]].folded == ":":
            return _kept(left, right) if holds else _kept(right)
        opens_adjunct = tokens[block[1]].folded in self._grammar["of"] or self._phrases.is_adjunct(tokens, *right)
        if opens_adjunct and self._phrases.is_clause(tokens, *left) and not self._holds_content(tokens, *right):
            return _kept(left)  # "…, police said of the blast"
        return _kept(right)

    def of_according(self, tokens: Sequence[Token], block: Range) -> Reach:
        """ "According to" and its source: ahead from the front, back from behind, both ways in between."""
        left, right = _left_of(tokens, block[0]), _right_of(tokens, block[1])
        before = block[0]
        while before > left[0] and tokens[before - 1].folded in (",", "(", "-"):
            before -= 1
        if before > left[0] and tokens[before - 1].folded in self._grammar["relatives"]:
            return _kept((self._phrases.antecedent(tokens, before - 1), block[0]), right)
        if before > left[0] and tokens[before - 1].folded in self._grammar["conjunctions"]:
            return _kept(right)
        if not self._holds_content(tokens, *left):
            return _kept(left, right)
        if _is_end(tokens, block[1]):
            return _kept(left)
        if self._phrases.is_clause(tokens, *left):
            return _kept(left, (block[1], self._end_of_ellipsis(tokens, block[1])))
        return _kept(left, right)

    def of_quote(self, tokens: Sequence[Token], block: Range) -> Reach:
        """An inverted verb: the quotation before it, and the one that goes on after it."""
        left, right = _left_of(tokens, block[0]), _right_of(tokens, block[1])
        resumes = next((at for at in range(*right) if tokens[at].folded == '"'), None)
        return _kept(left) if resumes is None else _kept(left, (resumes, right[1]))

    def of_following(self, tokens: Sequence[Token], block: Range) -> Reach:
        """Words that are always followed by their content."""
        return _kept(_right_of(tokens, block[1]))

    def of_agent(self, tokens: Sequence[Token], block: Range) -> Reach:
        """ "Reported by": what was reported, before and after."""
        return _kept(_left_of(tokens, block[0]), _right_of(tokens, block[1]))

    def _end_of_ellipsis(self, tokens: Sequence[Token], at: int) -> int:
        """Where the phrases without a verb end that go on with a clause: "…, according to police, five in the east"."""
        if at + 1 >= len(tokens) or tokens[at].folded != ",":
            return at
        following = tokens[at + 1].folded
        if following in self._grammar["conjunctions"] or following in self._phrases.breaks:
            return at
        end = at
        while end < len(tokens) and tokens[end].folded == ",":
            stop = next((i for i in range(end + 1, len(tokens)) if tokens[i].folded in (",", ";", "-")), len(tokens))
            if self._phrases.is_clause(tokens, end + 1, stop):
                break
            end = stop
        return end

    def _is_interrupted(self, tokens: Sequence[Token], at: int) -> bool:
        following = tokens[at].folded
        return (
            following in (",", ";", ")", "-")
            or following in self._phrases.breaks
            or following in self._grammar["resumptions"]
        )

    def _holds_content(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        if any(token.folded == '"' or token.folded[0].isdigit() for token in tokens[first:last]):
            return True
        return self._phrases.is_clause(tokens, first, last) or (last - first > 6 and _is_set_off(tokens, last))


def _left_of(tokens: Sequence[Token], at: int) -> Range:
    return 0, at


def _right_of(tokens: Sequence[Token], at: int) -> Range:
    return at, len(tokens)


def _is_end(tokens: Sequence[Token], at: int) -> bool:
    return all(token.folded in _CLOSERS or token.folded == ";" for token in tokens[at : at + 1]) and all(
        token.folded in _CLOSERS for token in tokens[at : at + 3] if token.folded != ";"
    )


def _is_set_off(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].folded in (",", '"', "-", "(", "'")


def _kept(*ranges: Range) -> Reach:
    return tuple((first, last) for first, last in ranges if first < last)
