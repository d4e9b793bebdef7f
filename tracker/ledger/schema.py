"""The database's schema, brought up to date by the migrations that travel inside the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from tracker.errors import LedgerError
from tracker.ledger.engine import writing

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "tracker_schema"
HEAD = "0005"
"""The newest migration: a database that has it needs no look at the others."""


def migrate(engine: Engine, name: str) -> None:
    """Applies the migrations that the database lacks; LedgerError where it is not ours or newer than this program."""
    with engine.connect() as connection:
        if _stored_version(connection) == HEAD:
            return
    with writing(engine) as connection:
        version = _stored_version(connection)  # again, now that nobody else can migrate
        if version == HEAD:
            return
        if version is None and inspect(connection).get_table_names():
            raise LedgerError(f"the database {name} holds tables of another program; give tracker one of its own.")
        from alembic import command
        from alembic.script import ScriptDirectory

        config = alembic_config(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if version is not None and version not in known:
            raise LedgerError(
                f"the database {name} was written by a newer tracker (schema {version}); upgrade tracker."
            )
        command.upgrade(config, "head")


def alembic_config(connection: Connection) -> Config:
    """What Alembic needs to know, without an ini file: where the migrations are, and the open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _stored_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
