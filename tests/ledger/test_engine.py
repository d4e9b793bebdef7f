"""Opening a database: what is created, and the one sentence for each that cannot be opened."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy
from sqlalchemy.exc import OperationalError, StatementError

from tracker.errors import LedgerError
from tracker.ledger import Ledger
from tracker.ledger.engine import explained, open_engine, writing

if TYPE_CHECKING:
    from pathlib import Path


def refusal(url: str, *, create: bool = True) -> str:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(url, create=create)
    return str(caught.value)


def test_a_new_sqlite_file_is_its_owners_alone_and_logs_ahead(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with Ledger.open(f"sqlite:///{path}"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_connections_keep_foreign_keys_and_wait_for_others(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}", create=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000
    engine.dispose()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}", create=True)

    def create_twice() -> None:
        with writing(engine) as connection:
            for _ in range(2):
                connection.exec_driver_sql("CREATE TABLE t (x INTEGER)")

    with pytest.raises(OperationalError):
        create_twice()
    assert sqlalchemy.inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("tracker.db", "the database URL cannot be read; write it like sqlite:///tracker.db or"),
        ("postgresql:user:secret@host", "the database URL cannot be read; write it like"),
        ("mysql://u:secret@h/d?password=secret", "the database mysql://u:***@h/d is neither SQLite nor PostgreSQL;"),
        (
            "postgresql+carrier://u:secret@h/d?x=secret",
            "the database URL postgresql+carrier://u:***@h/d names an unknown",
        ),
    ],
)
def test_an_unusable_url_is_named_without_its_password(url: str, message: str) -> None:
    found = refusal(url)
    assert found.startswith(message)
    assert "secret" not in found


def test_files_that_cannot_be_a_database_are_named(tmp_path: Path) -> None:
    missing, notes = tmp_path / "none" / "x.db", tmp_path / "notes.txt"
    notes.write_text("Two shells hit the port, and this file is no database at all.\n" * 40)
    assert refusal(f"sqlite:///{missing}") == (
        f"the database file {missing} cannot be created (No such file or directory); name a file you can write."
    )
    assert refusal(f"sqlite:///{tmp_path}") == f"{tmp_path} is a folder, not a database; name a file in it."
    assert refusal(f"sqlite:///{notes}") == (
        f"the database sqlite:///{notes} refused: file is not a database; mend that and try again."
    )


def test_a_database_that_must_exist_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "typo.db"
    message = f"there is no database at {path}; fill one with tracker ingest, or correct --db."
    assert refusal(f"sqlite:///{path}", create=False) == message
    assert not path.exists()


def test_a_database_without_its_driver_or_server_is_named_without_its_password() -> None:
    found = refusal("postgres://u:secret@127.0.0.1:1/d?application_name=secret")
    assert found.startswith("the database postgresql://u:***@127.0.0.1:1/d ")
    assert "needs a PostgreSQL driver" in found or "refused: connection failed" in found
    assert "secret" not in found


def test_what_the_database_refuses_is_one_sentence_but_our_own_mistakes_are_not_hidden(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}", create=True)
    refused = pytest.raises(LedgerError, match="refused: no such table: nowhere; mend that")
    with refused, explained("x"), engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    query = sqlalchemy.text("SELECT :day").bindparams(sqlalchemy.bindparam("day", type_=sqlalchemy.Date))
    with pytest.raises(StatementError), explained("x"), engine.connect() as connection:
        connection.execute(query, {"day": "no date"})
    engine.dispose()


def test_many_may_open_a_new_database_at_once(database_url: str) -> None:
    script = "import sys; from tracker.ledger import Ledger; Ledger.open(sys.argv[1]).close()"
    openers = [subprocess.Popen([sys.executable, "-c", script, database_url]) for _ in range(4)]
    assert [opener.wait(timeout=60) for opener in openers] == [0, 0, 0, 0]
