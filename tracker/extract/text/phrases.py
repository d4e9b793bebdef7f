"""Tables of phrases: the longest entry that begins at a word, found by a walk through a tree of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from tracker.extract.text.tokens import Token

T = TypeVar("T")


class PhraseTable(Generic[T]):
    """Phrases (folded words joined by single blanks) → values."""

    __slots__ = ("_root",)

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._root: dict[str, object] = {}
        for phrase, value in entries.items():
            node = self._root
            for word in phrase.split(" "):
                node = node.setdefault(word, {})  # type: ignore[assignment]
            node[""] = value  # no word is empty, so "" can hold the value

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[int, T] | None:
        """The end (exclusive) and the value of the longest phrase that begins at `tokens[at]`."""
        node: dict[str, object] | None = self._root.get(tokens[at].folded)  # type: ignore[assignment]
        found: tuple[int, T] | None = None
        end = at + 1
        while node is not None:
            if "" in node:
                found = (end, node[""])  # type: ignore[assignment]
            if end >= len(tokens):
                break
            node = node.get(tokens[end].folded)  # type: ignore[assignment]
            end += 1
        return found

    def longest_before(self, tokens: Sequence[Token], at: int, limit: int = 5) -> tuple[int, T] | None:
        """The start and the value of the longest phrase that ends just before `tokens[at]`."""
        for start in range(max(0, at - limit), at):
            node: dict[str, object] | None = self._root
            for token in tokens[start:at]:
                if node is None:
                    break
                node = node.get(token.folded)  # type: ignore[assignment]
            if node is not None and "" in node:
                return start, node[""]  # type: ignore[return-value]
        return None


def spell_out(phrases: Iterable[str], lists: Mapping[str, Iterable[str]]) -> list[str]:
    """Every phrase with each `<<name>>` in it replaced by each word of the list of that name."""
    spelt = []
    for phrase in phrases:
        before, mark, rest = phrase.partition("<<")
        if not mark:
            spelt.append(phrase)
            continue
        name, _, after = rest.partition(">>")
        spelt += spell_out((f"{before}{word}{after}" for word in sorted(lists[name])), lists)
    return spelt
