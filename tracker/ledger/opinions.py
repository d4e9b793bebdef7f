"""Judgements in and out of their table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from tracker.errors import UsageError
from tracker.judgements import Judgement, Verdict
from tracker.ledger.tables import CLAIMS, JUDGEMENTS


def append_judgement(connection: Connection, judgement: Judgement) -> bool:
    """Appends a judgement; False where the very same is there already.

    UsageError where no claim has one of its ids, where it takes back what is not there or was taken back before, or
    where it says again, word for word and on the same day, what was taken back.
    """
    for claim_id in (*judgement.side, *judgement.other_claim_ids):
        if not connection.execute(select(CLAIMS.c.id).where(CLAIMS.c.claim_id == claim_id).limit(1)).first():
            raise UsageError(f"no claim has the id {claim_id!r}; look the id up in an export of this ledger.")
    judgement_id = judgement.judgement_id
    if _taken_back(connection, judgement_id):
        raise UsageError("this very judgement was made and withdrawn before; give another reason for making it again.")
    if judgement.withdraws is not None:
        if not connection.execute(_with_id(judgement.withdraws)).first():
            raise UsageError(f"there is no judgement {judgement.withdraws!r}; list them to see their ids.")
        if _taken_back(connection, judgement.withdraws):
            raise UsageError(f"the judgement {judgement.withdraws!r} was withdrawn before; nothing is left to do.")
    if connection.execute(_with_id(judgement_id)).first():
        return False
    connection.execute(insert(JUDGEMENTS).values(_values(judgement)))
    return True


def judgements_known(claim_id: str | None, day: date | None) -> Select[Any]:
    """The judgements on one claim, or all, made by the end of the day."""
    query = select(JUDGEMENTS)
    if claim_id is not None:
        query = query.where(JUDGEMENTS.c.claim_id == claim_id)
    return query if day is None else query.where(JUDGEMENTS.c.made_on <= day)


def judgements_in_order(day: date | None) -> Select[Any]:
    """All judgements made by the end of the day, oldest first, and of each whether one of them withdraws it."""
    withdrawals = judgements_known(None, day).where(JUDGEMENTS.c.withdraws.is_not(None)).subquery()
    taken = select(withdrawals.c.withdraws).distinct().subquery()
    return (
        judgements_known(None, day)
        .outerjoin(taken, taken.c.withdraws == JUDGEMENTS.c.judgement_id)
        .add_columns(taken.c.withdraws.label("withdrawn"))
        .order_by(JUDGEMENTS.c.made_on, JUDGEMENTS.c.judgement_id)
    )


def read_judgement(row: Mapping[Any, Any]) -> Judgement:
    """The judgement that was appended."""
    return Judgement(
        claim_id=row["claim_id"],
        author=row["author"],
        made_on=row["made_on"],
        verdict=Verdict(row["verdict"]),
        reason=row["reason"],
        claim_ids=tuple(json.loads(row["claim_ids"] or "[]")),
        other_claim_ids=tuple(json.loads(row["other_claim_ids"] or "[]")),
        withdraws=row["withdraws"],
    )


def _values(judgement: Judgement) -> dict[str, Any]:
    return {
        "judgement_id": judgement.judgement_id,
        "claim_id": judgement.claim_id,
        "author": judgement.author,
        "made_on": judgement.made_on,
        "verdict": judgement.verdict.value,
        "reason": judgement.reason,
        "claim_ids": json.dumps(judgement.claim_ids) if judgement.claim_ids else None,
        "other_claim_ids": json.dumps(judgement.other_claim_ids) if judgement.other_claim_ids else None,
        "withdraws": judgement.withdraws,
    }


def _with_id(judgement_id: str) -> Select[Any]:
    return select(JUDGEMENTS.c.judgement_id).where(JUDGEMENTS.c.judgement_id == judgement_id)


def _taken_back(connection: Connection, judgement_id: str) -> bool:
    query = select(JUDGEMENTS.c.judgement_id).where(JUDGEMENTS.c.withdraws == judgement_id)
    return connection.execute(query).first() is not None
