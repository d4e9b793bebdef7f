"""An ingest that is killed at any moment and started again ends as one that was left in peace."""

from __future__ import annotations

import json
import random
import runpy
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tracker.ledger import Ledger, verify

if TYPE_CHECKING:
    from tests.conftest import Site

NETWORK = runpy.run_path(str(Path(__file__).with_name("test_ingest_network.py")))

SCRIPT = """
import os, signal, sys, datetime, runpy, sqlalchemy
from pathlib import Path
from tracker.collect import load_sources
from tracker.collect.sources import Manners
from tracker.ingest import ingest
from tracker.ledger import Ledger
import trafilatura, feedparser, requests

_, reader, sources, url, statements = sys.argv
NumberReader = runpy.run_path(reader)["NumberReader"]
left = int(statements)

def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

if left:
    for event in ("before_cursor_execute", "commit"):
        sqlalchemy.event.listen(sqlalchemy.Engine, event, count)
now = datetime.datetime(2025, 3, 5, 6, tzinfo=datetime.UTC)
definition = load_sources(Path(sources))
print("ready", flush=True)
with Ledger.open(url) as ledger:
    ingest(definition.sources, ledger, NumberReader(), now, manners=definition.manners)
"""


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> Path:
    """A definition with all kinds of sources, and all kinds of things wrong with them."""
    names = [f"page{number}" for number in range(12)]
    site.routes["/feed"] = NETWORK["Versioned"](NETWORK["feed"](site, *names))
    for number, name in enumerate(names):
        site.routes[f"/{name}"] = NETWORK["Versioned"](NETWORK["page"](number + 20))
    site.routes["/own"] = NETWORK["feed"](site, *(f"own{number}" for number in range(4)))
    site.routes["/page3"] = 503, {}, b""
    site.routes["/page5"] = "<html><body></body></html>"
    site.routes["/page7"] = NETWORK["page"](1).replace("many", "break the reader")
    site.routes["/down"] = 500, {}, b""
    lines = [json.dumps({"text": f"{number} died, then {number + 1}."}) for number in range(20)]
    (tmp_path / "dump.jsonl").write_text("\n".join([*lines[:10], "{", *lines[10:]]))
    (tmp_path / "rows.csv").write_text('text\n"41 died."\n"a","b"\n"42 died."\n')
    path = tmp_path / "sources.toml"
    options = "allow_private = true\nrobots = false"
    path.write_text(
        f"[fetch]\ndelay = 0\nretries = 0\n[[source]]\nname = 'down'\nfeed = '{site.url('/down')}'\n{options}\n"
        f"[[source]]\nname = 'delta'\nfeed = '{site.url('/feed')}'\n{options}\n"
        f"[[source]]\nname = 'dump'\nfiles = ['dump.jsonl', '*.csv']\n"
        f"[[source]]\nname = 'own'\nfeed = '{site.url('/own')}'\nfollow = false\n{options}\n"
    )
    return path


def start(sources: Path, url: str, statements: int = 0) -> subprocess.Popen[str]:
    reader = str(Path(__file__).with_name("test_ingest_network.py"))
    command = [sys.executable, "-c", SCRIPT, reader, str(sources), url, str(statements)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=120)
    return process.returncode


def state(url: str) -> dict[str, Any]:
    """All that a ledger holds, but for the numbers by which its rows refer to each other."""
    since = datetime(1970, 1, 1, tzinfo=UTC)
    with Ledger.open(url) as ledger:
        assert verify(ledger) == []
        origins = ("down", "delta", "dump", "own")
        stored = [
            (document["document_id"], document["version_digest"], [row["content_digest"] for row in rows], len(current))
            for document, rows, current in ledger.stored()
        ]
        return {
            "stored": stored,
            "readings": list(ledger.readings()),
            "runs": ledger.runs(),
            "rejected": ledger.rejected(),
            "quarantine": [(one, one.rejected.sha256, one.rejected.visit) for one in ledger.collection.quarantined()],
            "source_runs": ledger.collection.source_runs(),
            "visits": [ledger.collection.visits(origin, since) for origin in origins],
        }


@pytest.fixture
def undisturbed(sources: Path, tmp_path: Path) -> dict[str, Any]:
    """The state after one run that nobody killed; as it must be, whatever the database."""
    url = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    assert finish(start(sources, url)) == 0
    found = state(url)
    assert (len(found["stored"]), len(found["quarantine"])) == (9 + 22 + 4, 6)
    return found


def test_killed_between_any_two_statements(database_url: str, sources: Path, undisturbed: dict[str, Any]) -> None:
    chance = random.Random(1)
    killed = 0
    for attempt in range(1, 40):
        status = finish(start(sources, database_url, chance.randint(1, 90 * attempt)))
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed += 1
    else:
        assert finish(start(sources, database_url)) == 0
    assert killed >= 3
    assert state(database_url) == undisturbed


def test_killed_at_any_moment(database_url: str, sources: Path, undisturbed: dict[str, Any]) -> None:
    """Two hundred times by the real command line: test_ingest_real."""
    chance = random.Random(4)
    killed = 0
    for attempt in range(1, 8):
        process = start(sources, database_url)
        time.sleep(chance.uniform(0, 0.1 * attempt))
        process.kill()
        killed += finish(process) == -signal.SIGKILL
    assert finish(start(sources, database_url)) == 0
    assert killed >= 3
    assert state(database_url) == undisturbed


def test_two_at_once_end_equal_to_one(database_url: str, sources: Path, undisturbed: dict[str, Any]) -> None:
    """But for what each run's own account says: both met what one of them found first."""
    both = [start(sources, database_url) for _ in range(2)]
    assert [finish(process) for process in both] == [0, 0]
    found = state(database_url)
    assert found.pop("source_runs") is not None
    assert found == {name: value for name, value in undisturbed.items() if name != "source_runs"}
