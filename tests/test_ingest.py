"""The daily job can be repeated, interrupted and run twice at once, and ends the same."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy

from tracker.claims import Claim, Measure
from tracker.collect import Defaults, Rejected
from tracker.errors import InputError, LedgerError
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.series import series_frame
from tracker.ingest import Summary, ingest
from tracker.ledger import Judgement, Ledger, Verdict, verify

if TYPE_CHECKING:
    from tracker.documents import Document

MORNING = datetime(2025, 3, 5, 6, tzinfo=UTC)
NEXT_DAY = datetime(2025, 3, 6, 6, tzinfo=UTC)


class NumberReader:
    """Stands in for the extractor: every number in digits is a claim."""

    def __init__(self, rules_digest: str = "rules 1", country: str | None = None, fail_on: str | None = None) -> None:
        self.rules_digest = rules_digest
        self.country = country
        self.fail_on = fail_on
        self.read: list[str] = []

    def extract(self, document: Document) -> list[Claim]:
        if document.document_id == self.fail_on:
            raise KeyboardInterrupt
        if "unreadable" in document.text:
            raise InputError("it cannot be read.")
        self.read.append(document.document_id)
        return [
            Claim(
                document_id=document.document_id,
                measure=Measure.DEATHS,
                count_min=int(match[0]),
                count_max=int(match[0]),
                count_text=match[0],
                start=match.start(),
                end=match.end(),
                country=self.country,
                quote=document.text,
                quote_start=0,
                quote_end=len(document.text),
            )
            for match in re.finditer("[0-9]+", document.text)
        ]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with three good documents and three bad ones."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "a.txt").write_text("+++\npublished = 2025-03-04\n+++\n12 died and 30 were hurt.")
    records = [
        '{"text": "7 died."}',
        "{",
        '{"text": "Nobody died.", "document_id": "none"}',
        '{"text": "unreadable 1"}',
    ]
    (folder / "b.jsonl").write_text("\n".join(records))
    (folder / "empty.txt").write_text("")
    return folder


def run(folder: Path, url: str, reader: NumberReader | None = None, now: datetime = MORNING, **options: Any) -> Summary:
    with Ledger.open(url) as ledger:
        return ingest([folder], ledger, reader or NumberReader(), now, **options)


def url_of(tmp_path: Path, name: str = "tracker") -> str:
    return f"sqlite:///{tmp_path / name}.db"


BOOKKEEPING = {"visits", "quarantine", "source_runs"}


def facts(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but those that say how the collection stands."""
    return {name: rows for name, rows in dump(url).items() if name not in BOOKKEEPING}


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        names = sqlalchemy.inspect(connection).get_table_names()
        found = {name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in names}
    engine.dispose()
    return found


def outcome(url: str) -> tuple[Any, ...]:
    """What a ledger says, whatever the order in which it was filled."""
    with Ledger.open(url) as ledger:
        assert verify(ledger) == []
        return list(ledger.readings()), list(ledger.documents()), ledger.runs(), ledger.rejected()


def test_what_is_new_is_recorded_and_what_is_bad_is_set_aside(tmp_path: Path, inputs: Path) -> None:
    summary = run(inputs, url_of(tmp_path), defaults=Defaults(published=date(2025, 1, 1)))
    assert (summary.new, summary.updated, summary.reread, summary.unchanged, summary.claims) == (3, 0, 0, 0, 3)
    assert summary.set_aside == (
        Rejected(
            str(inputs / "b.jsonl"),
            2,
            "the line is not JSON: Expecting property name enclosed in double quotes at column 2.",
        ),
        Rejected("b:4", None, "it cannot be read."),
        Rejected(str(inputs / "empty.txt"), None, "it is empty."),
    )
    assert str(summary) == "3 new documents, 0 updated, 0 unchanged; 3 claims; 3 inputs set aside"
    readings, _documents, runs, rejected = outcome(url_of(tmp_path))
    assert [(reading.published, reading.claim.count_text) for reading in readings] == [
        (date(2025, 1, 1), "7"),
        (date(2025, 3, 4), "12"),
        (date(2025, 3, 4), "30"),
    ]
    assert [(record.documents, record.claims, record.set_aside) for record in runs] == [(3, 3, 3)]
    assert len(rejected) == 3


