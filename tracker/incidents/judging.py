"""A person's word on incidents as a judgement: what is named is found, written down by claims, and tried at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.incidents.account import Account
from tracker.judgements import Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tracker.incidents.incident import Incident
    from tracker.readings import Reading


def find_incident(account: Account, name: str) -> Incident:
    """The incident whose id begins with `name`; UsageError where it is none or several."""
    found = [incident for incident in account.incidents if name and incident.incident_id.startswith(name)]
    if len(found) != 1:
        many = f"{len(found)} incidents have ids that begin" if found else "no incident has an id that begins"
        raise UsageError(f"{many} with {name!r}; `tracker incidents list` prints the ids.")
    return found[0]


def merge(account: Account, names: Sequence[str], author: str, made_on: date, reason: str) -> list[Judgement]:
    """That the incidents named are one event: a judgement for each after the first."""
    incidents = [find_incident(account, name) for name in names]
    if len({incident.incident_id for incident in incidents}) < max(2, len(incidents)):
        raise UsageError("a merge needs at least two different incidents; name each of them once.")
    first, *others = incidents
    made = [
        _judgement(account, Verdict.SAME_EVENT, other.claim_ids, first.claim_ids, author, made_on, reason)
        for other in others
    ]
    after = _with(account, made)
    homes = {claim: incident.incident_id for incident in after.incidents for claim in incident.claim_ids}
    anchors = [judgement.side[0] for judgement in made] + [made[0].other_claim_ids[0]]
    if len({homes[claim] for claim in anchors}) > 1:
        raise UsageError("somebody has judged that these are different events; withdraw that judgement first.")
    return made


def split(
    account: Account, name: str, parts: Sequence[str], author: str, made_on: date, reason: str
) -> list[Judgement]:
    """That the claims named, or all claims of a document, tell of another event than the rest of the incident."""
    incident = find_incident(account, name)
    moved = _claims(account, parts, incident.claim_ids)
    rest = set(incident.claim_ids) - moved
    if not rest:
        raise UsageError("a split that takes every claim out leaves the incident as it is; name some of its claims.")
    return [_judgement(account, Verdict.OTHER_EVENT, moved, rest, author, made_on, reason)]


def exclude(account: Account, names: Sequence[str], author: str, made_on: date, reason: str) -> list[Judgement]:
    """That the incidents or claims named belong in no incident, toll or series: a judgement for each name."""
    made = []
    for name in names:
        incidents = [incident for incident in account.incidents if name and incident.incident_id.startswith(name)]
        if len(incidents) == 1:
            claims = set(incidents[0].claim_ids)
        else:
            claims = _claims(account, [name], {reading.claim.claim_id for reading in account.readings})
        made.append(_judgement(account, Verdict.EXCLUDED, claims, (), author, made_on, reason))
    return made


def withdraw(account: Account, name: str, author: str, made_on: date, reason: str) -> Judgement:
    """That the judgement whose id begins with `name` stands no longer."""
    found = [judgement for judgement in account.judgements if name and judgement.judgement_id.startswith(name)]
    if len(found) != 1:
        many = f"{len(found)} judgements have ids that begin" if found else "no judgement has an id that begins"
        raise UsageError(f"{many} with {name!r}; `tracker incidents judgements` prints the ids.")
    taken = found[0]
    if taken.verdict is Verdict.WITHDRAWN:
        raise UsageError(f"{name!r} is a withdrawal, which cannot be withdrawn; judge anew instead.")
    return Judgement(
        claim_id=taken.claim_id, author=author, made_on=made_on, verdict=Verdict.WITHDRAWN, reason=reason,
        withdraws=taken.judgement_id,
    )  # fmt: skip


def _with(account: Account, judgements: Iterable[Judgement]) -> Account:
    return replace(account, judgements=(*account.judgements, *judgements))


def _judgement(
    account: Account,
    verdict: Verdict,
    side: Collection[str],
    other: Collection[str],
    author: str,
    made_on: date,
    reason: str,
) -> Judgement:
    ages = {
        reading.claim.claim_id: (reading.published or date.max, reading.claim.claim_id) for reading in account.readings
    }
    claims, others = (tuple(sorted(ids, key=lambda claim: ages[claim])) for ids in (side, other))
    return Judgement(
        claim_id=claims[0],
        author=author,
        made_on=made_on,
        verdict=verdict,
        reason=reason,
        claim_ids=claims,
        other_claim_ids=others,
    )


def _claims(account: Account, names: Iterable[str], among: Collection[str]) -> set[str]:
    """The claims named by the beginning of their id or by their document's id, with the parts of each."""
    readings = [reading for reading in account.readings if reading.claim.claim_id in among]
    found: set[str] = set()
    for name in names:
        by_document = {r.claim.claim_id for r in readings if r.claim.document_id == name}
        by_claim = {r.claim.claim_id for r in readings if name and r.claim.claim_id.startswith(name)}
        if not by_document and len(by_claim) != 1:
            many = f"{len(by_claim)} claims have ids that begin" if by_claim else "no claim or document there is called"
            raise UsageError(f"{many} {name!r}; `tracker incidents show` prints the claims of an incident.")
        found |= by_document or by_claim
    while parts := {r.claim.claim_id for r in readings if _is_part_of(r, readings, found)} - found:
        found |= parts
    return found


def _is_part_of(reading: Reading, readings: Iterable[Reading], wholes: Collection[str]) -> bool:
    return reading.claim.part_of is not None and any(
        other.claim.claim_id in wholes
        and (other.text_sha256, other.claim.start) == (reading.text_sha256, reading.claim.part_of)
        for other in readings
    )
