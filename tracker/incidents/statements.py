"""What one text says of one event: a statement for each measure, source and status, its counts added up.

A part stands aside where the text gives its whole; without the whole it only says "at least so many". A count that
comes on top of the one before belongs to the voice of that one, where either has no source. Where another source of
the same text details a figure of people ("21 people", "13 women and five children"), it gives parts of it. What is
feared in a sentence comes on top of what is stated there ("two were killed and ten are feared dead").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.claims import Count, Measure, Status
from tracker.incidents.adding import (
    add_up,
    count_of,
    counts_anybody,
    drop_repeats,
    is_attacker,
    is_further,
    says_also,
    sentence_of,
)
from tracker.incidents.bounds import add, floor
from tracker.incidents.incident import Statement
from tracker.incidents.late_deaths import find_late_deaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.claims import Claim
    from tracker.incidents.claimants import Key
    from tracker.incidents.groups import Group

VAGUE = "vague"
"""The flag of a claim whose words are no number ("dozens"); its lower bound is a convention, never a best figure."""

_ARMED_GROUP = "armed_group"
_HARM = frozenset({Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES})

Told = tuple[Statement, list["Claim"]]


def state(group: Group, *, doubtful: bool = False) -> list[Statement]:
    """What the text says of this event: one statement for each measure, source and status.

    With `doubtful`, only what looks like a running total is read; without, everything else.
    """
    claims = [r.claim for r in group.readings if (r.claim.claim_id in group.doubtful) is doubtful]
    wholes = [claim for claim in claims if claim.claim_id not in group.parts]
    whole_measures = {claim.measure for claim in wholes}
    loose_parts = [claim for claim in claims if claim not in wholes and claim.measure not in whole_measures]
    firsts: dict[tuple[int, int], str] = {}
    for claim in claims:  # in the order of the text
        firsts.setdefault(sentence_of(claim), claim.claim_id)
    late = find_late_deaths(claims)
    openers = frozenset(firsts.values())
    told: list[Told] = []
    ids = frozenset(claim.claim_id for claim in late)
    for _, said in sorted(_voices(group, wholes).items()):
        total, members = add_up(said, openers, ids)
        if said[0].measure is Measure.INJURIES:
            total = _without_the_dead(total, members, late)
        told.append((_statement(group, said[0], total, members), members))
    for _, said in sorted(_voices(group, loose_parts).items()):
        total, members = add_up(said, openers)
        statement = _statement(group, said[0], Count(floor(total), None), members)
        told.append((replace(statement, is_part=True), members))
    return [_put_on_top(_doubt_boast(_stand_aside(entry, told), told), wholes) for entry in told]


def _without_the_dead(total: Count, members: Sequence[Claim], late: Sequence[Claim]) -> Count:
    """The injured without those of them who died later, where these are told of behind them and are no more."""
    gone = sum(claim.count_min or 0 for claim in late if claim.start > members[-1].start)
    if not gone or floor(total) < gone:
        return total
    return Count(floor(total) - gone, None if total.maximum is None else total.maximum - gone)


def _voices(group: Group, claims: Sequence[Claim]) -> dict[tuple[str, Key, str], list[Claim]]:
    voices: dict[tuple[str, Key, str], list[Claim]] = defaultdict(list)
    last: dict[tuple[str, str], Key] = {}
    for claim in claims:
        voice = group.voices.get(claim.claim_id)
        key = voice.key if voice else ()
        before = last.get((claim.measure, claim.status))
        # On top of the outlet's own count also what a source adds: "neighbours said that two other men died".
        if before is not None and (
            (voice is None and is_attacker(claim)) or (is_further(claim) and () in (key, before))
        ):
            key = before
        last[(claim.measure, claim.status)] = key
        voices[(claim.measure, key, claim.status)].append(claim)
    return voices


def _statement(group: Group, first: Claim, total: Count, members: Sequence[Claim]) -> Statement:
    return Statement(
        measure=first.measure,
        count=total,
        status=first.status,
        claim_ids=tuple(claim.claim_id for claim in members),
        source=first.source,
        source_kind=first.source_kind,
        outlet=group.outlets[0] if group.outlets else None,
        published=group.published,
        text_sha256=group.key[0],
        exact_bound=not any(VAGUE in claim.flags for claim in members),
    )


def _stand_aside(entry: Told, told: Sequence[Told]) -> Told:
    """The statement as a part, where another voice of the text counts people of every kind, and more of them.

    That none of some group was harmed says nothing of the others, and that somebody was harmed too is no total.
    """
    statement, members = entry
    details = statement.status is Status.STATED and not any(counts_anybody(claim) for claim in members)
    if details and any(
        other.measure is statement.measure
        and other.status is Status.STATED
        and other.source != statement.source
        and not other.is_part
        and floor(other.count) > floor(statement.count)
        and (statement.count.maximum == 0 or says_also(members[0]) or _counts_people(claims))
        for other, claims in told
    ):
        return replace(statement, is_part=True), members
    return entry


def _doubt_boast(entry: Told, told: Sequence[Told]) -> Told:
    """The statement as possible only, where an armed group alone gives this measure of a harm that others tell too."""
    statement, members = entry
    others = [other for other, _ in told if other.source_kind != _ARMED_GROUP and other.status is Status.STATED]
    if statement.source_kind == _ARMED_GROUP and statement.status is Status.STATED and any(map(_counts_harm, others)):
        return replace(statement, status=Status.POSSIBLE), members
    return entry


def _counts_harm(statement: Statement) -> bool:
    return statement.measure in _HARM and not statement.is_part


def _counts_people(claims: Sequence[Claim]) -> bool:
    return any(claim.victims for claim in claims) and all(map(counts_anybody, claims))


def _put_on_top(entry: Told, wholes: Sequence[Claim]) -> Statement:
    statement, members = entry
    if statement.status is not Status.POSSIBLE or statement.is_part:
        return statement
    sentences = {sentence_of(claim) for claim in members}
    firm = [
        claim
        for claim in wholes
        if (claim.status, claim.measure, claim.source) == (Status.STATED, statement.measure, statement.source)
        and sentence_of(claim) in sentences
    ]
    counts = [count_of(claim) for claim in drop_repeats(firm)]
    return replace(statement, count=add([statement.count, *counts]))
