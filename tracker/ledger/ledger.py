"""The ledger: facts are appended and never overwritten, and what is current is a question put to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, RowMapping, Select, insert, select
from sqlalchemy.sql.dml import ReturningInsert

from tracker.claims import Claim
from tracker.collect import Rejected
from tracker.digests import digest
from tracker.documents import Document
from tracker.errors import InputError
from tracker.judgements import Judgement
from tracker.ledger.collection import Collection, Note, note_document, note_rejected
from tracker.ledger.copies import Kin, compare_texts, kin_of_texts, read_uncompared, uncompared_batches
from tracker.ledger.engine import explained, name_database, open_engine, reading_at_once, writing
from tracker.ledger.listing import ListedDocument, ListedJudgement, Sighted, read_listed_document, read_listed_judgement
from tracker.ledger.opinions import append_judgement, judgements_in_order, judgements_known, read_judgement
from tracker.ledger.proof import find_faults
from tracker.ledger.queries import (
    CLAIM_KEYS,
    NEWEST_VERSION,
    RUN_EXISTS,
    VERSION_KEY,
    claims_read,
    counted_runs,
    current_document,
    current_documents,
    current_readings,
    days_of_run,
    documents_of_run,
    known_version,
    listed_documents,
    newest_claim_keys,
    read_texts_of_days,
    readings_of_days,
    sighted_readings,
)
from tracker.ledger.rows import claim_values, document_values, read_claim, read_document, with_id
from tracker.ledger.runs import Outcome, Run, RunRecord
from tracker.ledger.schema import migrate
from tracker.ledger.tables import CLAIMS, DOCUMENT_RUNS, DOCUMENTS, REJECTED, RUNS, SIGHTINGS
from tracker.readings import Reading

_MAX_COUNT = 2**63 - 1
_BATCH = 1000
# Made once, since a document needs each of them: to make a statement takes longer than its work.
_INSERT_DOCUMENT = insert(DOCUMENTS).returning(DOCUMENTS.c.id)
_INSERT_DOCUMENT_RUN = insert(DOCUMENT_RUNS).returning(DOCUMENT_RUNS.c.id)
_INSERT_CLAIM = insert(CLAIMS)
_INSERT_SIGHTING = insert(SIGHTINGS)


class Ledger:
    """An open database. Close it, or use it as a context manager. Whatever it refuses is a `LedgerError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._moment: Connection | None = None
        self.name = name_database(engine.url)
        """The database's URL as it may be shown, without password."""
        self.collection = Collection(self._read, self._write)
        """How the collection stands: visits, quarantine, what runs did for sources."""

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """The ledger at an SQLite or PostgreSQL URL, its schema brought up to date; a missing SQLite file is created.

        Raises LedgerError where the database cannot be reached or written, is not a tracker's, or is newer than this
        program; with `create` False also where an SQLite file does not exist.
        """
        engine = open_engine(url, create=create)
        try:
            with explained(name_database(engine.url)):
                migrate(engine, name_database(engine.url))
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    # What is appended.

    def has_current(self, document: Document, rules_digest: str) -> bool:
        """Whether the newest reading of this document is of this very version and with these rules."""
        return self.current_run(document, rules_digest) is not None

    def current_run(self, document: Document, rules_digest: str) -> str | None:
        """The id of the run that brought the newest reading, where that is of this version and with these rules."""
        with self._read() as connection:
            newest = _newest_version(connection, document.document_id)
        return newest.run_id if newest and _is_current(newest, document_values(document), rules_digest) else None

    def version_run(self, document: Document, rules_digest: str) -> str | None:
        """The id of the newest run that read this very version with these rules, whether it is current or not."""
        with self._read() as connection:
            return connection.execute(known_version(document_values(document), rules_digest)).scalar()

    def record(self, run: Run, document: Document, claims: Sequence[Claim], note: Note | None = None) -> Outcome:
        """Appends what is new of one document and its claims, in one transaction, and makes it current.

        Claims get their document's id and their own; `note` says where it came from. Raises InputError, and stores
        nothing, where a claim does not prove itself in the text or the same figure is claimed twice.
        """
        identified = [with_id(claim, document) for claim in claims]
        _require_proof(document, identified)
        values = document_values(document)
        with self._write() as connection:
            newest = _newest_version(connection, document.document_id)
            if _is_current(newest, values, run.rules_digest):
                if note is not None:
                    note_document(connection, run, document.document_id, note, Outcome.UNCHANGED, 0)
                return Outcome.UNCHANGED
            _ensure_run(connection, run)
            document_key, outcome = _ensure_document(connection, values, run, newest)
            row = {"document_key": document_key, "run_id": run.run_id, "rules_digest": run.rules_digest}
            document_run_key = _append(connection, _INSERT_DOCUMENT_RUN, row)
            claim_keys = _ensure_claims(connection, document_key, identified, run)
            sightings = [{"document_run_key": document_run_key, "claim_key": key} for key in claim_keys]
            if sightings:
                connection.execute(_INSERT_SIGHTING, sightings)
            if note is not None:
                note_document(connection, run, document.document_id, note, outcome, len(claims))
            return outcome

    def set_aside(self, run: Run, rejected: Rejected, origin: str | None = None) -> bool:
        """Appends an input that was set aside; False where it is known already. `origin` puts it in quarantine too."""
        rejected_id = digest(rejected.source, rejected.line, rejected.reason)
        with self._write() as connection:
            if origin is not None:
                note_rejected(connection, run, rejected, origin)
            if connection.execute(select(REJECTED.c.rejected_id).where(REJECTED.c.rejected_id == rejected_id)).first():
                return False
            _ensure_run(connection, run)
            values = {"source": rejected.source, "line": rejected.line, "reason": rejected.reason}
            row = values | {"rejected_id": rejected_id, "first_run_id": run.run_id}
            connection.execute(insert(REJECTED).values(row))
            return True

    def judge(self, judgement: Judgement) -> bool:
        """Appends a judgement; False where the very same is there already. UsageError where its ids do not fit."""
        with self._write() as connection:
            return append_judgement(connection, judgement)

    def compare_texts(self, run: Run) -> int:
        """Finds which of the texts that were never compared are copies of others; how many pairs were found.

        An interrupted comparison goes on where it stopped, and the order in which texts came in makes no difference.
        """
        found = 0
        while True:
            with self._read() as connection:
                batches = uncompared_batches(connection)
            if not batches:
                return found
            for keys in batches:
                with self._write() as connection:
                    new = read_uncompared(connection, keys)
                    if new:
                        _ensure_run(connection, run)
                        found += compare_texts(connection, run.run_id, new)

    # What is asked.

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Whatever is asked inside is answered as of one moment, though others write meanwhile."""
        with explained(self.name), reading_at_once(self._engine) as connection:
            self._moment = connection
            try:
                yield
            finally:
                self._moment = None

    def readings(self, as_known_on: date | Run | None = None) -> Iterator[Reading]:
        """The current readings, ordered by publication (unknown first), document id, start and measure.

        `as_known_on`: those that were current at the end of that day (UTC), by the start of the runs that brought
        them; or after that run.
        """
        with self._read() as connection:
            kin = kin_of_texts(connection, as_known_on)
        for row in self._stream(current_readings(as_known_on)):
            yield _read_reading(row, kin)

    def readings_of_days(self, first: date, last: date) -> Iterator[Reading]:
        """The same for documents published from `first` to `last`, or on no known day."""
        with self._read() as connection:
            kin = kin_of_texts(connection, None, read_texts_of_days(first, last))
        for row in self._stream(readings_of_days(first, last)):
            yield _read_reading(row, kin)

    def read_at(self, as_known_on: date | Run | None = None) -> dict[str, datetime]:
        """By claim id when the run started (UTC) that first read a current reading as it is; of several the latest."""
        moments: dict[str, datetime] = {}
        for row in self._stream(claims_read(as_known_on)):
            moment = row["started_at"].replace(tzinfo=UTC)
            moments[row["claim_id"]] = max(moment, moments.get(row["claim_id"], moment))
        return moments

    def documents(self, as_known_on: date | Run | None = None) -> Iterator[Document]:
        """The current version of every document, ordered by publication (unknown first) and id."""
        return map(read_document, self._stream(current_documents(as_known_on)))

    def sighted(self, as_known_on: date | Run | None = None) -> Iterator[Sighted]:
        """The current readings in the order of `readings`, each with its run; few are held at a time."""
        for row in self._stream(sighted_readings(as_known_on)):
            reading = _read_reading(row, {})
            yield Sighted(reading=reading, run_id=row["run_id"], rules_digest=row["rules_digest"])

    def listed_documents(
        self, as_known_on: date | Run | None = None, *, with_text: bool = False
    ) -> Iterator[ListedDocument]:
        """What is known of every document, in the order of `documents`; few are held at a time."""
        return map(read_listed_document, self._stream(listed_documents(as_known_on, with_text=with_text)))

    def listed_judgements(self, as_known_on: date | None = None) -> Iterator[ListedJudgement]:
        """Every judgement made by the end of the day, by day and id; few are held at a time."""
        return map(read_listed_judgement, self._stream(judgements_in_order(as_known_on)))

    def document(self, document_id: str) -> Document | None:
        """The current version of one document."""
        with self._read() as connection:
            row = connection.execute(current_document(document_id)).mappings().first()
        return None if row is None else read_document(row)

    def days_recorded(self, run: Run) -> dict[date | None, int]:
        """How many of the documents that a run recorded were published on each day, in order; None for no known day."""
        with self._read() as connection:
            return {row.published: row.number for row in connection.execute(days_of_run(run.run_id))}

    def recorded_by(self, run: Run, first: date, last: date) -> dict[str, date | None]:
        """Of those published from `first` to `last`, or on no known day, the ids with their days of publication."""
        with self._read() as connection:
            found = connection.execute(documents_of_run(run.run_id, first, last))
            return {row.document_id: row.published for row in found}

    def runs(self) -> list[RunRecord]:
        """Every run that brought something, oldest first."""
        names = [field.name for field in fields(Run)]
        records = []
        for row in self._stream(counted_runs()):
            values = {name: row[name] for name in names} | {"started_at": row["started_at"].replace(tzinfo=UTC)}
            counts = {name: row[name] for name in ("documents", "claims", "set_aside")}
            records.append(RunRecord(run=Run(**values), **counts))
        return records

    def rejected(self) -> list[Rejected]:
        """Every input that was ever set aside, ordered by source, line and reason."""
        rows = self._stream(select(REJECTED))
        found = [Rejected(row["source"], row["line"], row["reason"]) for row in rows]
        return sorted(found, key=lambda rejected: (rejected.source, rejected.line or 0, rejected.reason))

    def judgements(self, claim_id: str | None = None, as_known_on: date | None = None) -> list[Judgement]:
        """The judgements on one claim, or all, made by the end of the day, ordered by claim, day and author."""
        return sorted(
            map(read_judgement, self._stream(judgements_known(claim_id, as_known_on))),
            key=lambda judgement: (judgement.claim_id, judgement.made_on, judgement.author, judgement.judgement_id),
        )

    def stored(self) -> Iterator[tuple[RowMapping, list[RowMapping], set[int]]]:
        """For checking: every document row ever stored, with all its claim rows and the keys of the current ones."""
        with self._read() as connection:
            keys = (
                connection.execute(select(DOCUMENTS.c.id).order_by(DOCUMENTS.c.document_id, DOCUMENTS.c.id))
                .scalars()
                .all()
            )
        for key in keys:
            with self._read() as connection:
                document = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == key)).mappings().one()
                query = select(CLAIMS).where(CLAIMS.c.document_key == key).order_by(CLAIMS.c.start, CLAIMS.c.id)
                claims = list(connection.execute(query).mappings())
                current = set(connection.execute(newest_claim_keys(document["document_id"])).scalars())
            yield document, claims, current

    def _stream(self, query: Select[Any]) -> Iterator[RowMapping]:
        with self._read() as connection:
            yield from connection.execute(query, execution_options={"yield_per": _BATCH}).mappings()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        if self._moment is not None:
            yield self._moment
            return
        with explained(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self.name), writing(self._engine) as connection:
            yield connection


def _read_reading(row: RowMapping, kin: Mapping[str, Kin]) -> Reading:
    own = kin.get(row["text_sha256"], Kin())
    return Reading(
        claim=read_claim(row),
        text_sha256=row["text_sha256"],
        published=row["published"],
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        alike=own.alike,
        copies=own.copies,
    )


def _newest_version(connection: Connection, document_id: str) -> Row[Any, Any, Any] | None:
    return connection.execute(NEWEST_VERSION, {"document_id": document_id}).first()


def _is_current(newest: Row[Any, Any, Any] | None, values: Mapping[str, Any], rules_digest: str) -> bool:
    """Whether the newest version is that of `values`, and was read with these rules."""
    return newest is not None and (newest.version_digest, newest.rules_digest) == (
        values["version_digest"],
        rules_digest,
    )


def _append(connection: Connection, statement: ReturningInsert[Any], values: Mapping[str, Any]) -> int:
    """Inserts one row and gives its key."""
    return int(connection.execute(statement, values).scalar_one())


def _ensure_run(connection: Connection, run: Run) -> None:
    if not connection.execute(RUN_EXISTS, {"run_id": run.run_id}).first():
        values = {field.name: getattr(run, field.name) for field in fields(Run)}
        connection.execute(insert(RUNS).values(values | {"started_at": run.started_at.replace(tzinfo=None)}))


def _ensure_document(
    connection: Connection, values: Mapping[str, Any], run: Run, newest: Row[Any, Any, Any] | None
) -> tuple[int, Outcome]:
    """The key of this version's row, which is appended where there is none; `newest` is what the document was."""
    chosen = {name: values[name] for name in ("document_id", "version_digest")}
    key = None if newest is None else connection.execute(VERSION_KEY, chosen).scalar()
    if key is None:
        key = _append(connection, _INSERT_DOCUMENT, dict(values) | {"first_run_id": run.run_id})
    if newest is None:
        return key, Outcome.NEW
    return key, Outcome.REREAD if newest.version_digest == values["version_digest"] else Outcome.UPDATED


def _ensure_claims(connection: Connection, document_key: int, claims: Sequence[Claim], run: Run) -> list[int]:
    """The keys of the rows of these readings, of which those that were never stored are appended."""
    if not claims:
        return []
    rows = [claim_values(claim) for claim in claims]
    known = _claim_keys(connection, document_key)
    new = [
        row | {"document_key": document_key, "first_run_id": run.run_id}
        for row in rows
        if (row["claim_id"], row["content_digest"]) not in known
    ]
    if new:
        connection.execute(_INSERT_CLAIM, new)
        known = _claim_keys(connection, document_key)
    return [known[row["claim_id"], row["content_digest"]] for row in rows]


def _claim_keys(connection: Connection, document_key: int) -> dict[tuple[str, str], int]:
    found = connection.execute(CLAIM_KEYS, {"document_key": document_key})
    return {(row.claim_id, row.content_digest): row.id for row in found}


def _require_proof(document: Document, claims: Sequence[Claim]) -> None:
    seen: set[str] = set()
    for claim in claims:
        place = f"the {claim.measure} claim at {claim.start}-{claim.end}"
        for fault in find_faults(claim, document.text):
            raise InputError(f"{place} does not prove itself: {fault}.")
        if claim.claim_id in seen:
            raise InputError(f"{place} was read twice.")
        if any(bound is not None and bound > _MAX_COUNT for bound in (claim.count_min, claim.count_max)):
            raise InputError(f"{place} counts more than can be stored.")
        seen.add(claim.claim_id)