def test_a_repeated_ingest_changes_nothing_and_extracts_nothing(tmp_path: Path, inputs: Path) -> None:
    run(inputs, url_of(tmp_path))
    before = facts(url_of(tmp_path))
    reader = NumberReader()
    summary = run(inputs, url_of(tmp_path), reader, NEXT_DAY)
    assert (summary.new, summary.unchanged, summary.claims, len(summary.set_aside)) == (0, 3, 0, 3)
    assert reader.read == []
    assert facts(url_of(tmp_path)) == before


def test_a_changed_document_is_a_new_version(tmp_path: Path, inputs: Path) -> None:
    run(inputs, url_of(tmp_path))
    (inputs / "a.txt").write_text("14 died.")
    summary = run(inputs, url_of(tmp_path), now=NEXT_DAY)
    assert (summary.new, summary.updated, summary.unchanged, summary.claims) == (0, 1, 2, 1)
    with Ledger.open(url_of(tmp_path)) as ledger:
        assert sorted(reading.claim.count_text for reading in ledger.readings()) == ["14", "7"]
        assert sorted(reading.claim.count_text for reading in ledger.readings(date(2025, 3, 5))) == ["12", "30", "7"]


def test_new_rules_read_everything_again_and_judgements_stay(tmp_path: Path, inputs: Path) -> None:
    run(inputs, url_of(tmp_path))
    with Ledger.open(url_of(tmp_path)) as ledger:
        claim_id = next(ledger.readings()).claim.claim_id
        judgement = Judgement(claim_id=claim_id, author="R. Ito", made_on=date(2025, 3, 5), verdict=Verdict.CONFIRMED)
        ledger.judge(judgement)
    summary = run(inputs, url_of(tmp_path), NumberReader("rules 2", country="BGD"), NEXT_DAY)
    assert (summary.new, summary.reread, summary.unchanged, summary.claims) == (0, 3, 0, 3)
    assert str(summary).startswith("0 new documents, 0 updated, 3 read again with other rules, 0 unchanged;")
    with Ledger.open(url_of(tmp_path)) as ledger:
        assert {reading.claim.country for reading in ledger.readings()} == {"BGD"}
        assert {reading.claim.country for reading in ledger.readings(date(2025, 3, 5))} == {None}
        assert ledger.judgements(claim_id) == [judgement]
        assert claim_id in {reading.claim.claim_id for reading in ledger.readings()}


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path, inputs: Path) -> None:
    paths = [inputs / "b.jsonl", inputs / "a.txt"]
    for name, order in (("one", paths), ("other", paths[::-1])):
        with Ledger.open(url_of(tmp_path, name)) as ledger:
            ingest(order, ledger, NumberReader(), MORNING)
    assert dump(url_of(tmp_path, "one")) == dump(url_of(tmp_path, "other"))


@pytest.mark.parametrize("killed_on", ["a", "b:1", "none"])
def test_an_interrupted_ingest_goes_on_where_it_stopped(tmp_path: Path, inputs: Path, killed_on: str) -> None:
    undisturbed, disturbed = url_of(tmp_path, "undisturbed"), url_of(tmp_path, "disturbed")
    run(inputs, undisturbed)
    with pytest.raises(KeyboardInterrupt):
        run(inputs, disturbed, NumberReader(fail_on=killed_on))
    run(inputs, disturbed)
    assert dump(disturbed) == dump(undisturbed)


