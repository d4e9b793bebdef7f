"""The questions put to the tables, as statements that every database understands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from tracker.ledger.tables import CLAIMS, DOCUMENT_RUNS, DOCUMENTS, REJECTED, RUNS, SIGHTINGS

_READING_COLUMNS = ("text_sha256", "published", "outlet", "title", "url")


def newest_document_runs(as_known_on: date | None = None) -> Select[Any]:
    """The key of each document's newest processing, of all its versions; newest by the end of the day `as_known_on`."""
    query = (
        select(func.max(DOCUMENT_RUNS.c.id))
        .join(DOCUMENTS, DOCUMENTS.c.id == DOCUMENT_RUNS.c.document_key)
        .group_by(DOCUMENTS.c.document_id)
    )
    if as_known_on is None:
        return query
    midnight = datetime.combine(as_known_on, datetime.min.time()) + timedelta(days=1)
    return query.join(RUNS, RUNS.c.run_id == DOCUMENT_RUNS.c.run_id).where(RUNS.c.started_at < midnight)


def current_readings(as_known_on: date | None = None) -> Select[Any]:
    """Every current reading with its document's details, by publication (unknown first), document and place."""
    return (
        select(CLAIMS, *(DOCUMENTS.c[name] for name in _READING_COLUMNS))
        .join(SIGHTINGS, SIGHTINGS.c.claim_key == CLAIMS.c.id)
        .join(DOCUMENTS, DOCUMENTS.c.id == CLAIMS.c.document_key)
        .where(SIGHTINGS.c.document_run_key.in_(newest_document_runs(as_known_on)))
        .order_by(
            DOCUMENTS.c.published.asc().nulls_first(),
            DOCUMENTS.c.document_id,
            CLAIMS.c.start,
            CLAIMS.c.measure,
            CLAIMS.c.end,
        )
    )


def current_documents(as_known_on: date | None = None) -> Select[Any]:
    """The current version of every document, by publication (unknown first) and id."""
    return (
        select(DOCUMENTS)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENT_RUNS.c.id.in_(newest_document_runs(as_known_on)))
        .order_by(DOCUMENTS.c.published.asc().nulls_first(), DOCUMENTS.c.document_id)
    )


def newest_version(document_id: str) -> Select[Any]:
    """The version that the newest processing of a document had before it, and the rules it was read with."""
    return (
        select(DOCUMENTS.c.version_digest, DOCUMENT_RUNS.c.rules_digest)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.document_id == document_id)
        .order_by(DOCUMENT_RUNS.c.id.desc())
        .limit(1)
    )


def newest_claim_keys(document_key: int) -> Select[Any]:
    """The keys of the claim rows of one document version that are current."""
    return (
        select(CLAIMS.c.id)
        .join(SIGHTINGS, SIGHTINGS.c.claim_key == CLAIMS.c.id)
        .where(CLAIMS.c.document_key == document_key, SIGHTINGS.c.document_run_key.in_(newest_document_runs()))
    )


def counted_runs() -> Select[Any]:
    """Every run with what it brought, oldest first."""
    documents = select(func.count()).where(DOCUMENT_RUNS.c.run_id == RUNS.c.run_id).scalar_subquery()
    claims = (
        select(func.count())
        .select_from(SIGHTINGS)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.id == SIGHTINGS.c.document_run_key)
        .where(DOCUMENT_RUNS.c.run_id == RUNS.c.run_id)
        .correlate(RUNS)
        .scalar_subquery()
    )
    set_aside = select(func.count()).where(REJECTED.c.first_run_id == RUNS.c.run_id).scalar_subquery()
    return select(RUNS, documents.label("documents"), claims.label("claims"), set_aside.label("set_aside")).order_by(
        RUNS.c.started_at, RUNS.c.run_id
    )
