"""The questions put to the tables, as statements that every database understands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, func, or_, select

from tracker.ledger.runs import Run
from tracker.ledger.tables import CLAIMS, DOCUMENT_RUNS, DOCUMENTS, REJECTED, RUNS, SIGHTINGS

_READING_COLUMNS = ("text_sha256", "published", "outlet", "title", "url")


def newest_document_runs(as_known_on: date | Run | None = None) -> Select[Any]:
    """The key of each document's newest processing, of all its versions; newest by the end of the day `as_known_on`."""
    query = (
        select(func.max(DOCUMENT_RUNS.c.id))
        .join(DOCUMENTS, DOCUMENTS.c.id == DOCUMENT_RUNS.c.document_key)
        .group_by(DOCUMENTS.c.document_id)
    )
    if as_known_on is None:
        return query
    return query.join(RUNS, RUNS.c.run_id == DOCUMENT_RUNS.c.run_id).where(started_by(as_known_on))


def started_by(known: date | Run) -> ColumnElement[bool]:
    """Whether a run started by the end of the day (UTC); or is that run or an earlier one."""
    if isinstance(known, Run):
        moment = known.started_at.replace(tzinfo=None)
        return or_(RUNS.c.started_at < moment, and_(RUNS.c.started_at == moment, RUNS.c.run_id <= known.run_id))
    return RUNS.c.started_at <= datetime.combine(known, time.max)


def current_readings(as_known_on: date | Run | None = None) -> Select[Any]:
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


def current_documents(as_known_on: date | Run | None = None) -> Select[Any]:
    """The current version of every document, by publication (unknown first) and id."""
    return (
        select(DOCUMENTS)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENT_RUNS.c.id.in_(newest_document_runs(as_known_on)))
        .order_by(DOCUMENTS.c.published.asc().nulls_first(), DOCUMENTS.c.document_id)
    )


def sighted_readings(as_known_on: date | Run | None = None) -> Select[Any]:
    """The current readings in the same order, with the run that read each document as it stands and its rules."""
    return (
        current_readings(as_known_on)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.id == SIGHTINGS.c.document_run_key)
        .add_columns(DOCUMENT_RUNS.c.run_id, DOCUMENT_RUNS.c.rules_digest)
    )


def listed_documents(as_known_on: date | Run | None, *, with_text: bool) -> Select[Any]:
    """What is known of every document but, unless asked for, its text; with the run that read it and its claims."""
    claims = (
        select(func.count())
        .where(SIGHTINGS.c.document_run_key == DOCUMENT_RUNS.c.id)
        .correlate(DOCUMENT_RUNS)
        .scalar_subquery()
        .label("claims")
    )
    columns = [column for column in DOCUMENTS.c if with_text or column.name != "text"]
    return (
        current_documents(as_known_on)
        .with_only_columns(*columns)
        .add_columns(DOCUMENT_RUNS.c.run_id, DOCUMENT_RUNS.c.rules_digest, claims)
    )


NEWEST_VERSION = (
    select(DOCUMENTS.c.version_digest, DOCUMENT_RUNS.c.rules_digest, DOCUMENT_RUNS.c.run_id)
    .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
    .where(DOCUMENTS.c.document_id == bindparam("document_id"))
    .order_by(DOCUMENT_RUNS.c.id.desc())
    .limit(1)
)
"""The version that the newest processing of a document had before it, the rules it was read with, and its run.

Made once, like those below: it is asked for every document, and to make a statement takes longer than its answer."""

VERSION_KEY = select(DOCUMENTS.c.id).where(
    DOCUMENTS.c.document_id == bindparam("document_id"), DOCUMENTS.c.version_digest == bindparam("version_digest")
)
"""The key of one version of a document."""

CLAIM_KEYS = select(CLAIMS.c.claim_id, CLAIMS.c.content_digest, CLAIMS.c.id).where(
    CLAIMS.c.document_key == bindparam("document_key")
)
"""The keys of all claims that were ever read in one version of a document."""

RUN_EXISTS = select(RUNS.c.run_id).where(RUNS.c.run_id == bindparam("run_id"))
"""One row where a run is there."""


