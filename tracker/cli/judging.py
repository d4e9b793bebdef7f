"""`tracker incidents merge|split|exclude|judgements|withdraw`: what people hold of incidents, dated and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.options import Author, Database, JudgedOn, KnownOn, Reason, day_of, require_words, today
from tracker.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from tracker.incidents import Account
    from tracker.judgements import Judgement


def merge(
    incidents: Annotated[list[str], typer.Argument(metavar="INCIDENT INCIDENT…", help="Ids, or their beginnings.")],
    by: Author,
    why: Reason,
    db: Database = None,
    now: JudgedOn = None,
) -> None:
    """Judge that incidents are one event."""
    from tracker.incidents import judging

    _judge(db, by, why, now, lambda account, *signed: judging.merge(account, incidents, *signed))


def split(
    incident: Annotated[str, typer.Argument(help="The incident's id, or its beginning.")],
    claims: Annotated[
        list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims, or of a document for all its claims.")
    ],
    by: Author,
    why: Reason,
    db: Database = None,
    now: JudgedOn = None,
) -> None:
    """Judge that some claims of an incident tell of another event than the rest."""
    from tracker.incidents import judging

    _judge(db, by, why, now, lambda account, *signed: judging.split(account, incident, claims, *signed))


def exclude(
    names: Annotated[list[str], typer.Argument(metavar="INCIDENT|CLAIM…", help="Ids, or their beginnings.")],
    by: Author,
    why: Reason,
    db: Database = None,
    now: JudgedOn = None,
) -> None:
    """Judge that incidents or claims belong in no incident, toll or series."""
    from tracker.incidents import judging

    _judge(db, by, why, now, lambda account, *signed: judging.exclude(account, names, *signed))


def withdraw(
    judgement: Annotated[str, typer.Argument(help="The judgement's id, or its beginning.")],
    by: Author,
    why: Reason,
    db: Database = None,
    now: JudgedOn = None,
) -> None:
    """Take a judgement back; both stay on record."""
    from tracker.incidents import judging

    _judge(db, by, why, now, lambda account, *signed: [judging.withdraw(account, judgement, *signed)])


def judgements(db: Database = None, as_known_on: KnownOn = None) -> None:
    """One line for each judgement, oldest first; `idle` where no claim that it names is read any more."""
    from tracker.judgements import standing
    from tracker.ledger import Ledger

    day = day_of(as_known_on)
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        known = ledger.judgements(as_known_on=day)
        current = {reading.claim.claim_id for reading in ledger.readings(day)}
    stand = {judgement.judgement_id for judgement in standing(known)}
    withdrawn = {judgement.withdraws for judgement in known}

    def state(judgement: Judgement) -> str:
        if judgement.judgement_id in withdrawn:
            return "withdrawn"
        if judgement.judgement_id not in stand:
            return f"of {(judgement.withdraws or '')[:12]}"
        sides = [judgement.side, judgement.other_claim_ids] if judgement.other_claim_ids else [judgement.side]
        return "stands" if all(current.intersection(side) for side in sides) else "idle"

    rows = [
        (
            judgement.judgement_id[:12],
            judgement.made_on,
            judgement.author,
            judgement.verdict,
            state(judgement),
            _shorten(judgement.side),
            _shorten(judgement.other_claim_ids),
            judgement.reason,
        )
        for judgement in sorted(known, key=lambda judgement: (judgement.made_on, judgement.judgement_id))
    ]
    typer.echo(align(("judgement", "day", "by", "verdict", "state", "claims", "against", "why"), rows))


def _judge(
    db: str | None,
    by: str,
    why: str,
    now: datetime | None,
    judge: Callable[[Account, str, date, str], list[Judgement]],
) -> None:
    from tracker.incidents import draw_up
    from tracker.ledger import Ledger

    author, reason = require_words("--by", by), require_words("--why", why)
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        made = judge(draw_up(ledger), author, today(now), reason)
        for judgement in made:
            is_new = ledger.judge(judgement)
            ending = "" if is_new else "; it was on record already"
            typer.echo(f"{judgement.judgement_id[:12]}  {judgement.verdict}, {_count(judgement)}{ending}")


def _count(judgement: Judgement) -> str:
    claims = f"{len(judgement.side)} claims" if len(judgement.side) > 1 else "1 claim"
    return f"{claims} against {len(judgement.other_claim_ids)}" if judgement.other_claim_ids else claims


def _shorten(claims: tuple[str, ...]) -> str:
    more = f" +{len(claims) - 1}" if len(claims) > 1 else ""
    return f"{claims[0]}{more}" if claims else ""
