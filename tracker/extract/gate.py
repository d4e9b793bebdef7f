"""The gate: a cheap test whether a text could hold a claim at all, derived from the words that frames need."""

from __future__ import annotations

import regex

from tracker.extract.lexicon import Lexicon
from tracker.extract.tokens import fold
from tracker.rulebook import Rulebook

Tree = dict[str, "Tree"]


class Gate:
    """Passes every text that holds a word without which no frame can match."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon) -> None:
        common = {word for words in rulebook.table("grammar")["classes"].values() for word in words}
        cues = set(rulebook.table("grammar")["gate"]["words"])
        for phrase in lexicon.trigger_words:
            words = phrase.split(" ")
            rare = [word for word in words if word not in common] or words
            cues.add(max(rare, key=lambda word: (len(word), word)))
        self.cues = frozenset(cues)
        stems = sorted({regex.escape(cue) for cue in self.cues})
        self._pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{_trie(stems)})(?![\p{{L}}])", regex.V1)

    def passes(self, text: str) -> bool:
        """Whether `text` must be read closely."""
        lowered = text.lower()
        if self._pattern.search(lowered) is not None:
            return True
        # Compatibility letters and invisible marks may hide a cue; they are rare enough to be folded word by word.
        return not lowered.isascii() and self._pattern.search(fold(text)) is not None


def _trie(words: list[str]) -> str:
    """One pattern for all words that shares their beginnings, so that a mismatch costs one step."""
    tree: Tree = {}
    for word in words:
        node = tree
        for letter in _letters(word):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(tree)


def _letters(word: str) -> list[str]:
    return regex.findall(r"\\.|.", word)


def _branch(node: Tree) -> str:
    endings = [letter + _branch(node[letter]) for letter in sorted(node) if letter]
    if not endings:
        return ""
    joined = endings[0] if len(endings) == 1 and "" not in node else f"(?:{'|'.join(endings)})"
    return joined + ("?" if "" in node else "")
