"""Near-duplicate texts: what one outlet took over from another, cut or edited, is told by the words they share.

A text is the set of its runs of three words. Two texts are copies of one where half of all these runs, or three
quarters of the shorter text's, are in both. Sketches (MinHash) only find the pairs worth comparing; what is a copy is
then decided on the texts themselves, so that the result does not hang on chance or on the order of the texts.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import Generic, TypeVar

from rensa import RMinHash  # type: ignore[import-untyped]

T = TypeVar("T", bound=Hashable)
Shingles = frozenset[str]
Sketch = tuple[int, ...]
Band = tuple[int, ...]

WORDS = 3
FEWEST = 12
"""Runs of words below which a text is too short to tell a copy from a coincidence."""
SHARED = 0.5
CONTAINED = 0.75
NEAR = timedelta(days=7)
"""Copies appear within days; a text of another month that is alike is the same form, filled in anew."""

_PERMUTATIONS = 64
_ROWS = 2
"""Values of a sketch that must agree in one of its 32 bands: texts that share a third are found in 98 of 100 cases."""
_PLACES = range(_PERMUTATIONS // _ROWS)
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")

SCHEME = f"rensa {RMinHash.ALGORITHM_VERSION}, {_PERMUTATIONS} of {WORDS} words"
"""How sketches are made: those of another scheme cannot be compared with these."""


def shingles(text: str) -> Shingles:
    """The text's runs of three words, without case and punctuation."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def sketch(runs: Shingles) -> Sketch:
    """64 numbers of which two texts share about as large a part as of their runs; () where there are too few."""
    if len(runs) < FEWEST:
        return ()
    found = RMinHash(num_perm=_PERMUTATIONS, seed=0)
    found.update(sorted(runs))
    return tuple(found.digest())


def pack(numbers: Sketch) -> bytes:
    """The sketch as bytes, four a number."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpack(stored: bytes) -> Sketch:
    """The sketch that `pack` wrote."""
    return struct.unpack(f"<{len(stored) // 4}I", stored)


def likeness(runs: Shingles, others: Shingles) -> float | None:
    """The part of all runs that both texts have, where they are copies of one; None where they are not."""
    if min(len(runs), len(others)) < FEWEST:
        return None
    both = len(runs & others)
    share = both / (len(runs) + len(others) - both)
    return share if share >= SHARED or both >= CONTAINED * min(len(runs), len(others)) else None


def have_same_numbers(text: str, other: str) -> bool:
    """Whether the numbers of one text are among those of the other, as where it was cut.

    Else one is newer than the other, or both are a form that was filled in on different days.
    """
    numbers, others = set(_NUMBER.findall(text)), set(_NUMBER.findall(other))
    return numbers <= others or others <= numbers


def are_near(day: date | None, other: date | None) -> bool:
    """Whether the days of publication allow one text to be copied from the other."""
    return day is None or other is None or abs(day - other) <= NEAR


class Index(Generic[T]):
    """Sketches by what they may have in common."""

    def __init__(self) -> None:
        self._bands: dict[Band, list[T]] = defaultdict(list)

    def add(self, key: T, numbers: Sketch) -> None:
        """Remembers a text's sketch under `key`."""
        for band in _bands(numbers):
            self._bands[band].append(key)

    def candidates(self, numbers: Sketch) -> set[T]:
        """The keys of the texts that may be copies."""
        known = self._bands
        return {key for band in _bands(numbers) if band in known for key in known[band]}


def _bands(numbers: Sketch) -> Iterable[Band]:
    """Of 64 numbers 32 bands, each with its place: millions are made of a large ledger, so without a slice each."""
    return zip(_PLACES, *(numbers[at::_ROWS] for at in range(_ROWS)), strict=False)
