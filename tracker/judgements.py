"""A judgement: a person's dated, signed opinion on claims: how they were read, and which event they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.digests import digest


class Verdict(StrEnum):
    """What the person holds."""

    CONFIRMED = "confirmed"
    """The claim was read rightly; this and the next two are on one claim's reading and change no figure."""
    WRONG = "wrong"
    UNSURE = "unsure"
    EXCLUDED = "excluded"
    """The claims are to be in no incident, toll or series."""
    SAME_EVENT = "same_event"
    """The claims tell of the event of which the other claims tell."""
    OTHER_EVENT = "other_event"
    """None of the claims tells of an event of which one of the other claims tells."""
    WITHDRAWN = "withdrawn"
    """An earlier judgement no longer stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Stored beside the claims, keyed on their ids; a change of mind is a second judgement."""

    claim_id: str
    """The claim, or the first of the claims, that it is about."""
    author: str
    made_on: date
    """UTC; the day from which it is known."""
    verdict: Verdict
    reason: str = ""
    claim_ids: tuple[str, ...] = ()
    """All claims that it is about, in order of weight, where a verdict on events names several; else ()."""
    other_claim_ids: tuple[str, ...] = ()
    """The claims on the other side of `same_event` and `other_event`."""
    withdraws: str | None = None
    """The id of the judgement that is taken back."""

    @property
    def judgement_id(self) -> str:
        """The digest of what it says; what was added to the form later is left out where it is empty."""
        later = [part for part in (self.claim_ids, self.other_claim_ids, self.withdraws) if part]
        return digest(self.claim_id, self.author, self.made_on.isoformat(), self.verdict.value, self.reason, *later)

    @property
    def side(self) -> tuple[str, ...]:
        """All claims that it is about, also where that is one."""
        return self.claim_ids or (self.claim_id,)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody has taken back, in the order given; withdrawals are not among them."""
    known = list(judgements)
    withdrawn = {judgement.withdraws for judgement in known if judgement.withdraws}
    return [
        judgement
        for judgement in known
        if judgement.verdict is not Verdict.WITHDRAWN and judgement.judgement_id not in withdrawn
    ]
