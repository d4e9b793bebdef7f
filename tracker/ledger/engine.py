"""Opening a database, and all that SQLite and PostgreSQL do differently: no other module asks which it is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from tracker.errors import LedgerError

_BUSY_SECONDS = 60
_WRITE_LOCK = 7206135  # any number: the name of PostgreSQL's advisory lock that writers of one ledger take in turn
_ADVICE = "write it like sqlite:///tracker.db or postgresql://user@host/name"


def open_engine(url: str, *, create: bool) -> Engine:
    """An engine that has reached its database; LedgerError in one sentence where it cannot.

    A missing SQLite file is created, readable by its owner only, or is an error where `create` is False.
    """
    parsed = _parse(url)
    name = name_database(parsed)
    if parsed.get_backend_name() == "sqlite":
        _prepare_file(parsed, create)
    try:
        engine = sqlalchemy.create_engine(parsed)
    except ImportError:
        raise LedgerError(
            f"the database {name} needs a PostgreSQL driver; install it with: pip install 'casualty-tracker[postgres]'."
        ) from None
    except (NoSuchModuleError, ArgumentError, TypeError):
        raise LedgerError(f"the database URL {name} names an unknown driver; {_ADVICE}.") from None
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with explained(name):
        engine.connect().close()
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes, alone: others that want to write wait their turn, readers do not wait."""
    with engine.execution_options(tracker_writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
        yield connection


@contextmanager
def reading_at_once(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads, and sees nothing of what others write from its beginning on."""
    postgresql = engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if postgresql else {}
    with engine.execution_options(**options).connect() as connection:
        # Either database takes its picture at the first question, not before.
        connection.exec_driver_sql("SELECT count(*) FROM runs").scalar()
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what the database `name` refuses into a LedgerError of one sentence."""
    try:
        yield
    except DBAPIError as error:  # not other errors of SQLAlchemy: those are our own mistakes
        cause = error.orig or error
        lines = str(cause).strip().splitlines()
        reason = lines[0].rstrip(".") if lines else type(cause).__name__
        raise LedgerError(f"the database {name} refused: {reason}; mend that and try again.") from error


def name_database(url: URL) -> str:
    """The database's URL as it may be shown: without password and options."""
    return url.set(query={}).render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):  # not echoed: what cannot be read may hide a password anywhere
        raise LedgerError(f"the database URL cannot be read; {_ADVICE}.") from None
    if backend not in ("sqlite", "postgresql"):
        raise LedgerError(f"the database {name_database(parsed)} is neither SQLite nor PostgreSQL; {_ADVICE}.")
    return parsed


def _prepare_file(url: URL, create: bool) -> None:
    if url.database in (None, "", ":memory:") or str(url.database).startswith("file:"):
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise LedgerError(f"{path} is a folder, not a database; name a file in it.")
    if path.exists():
        if not os.access(path, os.W_OK):
            raise LedgerError(f"the database file {path} cannot be written; give yourself the right to, or copy it.")
        return
    if not create:
        raise LedgerError(f"there is no database at {path}; fill one with tracker ingest, or correct --db.")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        reason = error.strerror or str(error)
        raise LedgerError(
            f"the database file {path} cannot be created ({reason}); name a file you can write."
        ) from None


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # The change to write-ahead logging does not wait for others as statements do, so wait here.
    for waited in range(_BUSY_SECONDS * 20):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except Exception as error:
            if "locked" not in str(error) or waited == _BUSY_SECONDS * 20 - 1:
                raise
            time.sleep(0.05)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that reads first and then writes could find the database changed between."""
    writes = connection.get_execution_options().get("tracker_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
