"""Names folded for comparison: case, accents, punctuation and spacing do not tell two names apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in lower case without accents, its runs of anything but letters and digits as one space."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = (
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join("".join(kept).split())
