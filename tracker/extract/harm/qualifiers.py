"""Qualifiers in the manner of ConText: words that take a harm out of the record or weaken it, and their reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.claims import Measure
from tracker.extract.harm.units import Unit
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule, Rulebook

_DEFAULT_SPAN = 12
_CLAUSE_ENDS = ("semicolon", "stop", "but", "colon", "right")
STATUSES = ("possible", "disputed")
RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A cue in a sentence: the half-open token range of its words, its effect and the rule that knows it."""

    first: int
    last: int
    rule: Rule

    @property
    def effect(self) -> str:
        """What the cue does to a harm within reach."""
        return str(self.rule.values["gives"])

    @property
    def looks_back(self) -> bool:
        """Whether the cue speaks of what the sentences before it told."""
        return self.rule.values.get("reach") == "previous"

    def concerns(self, measure: Measure) -> bool:
        """Whether the rule speaks of the measure: of every one, where it names none."""
        wanted = self.rule.values.get("measure")
        return wanted is None or Measure(wanted) is measure

    def reaches(self, harm: tuple[int, int], ends: Sequence[int]) -> bool:
        """Whether the words of a harm (half-open token range) stand within reach; `ends` are the clause ends."""
        reach = self.rule.values.get("reach", "after")
        span = self.rule.values.get("span", _DEFAULT_SPAN)
        if reach == "sentence":
            return True
        first, last = harm
        if reach == "figure":
            return first < self.last and self.first < last
        if first >= self.last or (self.first <= first < self.last):
            cut = any(self.last <= end <= first for end in ends)
            return reach in ("after", "near") and first - self.last <= span and not cut
        if reach in ("before", "near"):
            return self.first - last <= span and not any(last <= end < self.first for end in ends)
        return False


class QualifierFinder:
    """Finds the qualifiers of a sentence; words that only look like a cue mask it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rules = rulebook.rules("qualifiers")

    def find(self, sentence: Sentence) -> list[Qualifier]:
        """The cues of `sentence` that no pseudo-cue covers, in order."""
        found = [Qualifier(first, last, rule) for rule in self.rules for first, last, _ in match_line(rule, sentence)]
        masks = [cue for cue in found if cue.effect == "pseudo"]
        kept = [
            cue
            for cue in found
            if cue.effect != "pseudo" and not any(m.first < cue.last and cue.first < m.last for m in masks)
        ]
        return sorted(kept, key=lambda cue: (cue.first, cue.rule.id))


def clause_ends(row: Sequence[Unit]) -> list[int]:
    """The tokens at which a clause ends, as far as single marks and words tell."""
    return [unit.first for unit in row if unit.has_any(_CLAUSE_ENDS)]
