"""A judgement: a person's dated, signed opinion on a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.ledger.rows import digest


class Verdict(StrEnum):
    """What the person holds of the claim's reading."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Stored beside the claims, keyed on the claim's id; a change of mind is a second judgement."""

    claim_id: str
    author: str
    made_on: date
    verdict: Verdict
    reason: str = ""

    @property
    def judgement_id(self) -> str:
        """The digest of what it says."""
        return digest(self.claim_id, self.author, self.made_on.isoformat(), self.verdict.value, self.reason)
