"""Verification: every stored figure is read again from the stored text and must be what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Claim, identify
from tracker.ledger.proof import find_faults
from tracker.ledger.rows import content_digest, read_claim

if TYPE_CHECKING:
    from tracker.ledger.ledger import Ledger

Reparse = Callable[[str], tuple[int | None, int | None] | None]
"""From count_text to its bounds; None where these words alone do not settle them (a pronoun, a list of names)."""

_MOST_PEOPLE = 10_000_000_000  # more than have ever been alive at once


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be. `claim_id` is None where the document itself is meant."""

    document_id: str
    claim_id: str | None
    fault: str

    def __str__(self) -> str:
        subject = self.document_id if self.claim_id is None else f"{self.document_id}, claim {self.claim_id}"
        return f"{subject}: {self.fault}."


def verify(ledger: Ledger, reparse: Reparse | None = None) -> list[Finding]:
    """Every fault of what is stored, in the order of documents and places in them; [] where all is well.

    All readings ever stored must prove themselves in their text. Those that are current must besides be sane, fit
    together, and, with `reparse`, have the bounds that today's rules read from the same words.
    """
    findings: list[Finding] = []
    for document, rows, current_keys in ledger.stored():
        document_id, text = document["document_id"], document["text"]
        if _sha256(text) != document["text_sha256"]:
            findings.append(Finding(document_id, None, "the text is not the one that was stored"))
        current: list[Claim] = []
        for row in rows:
            try:
                claim = read_claim(row)
            except (ValueError, TypeError) as error:
                findings.append(Finding(document_id, row["claim_id"], f"the row is no claim: {error}"))
                continue
            if row["id"] in current_keys:
                current.append(claim)
            faults = [*_row_faults(claim, row["content_digest"], document["text_sha256"]), *find_faults(claim, text)]
            findings += [Finding(document_id, claim.claim_id, fault) for fault in faults]
        for claim in current:
            faults = [
                *_bound_faults(claim, reparse),
                *_part_faults(claim, current),
                *_date_faults(claim, document["published"]),
            ]
            findings += [Finding(document_id, claim.claim_id, fault) for fault in faults]
    return findings


def _row_faults(claim: Claim, stored_digest: str, text_sha256: str) -> Iterator[str]:
    if claim.claim_id != identify(text_sha256, claim.start, claim.end, claim.measure):
        yield "its id is not that of its text, place and measure"
    if content_digest(claim) != stored_digest:
        yield "its fields are not those that were stored"


def _bound_faults(claim: Claim, reparse: Reparse | None) -> Iterator[str]:
    for bound in (claim.count_min, claim.count_max):
        if bound is not None and bound > _MOST_PEOPLE:
            yield f"it counts {bound} people, more than there are"
    bounds = reparse(claim.count_text) if reparse else None
    if bounds is not None and bounds != (claim.count_min, claim.count_max):
        stored = _show((claim.count_min, claim.count_max))
        yield f"{claim.count_text!r} is stored as {stored}, but reads as {_show(bounds)}"


def _part_faults(claim: Claim, current: Sequence[Claim]) -> Iterator[str]:
    if claim.part_of is None:
        return
    wholes = [other for other in current if other.start == claim.part_of and other is not claim]
    if not wholes:
        yield f"it is part of a claim at {claim.part_of}, where there is none"
    elif not any(_can_hold(whole, claim) for whole in wholes):
        yield f"it is larger than the claim at {claim.part_of} of which it is a part"


def _can_hold(whole: Claim, part: Claim) -> bool:
    return whole.count_max is None or part.count_min is None or part.count_min <= whole.count_max


def _date_faults(claim: Claim, published: date | None) -> Iterator[str]:
    """The end may lie ahead ("in May", said in May); the beginning of a harm that is reported may not."""
    if published and claim.date_start and claim.date_start > published:
        yield f"it is dated {claim.date_start}, after its publication on {published}"


def _show(bounds: tuple[int | None, int | None]) -> str:
    return "/".join("open" if bound is None else str(bound) for bound in bounds)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
