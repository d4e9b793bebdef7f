"""A mention of a place in a story: the name as written, what it may mean, and what part it plays."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.gazetteer import Place

TITLE = -1
"""The number of the title among a story's sentences."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One mention of a place; half-open token range in a sentence, -1 for the title."""

    sentence: int
    first: int
    last: int
    text: str
    """The name as written; that of its antecedent where the words only describe it ("the Moroccan city")."""
    candidates: tuple[Place, ...]
    """Most likely first; () for a name that the gazetteer does not know, and for "worldwide"."""
    role: str
    """locative, event, list, nested, dateline, subject, speaker, origin, route, demonym, worldwide or bare."""
    near: bool = False
    chain: int = 0
    """Names that stand together ("Jenin, in the West Bank") have the same number."""
    is_local: bool = False
    """Whether it is part of a phrase for people who speak of the place where they are."""
    is_home: bool = False
    """Whether a body that speaks of its whole land is named by it: "Lebanon's health ministry"."""
    is_described: bool = False
    """Whether the words at the range stand for the place without naming it."""
    rule_id: str = ""

    @property
    def place(self) -> Place | None:
        """The most likely place."""
        return self.candidates[0] if self.candidates else None
