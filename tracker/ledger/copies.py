"""Which stored texts are copies of one another: found once, when the later of two texts comes in, and kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, insert, or_, select

from tracker.collect.likeness import (
    NEAR,
    SCHEME,
    Index,
    Sketch,
    are_near,
    have_same_numbers,
    likeness,
    pack,
    shingles,
    sketch,
    unpack,
)
from tracker.ledger.queries import started_by
from tracker.ledger.runs import Run
from tracker.ledger.tables import COPIES, DOCUMENTS, RUNS, SKETCHES

_BATCH = 500


class _Text(NamedTuple):
    key: int
    text_sha256: str
    published: date | None


def compare_new_texts(connection: Connection, run_id: str) -> tuple[int, int]:
    """Compares up to 500 document versions that were never compared; how many they were, and the copies found.

    A pair is found whichever of the two texts came first. To be called in a transaction that writes alone.
    """
    fresh = connection.execute(_uncompared().limit(_BATCH)).all()
    if not fresh:
        return 0, 0
    index: Index[_Text] = Index()
    for row in connection.execute(_sketches_near([row.published for row in fresh])):
        index.add(_Text(row.id, row.text_sha256, row.published), unpack(row.signature))
    rows: list[dict[str, Any]] = []
    found: dict[tuple[str, str], tuple[float, bool]] = {}
    texts = {row.id: row.text for row in fresh}
    for row in fresh:
        runs = shingles(row.text)
        numbers = sketch(runs)
        text = _Text(row.id, row.text_sha256, row.published)
        rows.append({"document_key": row.id, "scheme": SCHEME, "signature": pack(numbers)})
        for other in _worth_comparing(text, numbers, index):
            pair = (min(text.text_sha256, other.text_sha256), max(text.text_sha256, other.text_sha256))
            if pair not in found:
                against = texts.get(other.key) or texts.setdefault(other.key, _text_of(connection, other.key))
                share = likeness(runs, shingles(against))
                if share is not None:
                    found[pair] = (round(share, 4), have_same_numbers(row.text, against))
        index.add(text, numbers)
    connection.execute(insert(SKETCHES), rows)
    new = [pair for pair in sorted(found) if not connection.execute(_pair(*pair)).first()]
    if new:
        columns = ("text_sha256", "copy_sha256", "likeness", "same_numbers", "first_run_id")
        rows = [dict(zip(columns, (*pair, *found[pair], run_id), strict=True)) for pair in new]
        connection.execute(insert(COPIES), rows)
    return len(fresh), len(new)


def has_uncompared(connection: Connection) -> bool:
    """Whether a document version was never compared."""
    return connection.execute(_uncompared().limit(1)).first() is not None


class Kin(NamedTuple):
    """The digests of a text's near-duplicates, and of those among them that have the same numbers; both sorted."""

    alike: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def kin_of_texts(connection: Connection, as_known_on: date | Run | None = None) -> dict[str, Kin]:
    """The near-duplicates of each text that has any, as known at the end of the day or after the run."""
    query = select(COPIES.c.text_sha256, COPIES.c.copy_sha256, COPIES.c.same_numbers)
    if as_known_on is not None:
        query = query.join(RUNS, RUNS.c.run_id == COPIES.c.first_run_id).where(started_by(as_known_on))
    alike: dict[str, set[str]] = defaultdict(set)
    copies: dict[str, set[str]] = defaultdict(set)
    for text, other, same_numbers in connection.execute(query):
        for one, another in ((text, other), (other, text)):
            alike[one].add(another)
            if same_numbers:
                copies[one].add(another)
    return {text: Kin(tuple(sorted(others)), tuple(sorted(copies.get(text, ())))) for text, others in alike.items()}


def _uncompared() -> Select[Any]:
    known = select(SKETCHES.c.document_key).where(SKETCHES.c.scheme == SCHEME)
    return select(DOCUMENTS).where(DOCUMENTS.c.id.not_in(known)).order_by(DOCUMENTS.c.id)


def _sketches_near(days: list[date | None]) -> Select[Any]:
    query = (
        select(DOCUMENTS.c.id, DOCUMENTS.c.text_sha256, DOCUMENTS.c.published, SKETCHES.c.signature)
        .join(DOCUMENTS, DOCUMENTS.c.id == SKETCHES.c.document_key)
        .where(SKETCHES.c.scheme == SCHEME, func.length(SKETCHES.c.signature) > 0)
        .order_by(DOCUMENTS.c.id)
    )
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return query
    around = DOCUMENTS.c.published.between(min(known) - NEAR, max(known) + NEAR)
    return query.where(or_(DOCUMENTS.c.published.is_(None), around))


def _worth_comparing(text: _Text, numbers: Sketch, index: Index[_Text]) -> list[_Text]:
    return sorted(
        other
        for other in index.candidates(numbers)
        if other.text_sha256 != text.text_sha256 and are_near(other.published, text.published)
    )


def _text_of(connection: Connection, key: int) -> str:
    return str(connection.execute(select(DOCUMENTS.c.text).where(DOCUMENTS.c.id == key)).scalar_one())


def _pair(text: str, copy: str) -> Select[Any]:
    return select(COPIES.c.text_sha256).where(COPIES.c.text_sha256 == text, COPIES.c.copy_sha256 == copy)
