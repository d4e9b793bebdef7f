"""Rows of what the ledger holds: claims with their reviews, documents, judgements, runs; each as it comes."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from tracker.claims import Claim
from tracker.publish.tables.columns.claims import DOCUMENT_COLUMNS, REVIEW_COLUMNS, RUN_COLUMNS
from tracker.publish.tables.dictionary import TABLES, Kind, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.ledger import RunRecord
    from tracker.ledger.listing import ListedDocument, ListedJudgement, Sighted
    from tracker.publish.tables.csvfile import Row
    from tracker.publish.tables.reviews import Reviews

_OF_CLAIM = attrgetter(*(field.name for field in fields(Claim)))
_OF_READING = attrgetter(*(column.name for column in DOCUMENT_COLUMNS))
_OF_RUN = attrgetter(*(column.name for column in RUN_COLUMNS))
_OF_REVIEW = attrgetter(*(column.name for column in REVIEW_COLUMNS))


def claim_rows(sighted: Iterable[Sighted], reviews: Reviews) -> Iterator[Row]:
    """One row for each reading, in the order given."""
    for one in sighted:
        reading = one.reading
        review = reviews.of(reading.claim.claim_id)
        yield (*_OF_CLAIM(reading.claim), *_OF_READING(reading), *_OF_RUN(one), *_OF_REVIEW(review))


def document_rows(documents: Iterable[ListedDocument], *, with_text: bool) -> Iterator[Row]:
    """One row for each document."""
    return map(attrgetter(*(column.name for column in columns_of(TABLES[Kind.DOCUMENTS], with_text))), documents)


def judgement_rows(judgements: Iterable[ListedJudgement]) -> Iterator[Row]:
    """One row for each judgement."""
    for listed in judgements:
        one = listed.judgement
        yield (
            one.judgement_id,
            one.made_on,
            one.author,
            one.verdict,
            listed.stands,
            one.side,
            one.other_claim_ids,
            one.withdraws,
            one.reason,
        )


def run_rows(records: Iterable[RunRecord]) -> Iterator[Row]:
    """One row for each run; its command is left out, since it may name folders of the machine."""
    for record in records:
        run = record.run
        yield (
            run.run_id,
            run.started_at,
            run.program_version,
            run.rules_digest,
            record.documents,
            record.claims,
            record.set_aside,
        )
