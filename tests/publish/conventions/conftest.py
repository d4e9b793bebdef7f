"""What the tests of conventions share: rows by column name, and the account of the example newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tracker.cli import app
from tracker.incidents import Account, draw_up
from tracker.ledger import Ledger
from tracker.publish.tables.conventions.losses import Entry, Kept, Loss
from tracker.publish.tables.conventions.writing import Choices, convention_of, convert

Told = tuple[list[dict[str, Any]], list[Loss]]
Tell = Callable[..., Told]

ROOT = Path(__file__).parents[3]


def tell(name: str, *readings: Any, **choices: Any) -> Told:
    """The rows by column name, without their empty cells, and the losses that readings make in one layout."""
    return split(name, convert(name, Account(readings), Choices(**choices)))


def split(name: str, entries: Iterator[Entry]) -> Told:
    """Rows by column name, without their empty cells, and losses."""
    columns = convention_of(name).column_names
    rows: list[dict[str, Any]] = []
    losses: list[Loss] = []
    for entry in entries:
        if isinstance(entry, Kept):
            rows.append({n: cell for n, cell in zip(columns, entry.row, strict=True) if cell is not None})
        else:
            losses.append(entry)
    return rows, losses


@pytest.fixture(name="tell", scope="session")
def _tell() -> Tell:
    return tell


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> tuple[Account, dict[str, datetime]]:
    """The account of the example newsroom, and when its claims were read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('newsroom') / 'tracker.db'}"
    words = ["ingest", str(ROOT / "examples" / "newsroom"), "--db", url, "--now", "2025-03-17T06:00", "--quiet"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    with Ledger.open(url, create=False) as ledger:
        return draw_up(ledger), ledger.read_at()
