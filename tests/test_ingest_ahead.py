"""What other processes extract beforehand is recorded as if this one had done it, and they end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy

from tracker.collect import read_documents
from tracker.documents import Document
from tracker.extract.ahead import AheadExtractor
from tracker.extract.extractor import Extractor
from tracker.ingest import Summary, ingest
from tracker.ledger import Ledger
from tracker.settings import load_settings

NEWSROOM = Path(__file__).parents[1] / "examples" / "newsroom"
MORNING = datetime(2025, 3, 17, 6, tzinfo=UTC)

HOLDER = """
import time
from tracker.documents import Document
from tracker.extract.ahead import AheadExtractor
from tracker.settings import load_settings
ahead = AheadExtractor(load_settings(), 1)
document = Document(document_id="a", text="Two people were killed.")
for one in ahead.foresee(iter([document]), lambda one: one):
    ahead.extract(one)
print(*ahead._pool._processes, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def ahead() -> Iterator[AheadExtractor]:
    with AheadExtractor(load_settings(), 1) as opened:
        yield opened


def run(url: str, reader: Extractor | AheadExtractor, folder: Path) -> tuple[Summary, list[str]]:
    with Ledger.open(url) as ledger:
        summary = ingest([NEWSROOM, folder], ledger, reader, MORNING)
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        dumped = list(connection.connection.dbapi_connection.iterdump())  # type: ignore[union-attr]
    engine.dispose()
    return summary, dumped


def test_the_database_is_the_same_to_the_row(tmp_path: Path, extractor: Extractor, ahead: AheadExtractor) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "lines.jsonl").write_text('{"text": "Four died."}\n{\n{"text": "Morts", "language": "fr"}\n')
    plain, rows = run(f"sqlite:///{tmp_path / 'plain.db'}", extractor, folder)
    url = f"sqlite:///{tmp_path / 'ahead.db'}"
    assert run(url, ahead, folder) == (plain, rows)
    again, _ = run(url, ahead, folder)
    assert (again.new, again.unchanged) == (0, plain.new)


def test_items_keep_their_order_and_what_comes_before_a_fault_is_given(ahead: AheadExtractor) -> None:
    def items() -> Iterator[Document]:
        yield from read_documents(NEWSROOM)  # type: ignore[misc]
        raise OSError("the disk")

    foreseen = ahead.foresee(items(), lambda one: one)
    given = [next(foreseen).document_id for _ in read_documents(NEWSROOM)]
    assert given == [document.document_id for document in read_documents(NEWSROOM)]  # type: ignore[union-attr]
    with pytest.raises(OSError, match="the disk"):
        next(foreseen)


def test_a_process_that_is_ended_from_outside_costs_nothing(ahead: AheadExtractor, extractor: Extractor) -> None:
    documents = [one for one in read_documents(NEWSROOM) if isinstance(one, Document)]
    found = []
    for document in ahead.foresee(iter(documents), lambda one: one):
        if document is documents[3]:
            for process in ahead._pool._processes:  # type: ignore[union-attr]
                os.kill(process, signal.SIGKILL)
        found.append(ahead.extract(document))
    assert found == [extractor.extract(document) for document in documents]


def test_they_end_with_the_process_that_started_them() -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    worker = int(holder.stdout.readline())
    holder.kill()
    holder.communicate()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and not is_ended(worker):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_ended(process: int) -> bool:
    """Whether it has ended, though nobody has asked for its status yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
