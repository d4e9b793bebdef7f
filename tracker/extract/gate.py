"""The gate: a cheap test whether a stretch of text could hold a claim at all, derived from the words that frames need.

Strong cues are words of harm. Weak cues ("of them", "the total") speak of a harm told before: they count only where the
story has told of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import regex

from tracker.extract.harm.lexicon import Lexicon
from tracker.extract.text.tokens import fold
from tracker.rulebook import Rulebook

_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{L}+")


class Gate:
    """Passes every text that holds a word without which no frame can match."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon) -> None:
        listed = rulebook.table("grammar")["gate"]
        self.strong = frozenset(listed["strong"]) | lexicon.trigger_words
        self.weak = frozenset(listed["weak"])
        self._strong = _Cues(self.strong)
        self._weak = _Cues(self.weak)

    def passes(self, text: str, *, after_claims: bool = False) -> bool:
        """Whether `text` must be read closely; `after_claims` says that its story has told of harm already."""
        lowered = text.lower()
        if self._holds(lowered, after_claims):
            return True
        # Compatibility letters and invisible marks may hide a cue; they are rare enough to be folded whole.
        return not lowered.isascii() and self._holds(fold(text), after_claims)

    def _holds(self, folded: str, after_claims: bool) -> bool:
        words = _WORD.findall(folded)
        return self._strong.any_in(words) or (after_claims and self._weak.any_in(words))


class _Cues:
    """Words and phrases to be looked for among the words of a text, whatever marks stand between these."""

    def __init__(self, cues: Iterable[str]) -> None:
        parts = [_WORD.findall(cue) for cue in cues]
        self._words = frozenset(words[0] for words in parts if len(words) == 1)
        self._phrases: dict[tuple[str, str], list[str]] = {}
        for words in parts:
            if len(words) > 1:
                self._phrases.setdefault((words[-2], words[-1]), []).append(f" {' '.join(words)} ")

    def any_in(self, words: list[str]) -> bool:
        if not self._words.isdisjoint(words):
            return True
        endings = self._phrases.keys() & pairwise(words)
        line = f" {' '.join(words)} " if endings else ""
        return any(phrase in line for ending in endings for phrase in self._phrases[ending])
