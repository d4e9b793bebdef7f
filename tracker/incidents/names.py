"""Names folded for comparison: case, accents, punctuation and spacing do not tell two names apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tracker.settings import locate


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in lower case without accents, its runs of anything but letters and digits as one space."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = (
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=65536)
def bare(name: str) -> tuple[str, ...]:
    """The folded words of a claimant's name without articles and the like before it; all of them if nothing is left."""
    words = tuple(fold(name).split())
    at = next((at for at, word in enumerate(words) if word not in _openers()), 0)
    return words[at:]


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """The words of `claimant_openers.txt` of every language that there are rules for."""
    found: set[str] = set()
    for path in locate("rules", "TRACKER_RULES").glob("*/words/claimant_openers.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        found |= {fold(line) for line in lines if line and not line.startswith("#")}
    return frozenset(found)
