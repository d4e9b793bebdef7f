"""A sentence as a row of units: groups of people, numbers, names, dates, triggers and the small words between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.claims import Measure
from tracker.extract.people.groups import Group
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token

NAME = frozenset({"name"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its half-open token range, what it is, and the group or the measure that it carries."""

    first: int
    last: int
    classes: frozenset[str]
    group: Group | None = None
    measure: Measure | None = None

    def has(self, name: str) -> bool:
        """Whether the unit is of the class."""
        return name in self.classes

    def has_any(self, names: Iterable[str]) -> bool:
        """Whether the unit is of one of the classes."""
        return not self.classes.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one sentence and the string that patterns are matched with (one character a unit)."""

    sentence: Sentence
    row: list[Unit]
    symbols: str

    @property
    def tokens(self) -> list[Token]:
        """The tokens that the units cover."""
        return self.sentence.tokens


def owns_what_follows(row: Sequence[Unit], at: int) -> bool:
    """Whether what follows belongs to the people at `row[at]`: "12 Kenyans, and Ruto's decision"."""
    return at + 1 < len(row) and row[at + 1].has("possessive_mark") and not row[at + 1].has("quote")
