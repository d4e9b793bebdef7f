"""The word lists that this room reads: of every language, since a claim does not name its own."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tracker.errors import RuleError
from tracker.settings import locate


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in lower case without accents, its runs of anything but letters and digits as one space."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = (
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=16)
def word_list(name: str) -> frozenset[str]:
    """The folded lines of `words/<name>.txt` of all languages; RuleError where none has it."""
    paths = sorted(locate("rules", "TRACKER_RULES").glob(f"*/words/{name}.txt"))
    if not paths:
        raise RuleError(f"words/{name}.txt: this word list is missing in every language; restore it.")
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))
