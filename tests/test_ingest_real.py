"""The real command line, killed at random moments or run twice at once, leaves what one undisturbed run leaves.

This takes some twenty minutes and is not run by default: `pytest -m slow tests/test_ingest_real.py`. What is small
enough to be run always is in test_ingest_killed. Where TRACKER_PROOF_LOG names a folder, each kill is logged there as
one JSON line that says how far the ingest had come.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from tracker.extract.extractor import Extractor
from tracker.incidents import find_incidents, find_tolls
from tracker.ledger import Ledger, verify
from tracker.ledger.tables import METADATA

pytestmark = pytest.mark.slow

NEWSROOM = Path(__file__).parents[1] / "examples" / "newsroom"
COMMAND = [sys.executable, "-c", "from tracker.cli import main; main()", "ingest", "--now", "2025-03-17T06:00"]
_REFERENCES = {"document_key": "documents", "claim_key": "claims", "document_run_key": "document_runs"}


def start(words: list[str], url: str) -> subprocess.Popen[str]:
    """An ingest by the command line, in a process group of its own so that all of it can be killed."""
    return subprocess.Popen(
        [*COMMAND, *words, "--db", url],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> int:
    """Its exit status; what it said where that is not one of those of an ingest that went well."""
    said = process.communicate(timeout=600)[1]
    assert process.returncode in (0, 1, -signal.SIGKILL), said
    return process.returncode


def whole_state(url: str, extractor: Extractor) -> dict[str, Any]:
    """All rows of all tables, their keys to each other replaced by what they point to; and what follows from them."""
    with Ledger.open(url, create=False) as ledger:
        assert verify(ledger, extractor.read_bounds) == []
        readings = list(ledger.readings())
        followed = {"incidents": find_incidents(readings), "tolls": find_tolls(readings)}
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        tables = {name: list(connection.execute(table.select()).mappings()) for name, table in METADATA.tables.items()}
    engine.dispose()
    rows = {name: {row.get("id", at): dict(row) for at, row in enumerate(found)} for name, found in tables.items()}
    return followed | {
        name: sorted(repr(_without_keys(row, rows)) for row in found.values()) for name, found in rows.items()
    }


def _without_keys(row: dict[str, Any], rows: dict[str, dict[Any, dict[str, Any]]]) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if name != "id"}
    for name, table in _REFERENCES.items():
        if name in plain:
            plain[name] = _without_keys(rows[table][plain[name]], rows)
    return plain


def require_equal(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Fails with the names of what differs, rather than with all of it."""
    assert found.keys() == wanted.keys()
    for name, rows in wanted.items():
        lost, added = (
            [row for row in one if row not in other] for one, other in ((rows, found[name]), (found[name], rows))
        )
        assert (name, lost[:3], added[:3]) == (name, [], [])
        assert (name, len(found[name])) == (name, len(rows))


def how_far(url: str) -> dict[str, int] | None:
    """The rows of each table as a kill has left them; None before there are tables."""
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            if not sqlalchemy.inspect(connection).get_table_names():
                return None
            counted = ("documents", "claims", "sketches", "copies", "quarantine", "source_runs")
            query = "SELECT count(*) FROM {}"
            return {name: connection.execute(sqlalchemy.text(query.format(name))).scalar_one() for name in counted}
    finally:
        engine.dispose()


STAGES = ("no tables", "no documents", "some documents", "all documents", "all compared")


