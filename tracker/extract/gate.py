"""The gate: a cheap test whether a stretch of text could hold a claim at all, derived from the words that frames need.

Strong cues are words of harm. Weak cues ("of them", "the total") speak of a harm told before: they count only where the
story has told of one.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from tracker.extract.harm.lexicon import Lexicon
from tracker.extract.text.tokens import fold
from tracker.rulebook import Rulebook

Tree = dict[str, "Tree"]


class Gate:
    """Passes every text that holds a word without which no frame can match."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon) -> None:
        listed = rulebook.table("grammar")["gate"]
        common = rulebook.words("common_words")
        self.strong = frozenset(listed["strong"]) | {_cue_of(phrase, common) for phrase in lexicon.trigger_words}
        self.weak = frozenset(listed["weak"])
        self._strong = _compile(self.strong)
        self._any = _compile(self.strong | self.weak)

    def passes(self, text: str, *, after_claims: bool = False) -> bool:
        """Whether `text` must be read closely; `after_claims` says that its story has told of harm already."""
        pattern = self._any if after_claims else self._strong
        lowered = text.lower()
        if pattern.search(lowered) is not None:
            return True
        # Compatibility letters and invisible marks may hide a cue; they are rare enough to be folded whole.
        return not lowered.isascii() and pattern.search(fold(text)) is not None


def _cue_of(phrase: str, common: frozenset[str]) -> str:
    """The longest word of a phrase that is not common, else the phrase itself."""
    rare = [word for word in phrase.split(" ") if word not in common]
    return max(rare, key=lambda word: (len(word), word)) if rare else phrase


def _compile(cues: Iterable[str]) -> regex.Pattern[str]:
    tree: Tree = {}
    for cue in sorted(cues):
        node = tree
        for letter in regex.escape(cue, literal_spaces=True):
            node = node.setdefault(letter, {})
        node[""] = {}
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_branch(tree)}(?![\p{{L}}])", regex.V1)


def _branch(node: Tree) -> str:
    """A pattern that shares the beginnings of all cues, so that a mismatch costs one step."""
    endings = []
    for letter in sorted(node):
        if letter == "\\":  # an escaped mark is one letter
            endings += [f"\\{mark}{_branch(inner)}" for mark, inner in sorted(node[letter].items())]
        elif letter:
            endings.append((r"\s+" if letter == " " else letter) + _branch(node[letter]))
    if not endings:
        return ""
    joined = f"(?:{'|'.join(endings)})"
    return joined + ("?" if "" in node else "")
