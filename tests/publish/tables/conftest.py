"""Ledgers to export from: one of a few sentences, and that of the example newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracker.cli import app
from tracker.documents import Document
from tracker.ledger import Ledger, begin_run
from tracker.publish.tables.holdings import Holdings, Question
from tracker.readings import Reading

ROOT = Path(__file__).parents[3]

Shelve = Callable[..., Ledger]


@pytest.fixture
def shelve(tmp_path: Path) -> Iterator[Shelve]:
    """Makes a ledger of readings of whole sentences, each sentence a document read on the day given."""
    opened: list[Ledger] = []

    def record(readings: Iterable[Reading], day: date = date(2025, 3, 20)) -> Ledger:
        if not opened:
            opened.append(Ledger.open(f"sqlite:///{tmp_path / 'tracker.db'}"))
        moment = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        run = begin_run(started_at=moment, rules_digest="ab" * 32, command="test")
        for document_id, own in groupby(readings, key=lambda reading: reading.claim.document_id):
            told = list(own)
            first = told[0]
            document = Document(
                document_id=document_id,
                text=first.claim.quote,
                published=first.published,
                outlet=first.outlet,
                title=first.title,
                url=first.url,
            )
            opened[0].record(run, document, [reading.claim for reading in told])
        return opened[0]

    yield record
    for ledger in opened:
        ledger.close()


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a ledger that holds the example newsroom."""
    url = f"sqlite:///{tmp_path_factory.mktemp('newsroom') / 'tracker.db'}"
    words = ["ingest", str(ROOT / "examples" / "newsroom"), "--db", url, "--now", "2025-03-17T06:00"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return url


@pytest.fixture
def holdings(newsroom: str) -> Iterator[Holdings]:
    """All that the newsroom's ledger holds."""
    with Ledger.open(newsroom) as ledger, ledger.snapshot():
        yield Holdings(ledger, Question())
