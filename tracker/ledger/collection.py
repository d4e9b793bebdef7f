"""How the collection stands: what addresses answered, what waits in quarantine, what each run did for each source.

Kept beside the facts, in the same transactions, so that a run that is killed goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Integer, RowMapping, Table, bindparam, delete, insert, select, update

from tracker.collect.addresses import show_address
from tracker.collect.found import Visit
from tracker.collect.rejected import Rejected
from tracker.digests import digest
from tracker.errors import UsageError
from tracker.ledger.runs import Outcome, Run
from tracker.ledger.tables import QUARANTINE, SOURCE_RUNS, VISITS

MAX_ATTEMPTS = 8
"""So many runs try again what could not be read; then it waits for a person."""
_COUNTS = ("new", "updated", "reread", "unchanged", "quarantined", "claims")

# Made once, since every document needs them: to make a statement takes longer than its work.
_FORGET = delete(QUARANTINE).where(QUARANTINE.c.quarantine_id.in_(bindparam("waited", expanding=True)))
_COUNT = {
    outcome: update(SOURCE_RUNS)
    .where(SOURCE_RUNS.c.run_id == bindparam("of_run"), SOURCE_RUNS.c.origin == bindparam("of_origin"))
    .values(
        {
            outcome.value: SOURCE_RUNS.c[outcome.value] + 1,
            "claims": SOURCE_RUNS.c.claims + bindparam("more_claims", type_=Integer),
        }
    )
    for outcome in (Outcome.NEW, Outcome.UPDATED, Outcome.REREAD)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where a document came from, to be written down with it."""

    origin: str
    place: str
    line: int | None = None
    visit: Visit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input in quarantine."""

    quarantine_id: str
    origin: str
    rejected: Rejected
    first_at: datetime
    last_at: datetime
    attempts: int
    dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """What one run did for one source."""

    origin: str
    run_id: str
    started_at: datetime
    finished: bool
    problem: str | None
    new: int
    updated: int
    reread: int
    unchanged: int
    quarantined: int
    claims: int

    @property
    def succeeded(self) -> bool:
        """Whether the source answered and was read to its end."""
        return self.finished and self.problem is None


class Collection:
    """The bookkeeping of one ledger; it is the memory that sources are collected with."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._read = read
        self._write = write

    # The memory of visits.

    def visit(self, address: str) -> Visit | None:
        """The last visit of an address."""
        with self._read() as connection:
            row = connection.execute(select(VISITS).where(VISITS.c.address == address)).mappings().first()
        return None if row is None else _read_visit(row)

    def visits(self, origin: str, since: datetime) -> list[Visit]:
        """The addresses that a source led to first at `since` or later, in the order of their addresses."""
        query = select(VISITS).where(VISITS.c.origin == origin, VISITS.c.first_at >= _naive(since))
        with self._read() as connection:
            return [_read_visit(row) for row in connection.execute(query.order_by(VISITS.c.address)).mappings()]

    def waiting(self, origin: str) -> list[Visit]:
        """The addresses of a source that are in quarantine and to be tried again."""
        return [
            one.rejected.visit
            for one in self.quarantined(origin)
            if one.rejected.visit is not None and not one.dropped and one.attempts < MAX_ATTEMPTS
        ]

    def given_up(self, origin: str) -> set[str]:
        """The addresses of a source that are not to be tried again: dropped by a person, or tried often enough."""
        return {
            one.rejected.visit.address
            for one in self.quarantined(origin)
            if one.rejected.visit is not None and (one.dropped or one.attempts >= MAX_ATTEMPTS)
        }

    def remember(self, note: Note) -> None:
        """Writes down a visit that brought nothing new; what waited at its place waits no more."""
        with self._write() as connection:
            note_found(connection, note)

    # The quarantine.

    def quarantined(self, origin: str | None = None) -> list[Quarantined]:
        """What is in quarantine, ordered by origin, place and line; what was dropped is marked."""
        query = select(QUARANTINE)
        if origin is not None:
            query = query.where(QUARANTINE.c.origin == origin)
        with self._read() as connection:
            found = [_read_quarantined(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda one: (one.origin, one.rejected.source, one.rejected.line or 0))

    def is_dropped(self, rejected: Rejected) -> bool:
        """Whether a person has dropped just this: the same place, the same bytes, the same reason."""
        with self._read() as connection:
            row = connection.execute(_at_place(rejected.source, rejected.line)).mappings().first()
        if row is None or not row["dropped"]:
            return False
        return bool((row["sha256"], row["reason"]) == (rejected.sha256, rejected.reason))

    def meet_dropped(self, run: Run, rejected: Rejected) -> None:
        """Writes down that a run has met an input again that was dropped."""
        chosen = QUARANTINE.c.quarantine_id == _place_id(rejected.source, rejected.line)
        with self._write() as connection:
            connection.execute(update(QUARANTINE).where(chosen).values(last_run_id=run.run_id))

    def forget_others(self, run: Run, origin: str, source: str | None = None) -> None:
        """What a run did not meet again is gone: for files, read whole each time, and for the entries of a feed.

        `source` names the feed; None stands for all files of an origin. Addresses are not meant.
        """
        others = [QUARANTINE.c.origin == origin, QUARANTINE.c.address.is_(None), QUARANTINE.c.last_run_id != run.run_id]
        others += [QUARANTINE.c.source == source] if source is not None else []
        with self._read() as connection:
            if not connection.execute(select(QUARANTINE.c.quarantine_id).where(*others).limit(1)).first():
                return
        with self._write() as connection:
            connection.execute(delete(QUARANTINE).where(*others))

    def drop(self, quarantine_id: str) -> Quarantined:
        """Marks an input as not wanted; UsageError where none has this id, or an id that begins so, or several have."""
        found = self._find(quarantine_id)
        self._change(found, {"dropped": True})
        return found

    def release(self, quarantine_id: str) -> Quarantined:
        """Makes an input as if it had never been tried; UsageError as with `drop`."""
        found = self._find(quarantine_id)
        self._change(found, {"dropped": False, "attempts": 0})
        return found

    def _find(self, quarantine_id: str) -> Quarantined:
        found = [one for one in self.quarantined() if quarantine_id and one.quarantine_id.startswith(quarantine_id)]
        if len(found) != 1:
            count = "nothing" if not found else "more than one input"
            raise UsageError(
                f"{count} in quarantine has an id that begins with {quarantine_id!r}; see tracker quarantine list."
            )
        return found[0]

    def _change(self, found: Quarantined, values: dict[str, Any]) -> None:
        with self._write() as connection:
            connection.execute(
                update(QUARANTINE).where(QUARANTINE.c.quarantine_id == found.quarantine_id).values(**values)
            )

    # The runs of sources.

    def begin_source(self, run: Run, origin: str) -> None:
        """Writes down that a run has come to a source; one that was interrupted goes on."""
        with self._write() as connection:
            _ensure_source_run(connection, run, origin)

    def finish_source(self, run: Run, origin: str, *, unchanged: int, quarantined: int, problem: str | None) -> None:
        """Writes down that a run has done with a source."""
        values = {"finished": True, "unchanged": unchanged, "quarantined": quarantined, "problem": problem}
        with self._write() as connection:
            _ensure_source_run(connection, run, origin)
            connection.execute(update(SOURCE_RUNS).where(*_of(run.run_id, origin)).values(**values))

    def source_runs(self, origin: str | None = None) -> list[SourceRun]:
        """What runs did for sources, ordered by source and time."""
        query = select(SOURCE_RUNS).order_by(SOURCE_RUNS.c.origin, SOURCE_RUNS.c.started_at, SOURCE_RUNS.c.run_id)
        if origin is not None:
            query = query.where(SOURCE_RUNS.c.origin == origin)
        names = [field.name for field in fields(SourceRun)]
        with self._read() as connection:
            rows = connection.execute(query).mappings().all()
        return [
            SourceRun(**{name: row[name] for name in names} | {"started_at": _aware(row["started_at"])}) for row in rows
        ]


def note_found(connection: Connection, note: Note, document_id: str | None = None) -> None:
    """In a transaction of the caller's: the visit is remembered, and what waited at this place waits no more.

    Nor does the document itself, on which extraction may have failed before.
    """
    waited = {_place_id(note.place, note.line)}
    waited |= {_place_id(document_id, None)} if document_id is not None else set()
    if note.visit is not None:
        visit = note.visit
        values = {
            "address": visit.address,
            "origin": visit.origin,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "sha256": visit.sha256,
            "details": _dump(visit.details),
            "first_at": _naive(visit.first_at),
            "last_at": _naive(visit.last_at),
        }
        _put(connection, VISITS, "address", values)
        waited.add(_place_id(show_address(visit.address), None))
    connection.execute(_FORGET, {"waited": sorted(waited)})


def note_document(
    connection: Connection, run: Run, document_id: str, note: Note, outcome: Outcome, claims: int
) -> None:
    """The same for a document, which is counted for its source."""
    note_found(connection, note, document_id)
    if outcome is Outcome.UNCHANGED:
        return
    counted = {"of_run": run.run_id, "of_origin": note.origin, "more_claims": claims}
    if not connection.execute(_COUNT[outcome], counted).rowcount:
        _ensure_source_run(connection, run, note.origin)
        connection.execute(_COUNT[outcome], counted)


def note_rejected(connection: Connection, run: Run, rejected: Rejected, origin: str) -> None:
    """In a transaction of the caller's: the input is in quarantine now. A run counts as one attempt, however often."""
    quarantine_id = _place_id(rejected.source, rejected.line)
    row = connection.execute(_at_place(rejected.source, rejected.line)).mappings().first()
    now = _naive(run.started_at)
    tried = 0 if row is None else row["attempts"]
    values = {
        "quarantine_id": quarantine_id,
        "origin": origin,
        "source": rejected.source,
        "line": rejected.line,
        "reason": rejected.reason,
        "sha256": rejected.sha256,
        "address": rejected.visit.address if rejected.visit else None,
        "details": _dump(rejected.visit.details if rejected.visit else {}),
        "first_at": now if row is None else row["first_at"],
        "last_at": now,
        "last_run_id": run.run_id,
        "attempts": tried if row is not None and row["last_run_id"] == run.run_id and tried else tried + 1,
        "dropped": False,
    }
    _put(connection, QUARANTINE, "quarantine_id", values)


def _ensure_source_run(connection: Connection, run: Run, origin: str) -> None:
    if not connection.execute(select(SOURCE_RUNS.c.origin).where(*_of(run.run_id, origin))).first():
        values = {"origin": origin, "run_id": run.run_id, "started_at": _naive(run.started_at), "finished": False}
        connection.execute(insert(SOURCE_RUNS).values(values | dict.fromkeys(_COUNTS, 0)))


def _of(run_id: str, origin: str) -> tuple[Any, Any]:
    return SOURCE_RUNS.c.run_id == run_id, SOURCE_RUNS.c.origin == origin


def _put(connection: Connection, table: Table, key: str, values: dict[str, Any]) -> None:
    """Inserts a row or replaces it; writers take turns, so nothing comes between."""
    changed = connection.execute(update(table).where(table.c[key] == values[key]).values(**values))
    if not changed.rowcount:
        connection.execute(insert(table).values(**values))


def _place_id(place: str, line: int | None) -> str:
    return digest(place, line)[:16]


def _at_place(place: str, line: int | None) -> Any:
    return select(QUARANTINE).where(QUARANTINE.c.quarantine_id == _place_id(place, line))


def _read_visit(row: RowMapping) -> Visit:
    return Visit(
        address=row["address"],
        origin=row["origin"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        sha256=row["sha256"],
        details=json.loads(row["details"]),
        first_at=_aware(row["first_at"]),
        last_at=_aware(row["last_at"]),
    )


def _read_quarantined(row: RowMapping) -> Quarantined:
    visit = None
    if row["address"] is not None:
        visit = Visit(
            address=row["address"],
            origin=row["origin"],
            details=json.loads(row["details"]),
            first_at=_aware(row["first_at"]),
            last_at=_aware(row["last_at"]),
        )
    return Quarantined(
        quarantine_id=row["quarantine_id"],
        origin=row["origin"],
        rejected=Rejected(row["source"], row["line"], row["reason"], row["sha256"], visit),
        first_at=_aware(row["first_at"]),
        last_at=_aware(row["last_at"]),
        attempts=row["attempts"],
        dropped=bool(row["dropped"]),
    )


def _dump(details: Any) -> str:
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True)


def _naive(moment: datetime) -> datetime:
    """UTC without a zone, as it is stored on every database."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
