"""What changed between two accounts of one ledger, figure by figure, and whether texts, rules or people changed it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracker.claims import Claim, Measure
    from tracker.incidents.account import Account
    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint

Bounds = tuple[int | None, ...]
"""Low, best and high of an incident's figure; low and high of a toll's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that is not what it was; `before` is None where there was none, `after` where there is none."""

    subject: str
    """`incident` or `toll`."""
    name: str
    """The incident's or the series' id, as it is called in the later account where it is there."""
    about: str
    """Place or area, cause or claimant."""
    day: date | None
    measure: Measure
    before: Bounds | None
    after: Bounds | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """An account together with the digest of each document's text, those without claims included."""

    account: Account
    texts: Mapping[str, str]


def find_changes(before: Stand, after: Stand) -> list[Change]:
    """Every figure of an incident and every value of a toll that differs, incidents first, by date."""
    causes = _Causes(before, after)
    return [*_incident_changes(before.account, after.account, causes), *_toll_changes(before, after, causes)]


class _Causes:
    """Why figures made of some claims may differ between the two."""

    def __init__(self, before: Stand, after: Stand) -> None:
        self._before, self._after = before, after
        self._old, self._new = _claims(before.account), _claims(after.account)
        changed = set(before.account.judgements) ^ set(after.account.judgements)
        self._judged = {claim for judgement in changed for claim in (*judgement.side, *judgement.other_claim_ids)}

    def of(self, claim_ids: Iterable[str]) -> tuple[str, ...]:
        found: Counter[str] = Counter()
        documents: set[tuple[str, str]] = set()
        for claim_id in set(claim_ids):
            old, new = self._old.get(claim_id), self._new.get(claim_id)
            if old != new:
                claim = new or old
                assert claim is not None  # a figure's claims are read in one of the two
                what = self._what(claim.document_id)
                if what == "claims read otherwise" or (what, claim.document_id) not in documents:
                    found[what] += 1
                documents.add((what, claim.document_id))
        if self._judged.intersection(claim_ids):
            found["judged"] += 1
        return tuple(f"{what}: {number}" for what, number in sorted(found.items())) or ("grouped otherwise",)

    def _what(self, document_id: str) -> str:
        old, new = self._before.texts.get(document_id), self._after.texts.get(document_id)
        if old is None:
            return "new texts"
        return "claims read otherwise" if old == new else "changed texts"


def _claims(account: Account) -> dict[str, Claim]:
    return {reading.claim.claim_id: reading.claim for reading in account.readings}


def _incident_changes(before: Account, after: Account, causes: _Causes) -> Iterator[Change]:
    pairs = list(_pair(before.incidents, after.incidents))
    homes = {claim: incident.incident_id for incident in after.incidents for claim in incident.claim_ids}
    for old, new in sorted(pairs, key=lambda pair: _order(pair[1] or pair[0])):
        shown = new or old
        assert shown is not None  # one of a pair is there
        claims = {claim for side in (old, new) if side for claim in side.claim_ids}
        because = causes.of(claims)
        if old is not None and new is None and (into := sorted({homes[c] for c in old.claim_ids if c in homes})):
            because = (*because, f"now told as part of {', '.join(into)}")
        for measure in dict.fromkeys([*(old.figures if old else ()), *(new.figures if new else ())]):
            values = [_bounds(side, measure) for side in (old, new)]
            if values[0] != values[1]:
                yield Change(
                    subject="incident",
                    name=shown.incident_id,
                    about=", ".join(part for part in (shown.place, shown.country, shown.cause) if part),
                    day=shown.date_end,
                    measure=measure,
                    before=values[0],
                    after=values[1],
                    because=because,
                )


def _pair(before: Sequence[Incident], after: Sequence[Incident]) -> Iterator[tuple[Incident | None, Incident | None]]:
    """Each incident with what it was before: the one of the same id, else the one that shares most claims."""
    left = {incident.incident_id: incident for incident in before}
    waiting = []
    for incident in after:
        if incident.incident_id in left:
            yield left.pop(incident.incident_id), incident
        else:
            waiting.append(incident)
    for incident in waiting:
        shared = {name: len(set(old.claim_ids) & set(incident.claim_ids)) for name, old in left.items()}
        best = max(shared, key=lambda name: (shared[name], name), default=None)
        yield (left.pop(best) if best is not None and shared[best] else None), incident
    for incident in left.values():
        yield incident, None


def _order(incident: Incident | None) -> tuple[str, str]:
    return (str(incident.date_end), incident.incident_id) if incident else ("", "")


def _bounds(incident: Incident | None, measure: Measure) -> Bounds | None:
    figure = incident.figures.get(measure) if incident else None
    return (figure.low, figure.best, figure.high) if figure else None


def _toll_changes(before: Stand, after: Stand, causes: _Causes) -> Iterator[Change]:
    old, new = _values(before.account.tolls), _values(after.account.tolls)
    for key in sorted(old.keys() | new.keys(), key=repr):
        was, now = old.get(key, []), new.get(key, [])
        values = [
            tuple(bound for point in points for bound in (point.low, point.high)) or None for points in (was, now)
        ]
        if values[0] != values[1]:
            shown = (now or was)[0]
            yield Change(
                subject="toll",
                name=shown.toll_id,
                about=", ".join(part for part in (shown.claimant, shown.area, shown.population) if part),
                day=shown.as_of,
                measure=shown.measure,
                before=values[0],
                after=values[1],
                because=causes.of(point.claim_id for point in (*was, *now)),
            )


def _values(points: Iterable[TollPoint]) -> dict[tuple[object, ...], list[TollPoint]]:
    values: dict[tuple[object, ...], list[TollPoint]] = {}
    for p in points:
        names = (fold(p.claimant or ""), p.area_key, p.measure, p.baseline, fold(p.population or ""), p.status)
        values.setdefault((*names, p.as_of.isoformat()), []).append(p)
    return values
