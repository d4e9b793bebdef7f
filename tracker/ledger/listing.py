"""What the ledger lists row by row, however long the list: claims with who read them, documents, judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.judgements import Judgement, Verdict
from tracker.ledger.opinions import read_judgement
from tracker.readings import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A current reading and the run that read its document as it stands, by which rules."""

    reading: Reading
    """Without the near-duplicates of its text."""
    run_id: str
    rules_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """What is known of the current version of a document; `text` is None where it was not asked for."""

    document_id: str
    text_sha256: str
    title: str | None
    published: date | None
    language: str | None
    outlet: str | None
    outlet_country: str | None
    url: str | None
    claims: int
    """How many claims are read from it now."""
    run_id: str
    rules_digest: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedJudgement:
    """A judgement, and whether it is in force."""

    judgement: Judgement
    stands: bool


_DOCUMENT_FIELDS = tuple(ListedDocument.__dataclass_fields__)


def read_listed_document(row: Mapping[Any, Any]) -> ListedDocument:
    """The row of a document's list."""
    return ListedDocument(**{name: row[name] for name in _DOCUMENT_FIELDS if name in row})


def read_listed_judgement(row: Mapping[Any, Any]) -> ListedJudgement:
    """The row of a judgement's list."""
    judgement = read_judgement(row)
    stands = row["withdrawn"] is None and judgement.verdict is not Verdict.WITHDRAWN
    return ListedJudgement(judgement=judgement, stands=stands)
