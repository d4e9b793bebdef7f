"""A reading: one claim together with what is known of the document it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.claims import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rooms above the ledger work with: a claim, and who published it, when and where."""

    claim: Claim
    text_sha256: str
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    alike: tuple[str, ...] = ()
    """The digests of the texts that are near-duplicates of this one, sorted."""
    copies: tuple[str, ...] = ()
    """Those of them whose numbers are the same: no newer report, and no form that was filled in anew."""
