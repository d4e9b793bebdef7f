"""Figures that can hardly be right, or that need a second look: flags for a reader, which change no figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.incidents.adding import count_of
from tracker.incidents.bounds import floor
from tracker.incidents.doubts import ADDED_TO_TOTAL, LOOKS_LIKE_TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tracker.claims import Claim
    from tracker.incidents.account import Account
    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint


_DOUBTS = {
    LOOKS_LIKE_TOTAL: "is as large as a running total of its source, and is left out of every sum",
    ADDED_TO_TOTAL: "counts people of earlier days whom a running total added, and is left out of every sum",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One claim that needs a second look, and why."""

    document_id: str
    claim_id: str
    why: str

    def __str__(self) -> str:
        return f"{self.document_id}, claim {self.claim_id}: {self.why}."


def find_flags(account: Account, population: Callable[[Claim], int | None]) -> list[Flag]:
    """Every flag: more victims than the place has people, totals that fall, figures that are left out of sums."""
    claims = {reading.claim.claim_id: reading.claim for reading in account.readings}
    found = [
        *_crowded(claims.values(), population),
        *_falling(account.tolls, claims),
        *_doubted(account.incidents, claims),
    ]
    return sorted(set(found), key=lambda flag: (flag.document_id, claims[flag.claim_id].start, flag.why))


def _crowded(claims: Iterable[Claim], population: Callable[[Claim], int | None]) -> Iterator[Flag]:
    for claim in claims:
        people = population(claim)
        if people and floor(count_of(claim)) > people:
            place = claim.places[0] if claim.places else claim.country
            why = f"it counts {floor(count_of(claim))} people in {place}, where {people} live"
            yield Flag(claim.document_id, claim.claim_id, why)


def _falling(points: Iterable[TollPoint], claims: Mapping[str, Claim]) -> Iterator[Flag]:
    for point in points:
        if point.kind == "correction" and point.change is not None:
            why = f"the running total of {point.claimant or 'nobody named'} falls by {-point.change} on {point.as_of}"
            yield Flag(claims[point.claim_id].document_id, point.claim_id, why)


def _doubted(incidents: Iterable[Incident], claims: Mapping[str, Claim]) -> Iterator[Flag]:
    for incident in incidents:
        for measure, figure in incident.doubtful.items():
            for doubt in incident.doubts[measure]:
                for claim_id in figure.claim_ids:
                    yield Flag(claims[claim_id].document_id, claim_id, f"the figure {_DOUBTS[doubt]}")
