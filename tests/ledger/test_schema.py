"""The migrations make the tables that the program declares, and a database that is not ours is left alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tracker.errors import LedgerError
from tracker.judgements import Judgement, Verdict
from tracker.ledger import Ledger
from tracker.ledger.schema import HEAD, VERSION_TABLE, alembic_config
from tracker.ledger.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def connection(database_url: str) -> Iterator[sqlalchemy.Connection]:
    engine = sqlalchemy.create_engine(database_url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_the_migrations_agree_with_the_tables(database_url: str, connection: sqlalchemy.Connection) -> None:
    Ledger.open(database_url).close()
    options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
    assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_the_head_is_the_newest_migration(connection: sqlalchemy.Connection) -> None:
    assert ScriptDirectory.from_config(alembic_config(connection)).get_current_head() == HEAD


def test_a_database_of_another_program_is_left_alone(database_url: str, connection: sqlalchemy.Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE bookmarks (x INTEGER)")
    connection.commit()
    with pytest.raises(LedgerError, match="holds tables of another program; give tracker one of its own"):
        Ledger.open(database_url)
    assert sqlalchemy.inspect(connection).get_table_names() == ["bookmarks"]


def test_a_database_of_a_newer_program_is_left_alone(database_url: str, connection: sqlalchemy.Connection) -> None:
    Ledger.open(database_url).close()
    connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.commit()
    with pytest.raises(LedgerError, match=r"written by a newer tracker \(schema 9999\); upgrade tracker"):
        Ledger.open(database_url)


def test_opening_again_changes_nothing(database_url: str, connection: sqlalchemy.Connection) -> None:
    for _ in range(2):
        Ledger.open(database_url).close()
    assert connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").all() == [(HEAD,)]


def test_a_database_of_the_first_version_is_brought_up_to_date_with_what_it_holds(
    database_url: str, connection: sqlalchemy.Connection
) -> None:
    with connection.begin():
        command.upgrade(alembic_config(connection), "0001")
        connection.exec_driver_sql(
            "INSERT INTO judgements (judgement_id, claim_id, author, made_on, verdict, reason) "
            "VALUES ('j', 'c', 'R. Ito', '2025-03-05', 'confirmed', '')"
        )
    with Ledger.open(database_url) as ledger:
        assert ledger.judgements() == [
            Judgement(claim_id="c", author="R. Ito", made_on=date(2025, 3, 5), verdict=Verdict.CONFIRMED)
        ]
    assert connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").all() == [(HEAD,)]


def test_claims_of_the_second_version_have_no_perpetrator(database_url: str, connection: sqlalchemy.Connection) -> None:
    with connection.begin():
        command.upgrade(alembic_config(connection), "0002")
    before = {column["name"] for column in sqlalchemy.inspect(connection).get_columns("claims")}
    connection.commit()
    Ledger.open(database_url).close()
    after = {column["name"] for column in sqlalchemy.inspect(connection).get_columns("claims")}
    assert after - before == {"perpetrator_text", "perpetrator_status"}
