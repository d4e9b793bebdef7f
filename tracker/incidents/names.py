"""Names folded for comparison: case, accents, punctuation, spacing and articles do not tell two names apart."""

from __future__ import annotations

from functools import lru_cache

from tracker.incidents.words import fold, word_list

__all__ = ["bare", "fold"]


@lru_cache(maxsize=65536)
def bare(name: str) -> tuple[str, ...]:
    """The folded words of a claimant's name without articles and the like before it; all of them if nothing is left."""
    words = tuple(fold(name).split())
    openers = word_list("claimant_openers")
    at = next((at for at, word in enumerate(words) if word not in openers), 0)
    return words[at:]
