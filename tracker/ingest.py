"""The daily job: what is new among the inputs is read, extracted and recorded; the rest is left as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tracker.collect import Defaults, Rejected, read_documents
from tracker.errors import InputError
from tracker.ledger import Ledger, Outcome, begin_run

if TYPE_CHECKING:
    from tracker.claims import Claim
    from tracker.documents import Document


class ClaimReader(Protocol):
    """Whatever turns a document into claims: the extractor, or a stand-in."""

    @property
    def rules_digest(self) -> str:
        """Changes whenever the same text might be read otherwise."""
        ...

    def extract(self, document: Document) -> Sequence[Claim]:
        """The claims of one document; InputError where it cannot be read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an ingest found: documents by what they changed, and the claims of those that were read."""

    new: int
    updated: int
    reread: int
    unchanged: int
    claims: int
    set_aside: tuple[Rejected, ...]
    copies: int = 0
    """Pairs of texts that were found to be near-duplicates: one is taken over from the other."""

    def __str__(self) -> str:
        reread = f", {self.reread} read again with other rules" if self.reread else ""
        copies = f" {self.copies} new pairs of near-duplicate texts;" if self.copies else ""
        return (
            f"{self.new} new documents, {self.updated} updated{reread}, {self.unchanged} unchanged; "
            f"{self.claims} claims;{copies} {len(self.set_aside)} inputs set aside"
        )


def ingest(
    paths: Iterable[Path],
    ledger: Ledger,
    extractor: ClaimReader,
    started_at: datetime,
    *,
    defaults: Defaults | None = None,
    command: str = "ingest",
) -> Summary:
    """Records the documents of `paths` and their claims, one transaction a document, under a run begun at `started_at`.

    A document that the ledger holds as it is, read with the same rules, is not even extracted: an ingest that was
    interrupted goes on where it stopped, and one that is repeated changes nothing. At the end the new texts are
    compared with the others, to find those that one outlet took over from another. Inputs that cannot be read, and
    documents on which extraction raises InputError, are set aside in the ledger and listed in the summary.
    """
    run = begin_run(started_at=started_at, rules_digest=extractor.rules_digest, command=command)
    outcomes: Counter[Outcome] = Counter()
    claim_count = 0
    set_aside: list[Rejected] = []
    for found in read_documents(sorted(paths), defaults):
        if isinstance(found, Rejected):
            set_aside.append(found)
            ledger.set_aside(run, found)
            continue
        if ledger.has_current(found, extractor.rules_digest):
            outcomes[Outcome.UNCHANGED] += 1
            continue
        try:
            claims = extractor.extract(found)
            outcome = ledger.record(run, found, claims)
        except InputError as error:
            rejected = Rejected(found.document_id, None, str(error))
            set_aside.append(rejected)
            ledger.set_aside(run, rejected)
            continue
        outcomes[outcome] += 1
        claim_count += 0 if outcome is Outcome.UNCHANGED else len(claims)
    copies = ledger.compare_texts(run)
    return Summary(
        copies=copies,
        new=outcomes[Outcome.NEW],
        updated=outcomes[Outcome.UPDATED],
        reread=outcomes[Outcome.REREAD],
        unchanged=outcomes[Outcome.UNCHANGED],
        claims=claim_count,
        set_aside=tuple(set_aside),
    )
