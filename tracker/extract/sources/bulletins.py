"""A bulletin names its issuer once, in its heading or in a line of its own at the foot, and lists its figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extract.sources.phrases import Range, SourcePhrases
from tracker.extract.text.sentences import Sentence

_BULLETS = frozenset("-*•●▪·◦‣⭕🔴")
_LABELS = frozenset([":", "=", "-"])
_LONGEST_HEADING = 16
_HEADING_LINES = 3


class Bulletins:
    """Recognises bulletins by their shape: a name of somebody who speaks, and lines with labels and figures."""

    def __init__(self, phrases: SourcePhrases) -> None:
        self._phrases = phrases

    def issuer(self, sentences: Sequence[Sentence]) -> tuple[int, Range] | None:
        """The sentence that names the issuer in the heading, and where; None where the text is no bulletin."""
        if len(sentences) < 2 or sentences[0].paragraph == sentences[-1].paragraph:
            return None
        for number, sentence in enumerate(sentences[:_HEADING_LINES]):
            words = self._named_in_heading(sentence)
            if words is not None:
                return (number, words) if self.is_listing(sentences[number + 1 :]) else None
            if self._phrases.is_clause(sentence.tokens, 0, len(sentence.tokens)):
                return None
        return None

    def is_listing(self, sentences: Sequence[Sentence]) -> bool:
        """Whether at least half of the sentences are labels with figures, bullets or phrases without a verb."""
        return bool(sentences) and 2 * sum(map(self._is_entry, sentences)) >= len(sentences)

    def entries_below(self, sentences: Sequence[Sentence], number: int) -> range:
        """The numbers of the list's lines that follow the sentence in paragraphs of their own."""
        last = number + 1
        while (
            last < len(sentences)
            and sentences[last].paragraph != sentences[last - 1].paragraph
            and self._is_entry(sentences[last])
        ):
            last += 1
        return range(number + 1, last)

    def _named_in_heading(self, sentence: Sentence) -> Range | None:
        tokens = sentence.tokens
        if len(tokens) > _LONGEST_HEADING or self._phrases.is_clause(tokens, 0, len(tokens)):
            return None
        first = 0
        for at in range(len(tokens) + 1):
            if at == len(tokens) or not tokens[at].text[0].isalnum():
                if at > first and self._phrases.names_body(tokens, first, at):
                    return first, at
                first = at + 1
        return None

    def _is_entry(self, sentence: Sentence) -> bool:
        tokens = sentence.tokens
        if tokens[0].text in _BULLETS:
            return True
        for label, figure in pairwise(tokens):
            if label.folded in _LABELS and figure.folded[0].isdigit():
                return True
        return not self._phrases.is_clause(tokens, 0, len(tokens))