def current_document(document_id: str) -> Select[Any]:
    """The current version of one document."""
    newest = newest_document_runs().where(DOCUMENTS.c.document_id == document_id)
    return (
        select(DOCUMENTS)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENT_RUNS.c.id.in_(newest))
    )


def known_version(values: Mapping[str, Any], rules_digest: str) -> Select[Any]:
    """The run of the newest processing of one version of a document with the same rules."""
    return (
        select(DOCUMENT_RUNS.c.run_id)
        .join(DOCUMENTS, DOCUMENTS.c.id == DOCUMENT_RUNS.c.document_key)
        .where(
            DOCUMENTS.c.document_id == values["document_id"],
            DOCUMENTS.c.version_digest == values["version_digest"],
            DOCUMENT_RUNS.c.rules_digest == rules_digest,
        )
        .order_by(DOCUMENT_RUNS.c.id.desc())
        .limit(1)
    )


def days_of_run(run_id: str) -> Select[Any]:
    """How many of the documents that a run processed were published on each day, in order; None is one."""
    return (
        select(DOCUMENTS.c.published, func.count().label("number"))
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENT_RUNS.c.run_id == run_id)
        .group_by(DOCUMENTS.c.published)
        .order_by(DOCUMENTS.c.published)
    )


def documents_of_run(run_id: str, first: date, last: date) -> Select[Any]:
    """The ids and days of publication of those that were published from `first` to `last`, or on no known day."""
    return (
        select(DOCUMENTS.c.document_id, DOCUMENTS.c.published)
        .join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.document_key == DOCUMENTS.c.id)
        .where(DOCUMENT_RUNS.c.run_id == run_id, _published(first, last))
    )


def readings_of_days(first: date, last: date) -> Select[Any]:
    """The current readings in documents published from `first` to `last`, or on no known day."""
    return current_readings().where(_published(first, last))


def read_texts_of_days(first: date, last: date) -> Select[Any]:
    """The digests of the texts of those documents in which a claim was read."""
    read = select(CLAIMS.c.document_key)
    return select(DOCUMENTS.c.text_sha256).where(_published(first, last), DOCUMENTS.c.id.in_(read))


def _published(first: date, last: date) -> ColumnElement[bool]:
    return or_(DOCUMENTS.c.published.between(first, last), DOCUMENTS.c.published.is_(None))


def claims_read(as_known_on: date | Run | None = None) -> Select[Any]:
    """The id of every current reading, and when the run started that was the first to read it so."""
    return (
        select(CLAIMS.c.claim_id, RUNS.c.started_at)
        .join(SIGHTINGS, SIGHTINGS.c.claim_key == CLAIMS.c.id)
        .join(RUNS, RUNS.c.run_id == CLAIMS.c.first_run_id)
        .where(SIGHTINGS.c.document_run_key.in_(newest_document_runs(as_known_on)))
    )


def newest_claim_keys(document_id: str) -> Select[Any]:
    """The keys of the claim rows that are current for one document."""
    newest = newest_document_runs().where(DOCUMENTS.c.document_id == document_id)
    return select(SIGHTINGS.c.claim_key).where(SIGHTINGS.c.document_run_key.in_(newest))


def counted_runs() -> Select[Any]:
    """Every run with what it brought, oldest first."""
    documents = _count_by_run(select(DOCUMENT_RUNS.c.run_id.label("run_id")))
    seen = SIGHTINGS.join(DOCUMENT_RUNS, DOCUMENT_RUNS.c.id == SIGHTINGS.c.document_run_key)
    claims = _count_by_run(select(DOCUMENT_RUNS.c.run_id.label("run_id")).select_from(seen))
    set_aside = _count_by_run(select(REJECTED.c.first_run_id.label("run_id")))
    query = select(RUNS).order_by(RUNS.c.started_at, RUNS.c.run_id)
    for name, counted in (("documents", documents), ("claims", claims), ("set_aside", set_aside)):
        query = query.outerjoin(counted, counted.c.run_id == RUNS.c.run_id)
        query = query.add_columns(func.coalesce(counted.c.number, 0).label(name))
    return query


def _count_by_run(rows: Select[Any]) -> Subquery:
    found = rows.subquery()
    return select(found.c.run_id, func.count().label("number")).group_by(found.c.run_id).subquery()
