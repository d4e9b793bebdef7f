"""A claim's review state follows from the judgements that stand."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.judgements import Judgement, Verdict
from tracker.publish.tables.reviews import Review, Reviews, State


def judged(verdict, author="Mbye", day=1, claims=("c",), **given):
    return Judgement(
        claim_id=claims[0], claim_ids=claims, author=author, made_on=date(2025, 4, day), verdict=verdict, reason="so",
        **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("judgements", "state", "reviewer"),
    [
        ([], State.UNREVIEWED, None),
        ([judged(Verdict.CONFIRMED)], State.CONFIRMED, "Mbye"),
        ([judged(Verdict.WRONG), judged(Verdict.WRONG, "Adu", 2)], State.WRONG, "Adu"),
        ([judged(Verdict.CONFIRMED), judged(Verdict.WRONG, "Adu", 2)], State.CONTESTED, "Adu"),
        ([judged(Verdict.CONFIRMED), judged(Verdict.WRONG, day=2)], State.WRONG, "Mbye"),  # a change of mind
        ([judged(Verdict.EXCLUDED), judged(Verdict.CONFIRMED, "Adu", 2)], State.EXCLUDED, "Mbye"),
        ([judged(Verdict.SAME_EVENT, other_claim_ids=("d",))], State.UNREVIEWED, None),
        ([judged(Verdict.EXCLUDED, claims=("b", "c"))], State.EXCLUDED, "Mbye"),
        ([judged(Verdict.SAME_EVENT, claims=("b",), other_claim_ids=("c",))], State.UNREVIEWED, None),
    ],
)
def test_the_state_of_a_claim(judgements, state, reviewer):
    review = Reviews(judgements[::-1]).of("c")
    assert (review.review_state, review.reviewer) == (state, reviewer)
    assert review.judgement_ids == tuple(judgement.judgement_id for judgement in judgements)


def test_what_was_withdrawn_does_not_count():
    wrong = judged(Verdict.WRONG)
    back = judged(Verdict.WITHDRAWN, day=3, withdraws=wrong.judgement_id)
    assert Reviews([wrong, back]).of("c") == Review()
