"""Which stored texts are copies of one another: found once, when the later of two texts comes in, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Select, func, insert, or_, select

from tracker.collect.likeness import (
    NEAR,
    SCHEME,
    Index,
    Shingles,
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

_KEYS = 10_000
_BATCH = 500
_MOST_CHARACTERS = 8_000_000
"""Of the new texts that are held in memory together."""
_Pair = tuple[str, str]


def uncompared_batches(connection: Connection) -> list[list[int]]:
    """The keys of document versions that were never compared, up to 10,000, in batches to be compared together.

    Those of one day stand beside each other, so that a batch need be compared with the sketches of few days only.
    """
    known = select(SKETCHES.c.document_key).where(SKETCHES.c.scheme == SCHEME)
    query = select(DOCUMENTS.c.id).where(DOCUMENTS.c.id.not_in(known)).order_by(DOCUMENTS.c.published, DOCUMENTS.c.id)
    keys = list(connection.execute(query.limit(_KEYS)).scalars())
    return [keys[at : at + _BATCH] for at in range(0, len(keys), _BATCH)]


class New(NamedTuple):
    """A document version that was never compared, with its runs of words and their sketch."""

    key: int
    text_sha256: str
    published: date | None
    text: str
    runs: Shingles
    sketch: Sketch


def read_uncompared(connection: Connection, keys: Sequence[int]) -> list[New]:
    """Those of a batch that nobody has compared meanwhile; of very long texts, the first few only."""
    known = select(SKETCHES.c.document_key).where(SKETCHES.c.scheme == SCHEME, SKETCHES.c.document_key.in_(keys))
    columns = (DOCUMENTS.c.id, DOCUMENTS.c.text_sha256, DOCUMENTS.c.published)
    query = select(*columns).where(DOCUMENTS.c.id.in_(keys), DOCUMENTS.c.id.not_in(known))
    found: list[New] = []
    characters = 0
    for row in connection.execute(query.order_by(DOCUMENTS.c.published, DOCUMENTS.c.id)).all():
        if characters >= _MOST_CHARACTERS:
            break
        text = _text_of(connection, row.id)
        runs = shingles(text)
        characters += len(text)
        found.append(New(row.id, row.text_sha256, row.published, text, runs, sketch(runs)))
    return found


def compare_texts(connection: Connection, run_id: str, new: Sequence[New]) -> int:
    """Compares new texts with each other and with all that were compared before; how many pairs of copies were found.

    A pair is found whichever of the two texts came first. To be called in a transaction that writes alone. Memory is
    that of the new texts: those before them are looked through one by one, for what any of the new may be a copy of.
    """
    index: Index[int] = Index()
    for at, one in enumerate(new):
        index.add(at, one.sketch)
    found: dict[_Pair, tuple[float, bool]] = {}
    for at, one in enumerate(new):
        for earlier in sorted(index.candidates(one.sketch)):
            if earlier < at and _may_be_copies(new[earlier], one):
                _compare(new[earlier], one.text_sha256, one.text, one.runs, found)
    near = connection.execute(_sketches_near([one.published for one in new]))
    worth = [
        (row.id, row.text_sha256, at)
        for row in near
        for at in index.candidates(unpack(row.signature))
        if _may_be_copies(new[at], row)
    ]
    for (key, sha256), group in groupby(sorted(worth), lambda one: one[:2]):
        open_pairs = [at for _, _, at in group if _pair(new[at].text_sha256, sha256) not in found]
        if open_pairs:
            text = _text_of(connection, key)
            runs = shingles(text)
            for at in open_pairs:
                _compare(new[at], sha256, text, runs, found)
    sketches = [{"document_key": one.key, "scheme": SCHEME, "signature": pack(one.sketch)} for one in new]
    connection.execute(insert(SKETCHES), sketches)
    return _append_pairs(connection, run_id, found)


class _Known(Protocol):
    """What is looked at before two texts are compared: a new text, or the row of an old one."""

    @property
    def text_sha256(self) -> str: ...
    @property
    def published(self) -> date | None: ...


def _may_be_copies(text: _Known, other: _Known) -> bool:
    return text.text_sha256 != other.text_sha256 and are_near(text.published, other.published)


def _pair(text_sha256: str, other: str) -> _Pair:
    return min(text_sha256, other), max(text_sha256, other)


def _compare(new: New, other_sha256: str, other: str, runs: Shingles, found: dict[_Pair, tuple[float, bool]]) -> None:
    pair = _pair(new.text_sha256, other_sha256)
    if pair not in found:
        share = likeness(new.runs, runs)
        if share is not None:
            found[pair] = (round(share, 4), have_same_numbers(new.text, other))


def _append_pairs(connection: Connection, run_id: str, found: Mapping[_Pair, tuple[float, bool]]) -> int:
    """Appends the pairs that are not there yet; how many they were."""
    known: set[_Pair] = set()
    firsts = sorted({first for first, _ in found})
    for at in range(0, len(firsts), _BATCH):
        query = select(COPIES.c.text_sha256, COPIES.c.copy_sha256)
        chosen = query.where(COPIES.c.text_sha256.in_(firsts[at : at + _BATCH]))
        known |= {(row.text_sha256, row.copy_sha256) for row in connection.execute(chosen)}
    columns = ("text_sha256", "copy_sha256", "likeness", "same_numbers", "first_run_id")
    pairs = sorted(found.keys() - known)
    if pairs:
        rows = [dict(zip(columns, (*pair, *found[pair], run_id), strict=True)) for pair in pairs]
        connection.execute(insert(COPIES), rows)
    return len(pairs)


class Kin(NamedTuple):
    """The digests of a text's near-duplicates, and of those among them that have the same numbers; both sorted."""

    alike: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def kin_of_texts(
    connection: Connection, as_known_on: date | Run | None = None, texts: Select[Any] | None = None
) -> dict[str, Kin]:
    """The near-duplicates of each text that has any, as known at the end of the day or after the run.

    With `texts`, a question for digests, of these texts only; others that are found are not complete.
    """
    query = select(COPIES.c.text_sha256, COPIES.c.copy_sha256, COPIES.c.same_numbers)
    if texts is not None:
        query = query.where(or_(COPIES.c.text_sha256.in_(texts), COPIES.c.copy_sha256.in_(texts)))
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


def _sketches_near(days: list[date | None]) -> Select[Any]:
    query = (
        select(DOCUMENTS.c.id, DOCUMENTS.c.text_sha256, DOCUMENTS.c.published, SKETCHES.c.signature)
        .join(DOCUMENTS, DOCUMENTS.c.id == SKETCHES.c.document_key)
        .where(SKETCHES.c.scheme == SCHEME, func.length(SKETCHES.c.signature) > 0)
        .execution_options(yield_per=1000)
    )
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return query
    around = DOCUMENTS.c.published.between(min(known) - NEAR, max(known) + NEAR)
    return query.where(or_(DOCUMENTS.c.published.is_(None), around))


def _text_of(connection: Connection, key: int) -> str:
    return str(connection.execute(select(DOCUMENTS.c.text).where(DOCUMENTS.c.id == key)).scalar_one())
