"""Fragments: named pieces of patterns, written `<<name>>`, expanded once when the rulebook is loaded.

A name stands for a fragment of the same file, else of `fragments.toml`, else for a word list of that name, and
`<<file.part>>` for the words to which a part of another file gives values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from tracker.errors import RuleError

_REFERENCE = regex.compile(r"<<([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)>>")
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Fragments:
    """Where the names of one file are looked up."""

    local: Mapping[str, str]
    shared: Mapping[str, str]
    words: Callable[[str], frozenset[str] | None]

    def expand(self, pattern: str, origin: str, where: str, depth: int = 0) -> str:
        """`pattern` with every `<<name>>` replaced by a group; RuleError where a name is unknown or circular.

        Blanks before the first word of a pattern or fragment are layout.
        """
        if depth > _MAX_DEPTH:
            raise RuleError(f"{origin}: {where}: fragments refer to each other in a circle; break it.")

        def replace(match: regex.Match[str]) -> str:
            name = match.group(1)
            piece = self.local.get(name, self.shared.get(name))
            if piece is not None:
                return f"(?:{self.expand(piece, origin, where, depth + 1)})"
            words = self.words(name)
            if words is not None:
                return any_of(words)
            raise RuleError(f"{origin}: {where}: nothing is called <<{name}>>; define or correct it.")

        return _REFERENCE.sub(replace, pattern.lstrip(" \t\n"))


def any_of(words: frozenset[str]) -> str:
    """A pattern for any one of `words`, longest first, so that a longer entry is never cut short by its beginning."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word, special_only=True, literal_spaces=True) for word in ordered) + ")"
