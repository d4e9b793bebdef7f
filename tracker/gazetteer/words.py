"""How a name may run over tokens: which words from here on can belong to one name, glued at hyphens and apostrophes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.gazetteer.names import ARTICLES, name_key, sound_key, sound_of, without_possessive

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 6  # words of a name
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHES = frozenset("'’‘ʼ`")

cached_key = lru_cache(maxsize=65536)(name_key)


@lru_cache(maxsize=65536)
def has_capital(text: str) -> bool:
    """Whether a capital begins the word or a part of it, or its script has none."""
    return any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in text)


class Piece(NamedTuple):
    """One word of a possible name: its text, its plain key, how many tokens end with it, whether it has a capital."""

    text: str
    key: str
    size: int
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Up to six words that could be one name, from its first word on."""

    pieces: tuple[Piece, ...]
    shortest: int  # words that a name must take here at least
    is_lower: bool  # the whole text has no capitals
    was_joined: bool  # an apostrophe was taken for part of a name, which it may not be

    @property
    def first_words(self) -> tuple[str, str]:
        """The first word of the key, and the same without a genitive."""
        piece = self.pieces[0]
        return piece.key.partition(" ")[0], cached_key(without_possessive(piece.text)).partition(" ")[0]

    @property
    def first_sound(self) -> str:
        """The first word of the sound key, "" where only articles begin the run."""
        for piece in self.pieces:
            for word in piece.key.split():
                if word not in ARTICLES:
                    return sound_of(word) if word.isascii() else ""
        return ""

    @property
    def capitals(self) -> str:
        """The first word as an acronym is written, without full stops."""
        return without_possessive(self.pieces[0].text).replace(".", "")

    @property
    def is_short_capitals(self) -> bool:
        """Whether the first word could be an acronym."""
        return len(self.capitals) <= 5 and self.capitals.isupper() and self.capitals.isascii()

    def names(self, length: int) -> list[tuple[str, str, int]]:
        """Plain key, sound key ("" where it may not be read by sound) and tokens of the first `length` words.

        A genitive at the end is taken off: of one word before it is tried as written, of several after ("St John's").
        """
        pieces = self.pieces[:length]
        key = " ".join(piece.key for piece in pieces)
        keys = [key]
        last = pieces[-1]
        if (bare := without_possessive(last.text)) != last.text and not (self.was_joined and length == 1):
            keys.insert(0 if length == 1 else 1, " ".join([*(piece.key for piece in pieces[:-1]), name_key(bare)]))
        if not all(piece.is_capital or piece.key in ARTICLES for piece in pieces):
            return [(key, "", last.size) for key in keys]
        return [(key, sound_key(key), last.size) for key in keys]


def read_run(words: Sequence[str], at: int, joined: bool) -> Run | None:
    """The words from `words[at]` on that can be one name; None where no name can begin here."""
    if not words[at][:1].isalpha() and words[at][:1] not in _APOSTROPHES:
        return None
    is_lower = words[at].islower()
    if is_lower and not any(map(has_capital, words[at + 1 : at + 3])) and any(word[:1].isupper() for word in words):
        return None
    pieces, was_joined = _read_pieces(words, at, joined)
    if not pieces or not pieces[0].key:
        return None
    if pieces[0].is_capital:
        return Run(pieces, 1, False, was_joined)
    if len(pieces) > 1 and pieces[1].is_capital:
        return Run(pieces, 2, False, was_joined)
    if any(word[:1].isupper() for word in words):
        return None
    return Run(pieces, 1, True, was_joined)


def _read_pieces(words: Sequence[str], at: int, joined: bool) -> tuple[tuple[Piece, ...], bool]:
    pieces: list[Piece] = []
    was_joined = glue = False
    for number in range(at, min(len(words), at + 3 * LONGEST)):
        word = words[number]
        if word in _HYPHENS:
            continue
        if word[:1] in _APOSTROPHES and pieces:
            if not joined:
                break
            was_joined = True
            if len(word) == 1:
                glue = True
                continue
            glue = True
        if word == "." and pieces and len(pieces[-1].text) <= 3:
            continue
        if not word[:1].isalnum() and word[:1] not in _APOSTROPHES:
            break
        # "Shuja'iyya" is one word, "Beit 'Awwa" two.
        text = pieces.pop().text + word if glue and not word[:1].isupper() else word
        glue = False
        if len(pieces) == LONGEST:
            break
        pieces.append(Piece(text, cached_key(text), number + 1 - at, has_capital(text)))
    return tuple(pieces), was_joined
