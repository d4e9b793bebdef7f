"""What each rule is worth: how many claims it made on a gold set, and how many of them were right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.quality.scoring import Score, Tally


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule's claims on a gold set; those on words that the gold leaves open are neither right nor spurious."""

    rule_id: str
    claims: int
    right: int
    spurious: int

    @property
    def precision(self) -> float | None:
        """The share of its judged claims that are right, 0 to 1; None where none was judged."""
        return Tally(right=self.right, spurious=self.spurious).precision if self.right + self.spurious else None


def score_rules(score: Score) -> list[RuleCard]:
    """One card for each rule that made a claim, those with most spurious claims first, then by id."""
    right = Counter(pair.predicted.rule_id for pair in score.pairs)
    spurious = Counter(claim.rule_id for document in score.documents for claim in document.spurious)
    excused = Counter(claim.rule_id for document in score.documents for claim in document.excused)
    claims = right + spurious + excused
    cards = [RuleCard(rule, claims[rule], right[rule], spurious[rule]) for rule in claims]
    return sorted(cards, key=lambda card: (-card.spurious, card.rule_id))