def test_an_ingest_killed_within_a_transaction_leaves_no_half_document(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed, disturbed = url_of(tmp_path, "undisturbed"), url_of(tmp_path, "disturbed")
    run(inputs, undisturbed)
    with monkeypatch.context() as patched:
        patched.setattr("tracker.ledger.ledger._claim_keys", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(inputs, disturbed)
    with Ledger.open(disturbed) as ledger:
        assert (ledger.runs(), list(ledger.stored())) == ([], [])
    run(inputs, disturbed)
    assert dump(disturbed) == dump(undisturbed)


def _interrupt(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_two_at_once_end_equal_to_one(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text("\n".join(json.dumps({"text": f"{number} died, then {number + 1}."}) for number in range(150)))
    script = (
        "import sys, datetime, runpy\n"
        "from pathlib import Path\n"
        "from tracker.ingest import ingest\n"
        "from tracker.ledger import Ledger\n"
        "NumberReader = runpy.run_path(sys.argv[1])['NumberReader']\n"
        "with Ledger.open(sys.argv[3]) as ledger:\n"
        "    now = datetime.datetime(2025, 3, 5, 6, tzinfo=datetime.UTC)\n"
        "    print(ingest([Path(sys.argv[2])], ledger, NumberReader(), now).new)\n"
    )
    one, two = url_of(tmp_path, "one"), url_of(tmp_path, "two")
    run(source, one)
    command = [sys.executable, "-c", script, __file__, str(source), two]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(map(int, printed)) == 150
    assert outcome(two) == outcome(one)


def test_a_locked_database_ends_with_one_sentence_and_no_half_fact(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(inputs, url_of(tmp_path))
    before = dump(url_of(tmp_path))
    (inputs / "a.txt").write_text("14 died.")
    monkeypatch.setattr("tracker.ledger.engine._BUSY_SECONDS", 1)
    holder = sqlite3.connect(tmp_path / "tracker.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="refused: database is locked; mend that and try again"):
        run(inputs, url_of(tmp_path), now=NEXT_DAY)
    holder.execute("ROLLBACK")
    holder.close()
    assert dump(url_of(tmp_path)) == before
    assert run(inputs, url_of(tmp_path), now=NEXT_DAY).updated == 1


def test_a_full_disk_ends_with_one_sentence_and_no_half_fact(tmp_path: Path) -> None:
    """The limit on the size of files stands in for the disk."""
    source, database = tmp_path / "many.jsonl", tmp_path / "full.db"
    records = ({"text": f"{number} died." + " Nothing else is known." * 200} for number in range(150))
    source.write_text("\n".join(map(json.dumps, records)))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000));"
        "from tracker.cli import main; main()"
    )
    words = ["ingest", str(source), "--db", f"sqlite:///{database}", "--now", "2025-03-05T06:00"]
    full = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert full.returncode == 3
    [message] = full.stderr.splitlines()
    assert message.startswith(f"tracker: the database sqlite:///{database} refused: ")
    with Ledger.open(f"sqlite:///{database}") as ledger:
        assert verify(ledger) == []
        assert 0 < len(list(ledger.documents())) < 150
    again = [sys.executable, "-c", "from tracker.cli import main; main()", *words]
    subprocess.run(again, capture_output=True, check=True)
    with Ledger.open(f"sqlite:///{database}") as ledger:
        assert len(list(ledger.documents())) == 150


def test_incidents_and_series_are_the_same_on_every_database(database_url: str, tmp_path: Path, extractor: Any) -> None:
    newsroom = Path(__file__).parents[1] / "examples" / "newsroom"
    found = []
    for url in (database_url, url_of(tmp_path, "other")):
        with Ledger.open(url) as ledger:
            ingest([newsroom], ledger, extractor, MORNING)
            incidents, tolls = find_incidents(ledger.readings()), find_tolls(ledger.readings())
            found.append((incidents, tolls, series_frame(incidents, "W", "country").to_csv()))
            assert verify(ledger, extractor.read_bounds) == []
    assert found[0] == found[1]
    assert len(found[0][0]) > 20
    assert len(found[0][1]) > 2