def stage(far: dict[str, int] | None, wanted: int) -> str:
    """How far the ingests of a database had come when they were killed, by what is there."""
    if far is None:
        return STAGES[0]
    if far["documents"] < wanted:
        return STAGES[2] if far["documents"] else STAGES[1]
    return STAGES[3] if far["sketches"] < wanted else STAGES[4]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The example newsroom, and files in which something is wrong, which end in quarantine."""
    folder = tmp_path_factory.mktemp("broken")
    slide = "A landslide killed 12 people on Monday when it buried a row of houses below the quarry, rescuers said."
    texts = [slide, slide.replace("rescuers", "the rescuers"), ""]
    (folder / "dump.jsonl").write_text("\n".join(["{", *(json.dumps({"text": text}) for text in texts)]))
    (folder / "rows.csv").write_text('text\n"a","b"\n"Two miners died in the shaft."\n')
    return [str(NEWSROOM), str(folder)]


@dataclass(frozen=True)
class Undisturbed:
    """What one run leaves that nobody disturbs: on SQLite, and so it must be on every database."""

    state: dict[str, Any]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(inputs: list[str], tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Undisturbed:
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'tracker.db'}"
    began = time.monotonic()
    assert finish(start(inputs, url)) == 1
    seconds = time.monotonic() - began
    state = whole_state(url, extractor)
    assert len(state["documents"]) > 40
    assert (len(state["copies"]), len(state["quarantine"])) == (1, 3)
    return Undisturbed(state, seconds)


MakeDatabase = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeDatabase]:
    """Gives the URL of an empty database at each call."""
    numbers = itertools.count(1)
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"
        return
    engine = sqlalchemy.create_engine(request.getfixturevalue("postgres_url"))
    made: list[str] = []

    def make() -> str:
        schema = f"tracker_real_{os.getpid()}_{next(numbers)}"
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        made.append(schema)
        url = engine.url.update_query_dict({"options": f"-csearch_path={schema}"})
        return url.render_as_string(hide_password=False)

    yield make
    for schema in made:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


def kill_often(
    kills: int, new_database: MakeDatabase, inputs: list[str], undisturbed: Undisturbed, extractor: Extractor
) -> Counter[str]:
    """Kills ingests until there were so many kills: each database goes on being used until a run gets through.

    Every third database is filled by several processes. How often each part of an ingest was hit.
    """
    chance = random.Random(6)
    hit: Counter[str] = Counter()
    for cycle in itertools.count(1):
        url = new_database()
        for earlier in itertools.count():
            # Longer each time, so that a machine which is slow by now gets through as well; in the end undisturbed.
            after = chance.uniform(0, undisturbed.seconds * 1.1**earlier) if hit.total() < kills else 600
            process = start([*inputs, "--jobs", "1" if cycle % 3 else "2"], url)
            try:
                process.wait(after)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
            if finish(process) != -signal.SIGKILL:
                break
            far = how_far(url)
            at = stage(far, len(undisturbed.state["documents"]))
            hit[at] += 1
            write_log(kill=hit.total(), cycle=cycle, after=round(after, 3), stage=at, rows=far, url=url.split(":")[0])
        require_equal(whole_state(url, extractor), undisturbed.state)
        if hit.total() >= kills:
            write_log(cycles=cycle, hit=dict(hit), url=url.split(":")[0])
            return hit
    raise AssertionError


def write_log(**entry: object) -> None:
    folder = os.environ.get("TRACKER_PROOF_LOG")
    if folder:
        with Path(folder, "kills.jsonl").open("a") as stream:
            stream.write(json.dumps(entry) + "\n")


def test_two_hundred_killed_ingests(
    new_database: MakeDatabase, inputs: list[str], undisturbed: Undisturbed, extractor: Extractor
) -> None:
    hit = kill_often(200, new_database, inputs, undisturbed, extractor)
    assert hit.total() >= 200
    assert hit.keys() >= set(STAGES[:3])
    assert hit.keys() & set(STAGES[3:])  # two short moments


def dump_of(folder: Path, documents: int) -> str:
    """A file of so many reports, of which every tenth is taken over from the one before, and some are broken."""
    lines = []
    for number in range(documents):
        event = number - (number % 10 == 9)
        day = date(2024, 1, 1) + timedelta(days=event % 400)
        text = (
            f"At least {event % 37 + 2} people were killed and {event % 11 + 3} injured on Monday when bus {event} "
            f"fell into a ravine near the village of kilometre {event}, police said. Rescuers searched the river below "
            f"the road until night for {event % 5 + 2} missing passengers."
        )
        text += " The road was closed." if event != number else ""
        lines.append(json.dumps({"document_id": f"report/{number}", "text": text, "published": day.isoformat()}))
        if number % 100 == 50:
            lines.append('{"text": "broken"')
    path = folder / "reports.jsonl"
    path.write_text("\n".join(lines))
    return str(path)


def test_two_at_once_are_as_one(new_database: MakeDatabase, tmp_path: Path, extractor: Extractor) -> None:
    documents = 2000
    source = dump_of(tmp_path, documents)
    alone = f"sqlite:///{tmp_path / 'alone.db'}"
    assert finish(start([source], alone)) == 1
    url = new_database()
    both = [start([source], url) for _ in range(2)]
    assert [finish(process) for process in both] == [1, 1]
    wanted = whole_state(alone, extractor)
    assert len(wanted["documents"]) == documents
    assert len(wanted["copies"]) >= documents // 10
    require_equal(whole_state(url, extractor), wanted)
