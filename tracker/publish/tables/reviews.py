"""What people hold of each claim, taken together: its review state, and who decided it when and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.judgements import Judgement, Verdict, standing

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(StrEnum):
    """How a claim stands with those who have reviewed it."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    WRONG = "wrong"
    UNSURE = "unsure"
    CONTESTED = "contested"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The judgements on one claim in one word, with the latest that decides it."""

    review_state: State = State.UNREVIEWED
    reviewer: str | None = None
    reviewed_on: date | None = None
    review_reason: str | None = None
    judgement_ids: tuple[str, ...] = ()
    """All that stand and name the claim, oldest first, those on which event it tells of included."""


_READING = {Verdict.CONFIRMED: State.CONFIRMED, Verdict.WRONG: State.WRONG, Verdict.UNSURE: State.UNSURE}
_NONE = Review()


class Reviews:
    """The reviews of all claims that anybody has judged. Holds these alone: people judge few of many claims."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        named: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in sorted(standing(judgements), key=lambda one: (one.made_on, one.judgement_id)):
            for claim_id in dict.fromkeys((*judgement.side, *judgement.other_claim_ids)):
                named[claim_id].append(judgement)
        self._reviews = {claim_id: _review(claim_id, judged) for claim_id, judged in named.items()}

    def of(self, claim_id: str) -> Review:
        """What people hold of one claim."""
        return self._reviews.get(claim_id, _NONE)


def _review(claim_id: str, judgements: list[Judgement]) -> Review:
    """An exclusion outweighs all else; of the verdicts on the reading each author's latest counts."""
    ids = tuple(judgement.judgement_id for judgement in judgements)
    own = [judgement for judgement in judgements if claim_id in judgement.side]
    excluded = [judgement for judgement in own if judgement.verdict is Verdict.EXCLUDED]
    latest = {judgement.author: judgement for judgement in own if judgement.verdict in _READING}
    states = {_READING[judgement.verdict] for judgement in latest.values()}
    if excluded:
        state, deciding = State.EXCLUDED, excluded[-1]
    elif states:
        state = states.pop() if len(states) == 1 else State.CONTESTED
        deciding = max(latest.values(), key=lambda one: (one.made_on, one.judgement_id))
    else:
        return Review(judgement_ids=ids)
    return Review(
        review_state=state,
        reviewer=deciding.author,
        reviewed_on=deciding.made_on,
        review_reason=deciding.reason or None,
        judgement_ids=ids,
    )
