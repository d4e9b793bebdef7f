"""`tracker ingest`, `status`, `quarantine` and `doctor` as a person calls them."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from tracker.cli import app
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tests.conftest import Site

PAGE = (
    "<html lang='en'><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1>"
    "<p>A ferry sank off Dhaka, Bangladesh, on Monday, killing nine people, police said.</p>"
    "<p>Rescuers pulled forty others from the water.</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("TRACKER_DB") or name == "TRACKER_SOURCES":
            monkeypatch.delenv(name)


def tracker(*words: str, status: int = 0) -> Result:
    """The result of a command, which must end with `status`; what a person would be told is in its `told`."""
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, TrackerError):
        assert result.exception.exit_status == status, result.exception
    else:
        assert result.exit_code == status, (result.output, result.exception)
    return result


def define(site: Site, more: str = "") -> None:
    told = "<title>Ferry sinks</title><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate>"
    item = f"<item>{told}<link>{site.url('/a')}</link></item>"
    site.routes |= {"/feed": f"<rss version='2.0'><channel>{item}</channel></rss>", "/a": PAGE}
    Path("sources.toml").write_text(
        f"[fetch]\ndelay = 0\nretries = 0\ncontact = 'desk'\n[[source]]\nname = 'delta'\nfeed = '{site.url('/feed')}'\n"
        f"allow_private = true\nsilent_days = 3\n{more}"
    )


def test_without_arguments_all_sources_are_ingested(site: Site) -> None:
    define(site)
    first = tracker("ingest", "--now", "2025-03-05T06:00", "--json", "--log-file", "log.jsonl")
    record = json.loads(first.stdout)
    assert (record["new"], record["unchanged"], record["claims"], record["incidents_touched"]) == (1, 0, 1, 1)
    assert (record["quarantined"], record["problems"]) == (0, {})
    assert record["seconds"] > 0
    assert first.stderr.startswith("1 new documents, 0 updated, 0 unchanged; 1 claims; 0 inputs set aside; 1 incidents")
    again = json.loads(tracker("ingest", "--now", "2025-03-06T06:00", "--json", "--quiet").stdout)
    assert (again["new"], again["unchanged"], again["incidents_touched"]) == (0, 1, 0)
    events = [json.loads(line) for line in Path("log.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events if event["event"] != "asked"] == [
        "ingest begins",
        "recorded",
        "source done",
        "ingest done",
    ]
    assert [event["status"] for event in events if event["event"] == "asked"] == [404, 200, 200]


def test_what_the_program_writes_is_its_owners_alone(site: Site) -> None:
    define(site)
    run = "import os; os.umask(0); from tracker.cli import main; main()"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for line in (
        "ingest --log-file log.jsonl",
        "export claims --output claims.csv",
        "report daily --format both --output pages",
    ):
        done = subprocess.run(
            [sys.executable, "-c", run, *line.split()], capture_output=True, text=True, env=environment
        )
        assert done.returncode == 0, done.stderr
    written = [path for path in Path().rglob("*") if path.is_file() and path.name != "sources.toml"]
    assert len(written) >= 6
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in written} == {
        path.name: "0o600" for path in written
    }


def test_without_arguments_and_sources_the_way_is_shown() -> None:
    error = tracker("ingest", status=2).exception
    assert str(error) == ("there is no sources.toml; write one (docs/sources.md shows how), or name files to read.")
    Path("sources.toml").write_text("")
    assert "defines no source" in str(tracker("ingest", status=2).exception)


def test_names_files_globs_and_addresses_may_be_mixed(site: Site) -> None:
    define(site)
    Path("b.txt").write_text("Two hikers died near Grenoble, France, on Sunday, police said.")
    Path("c.csv").write_text('text\n"Three miners were killed in Zonguldak, Turkey, on Sunday, police said."\n')
    options = ["--published", "2025-03-04", "--json", "--quiet"]
    record = json.loads(tracker("ingest", "delta", "*.txt", "c.csv", *options).stdout)
    assert (record["new"], record["claims"]) == (3, 3)
    refused = tracker("ingest", site.url("/a"), status=1)
    assert "is on this machine or a private network" in refused.stderr


def test_a_name_that_is_neither_source_nor_file_is_set_aside(site: Site) -> None:
    define(site)
    assert "set aside: dleta: it does not exist." in tracker("ingest", "dleta", status=1).stderr


def test_a_document_of_the_future_is_recorded_with_a_note() -> None:
    Path("a.jsonl").write_text(
        '{"document_id": "now", "text": "Two people died.", "published": "2025-03-06"}\n'
        '{"document_id": "then\\n", "text": "Three people died.", "published": "2052-03-05"}\n'
    )
    first = tracker("ingest", "a.jsonl", "--now", "2025-03-05T06:00", "--quiet", "--json")
    assert first.stderr == (
        "note: then\N{REPLACEMENT CHARACTER}: its publication date 2052-03-05 lies in the future, and days such as "
        '"Monday" are counted from it; correct it.\n'
    )
    record = json.loads(first.stdout)
    assert (record["new"], record["claims"], record["dated_in_the_future"]) == (2, 2, 1)
    again = tracker("ingest", "a.jsonl", "--now", "2025-03-06T06:00")
    assert again.stderr.startswith("0 new documents, 0 updated, 2 unchanged; 0 claims;")


def test_a_database_in_use_ends_with_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("Two people died.")
    tracker("ingest", "a.txt")
    monkeypatch.setattr("tracker.ledger.engine._BUSY_SECONDS", 1)
    holder = sqlite3.connect("tracker.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    refused = tracker("ingest", "a.txt", status=3)
    assert str(refused.exception).endswith("tracker.db refused: database is locked; mend that and try again.")
    holder.close()
    assert tracker("verify").output.startswith("0 faults")


def test_status_tells_how_each_source_stands(site: Site) -> None:
    define(site, "[[source]]\nname = 'never'\nfiles = 'x/*.txt'\n")
    tracker("ingest", "delta", "--now", "2025-03-05T06:00")
    tracker("ingest", "delta", "--now", "2025-03-06T06:00")
    fine, never = json.loads(tracker("status", "--now", "2025-03-07T06:00", "--json", status=1).stdout)
    assert (fine["name"], fine["documents"], fine["claims"], fine["warnings"]) == ("delta", 1, 1, [])
    assert (fine["last_succeeded"], fine["last_new"]) == ("2025-03-06 06:00:00+00:00", "2025-03-05 06:00:00+00:00")
    assert never["warnings"] == ["never ingested"]
    shown = tracker("status", "--now", "2025-03-12T06:00", status=1).stdout
    assert "silent: nothing new for 7 days; not ingested for 6 days" in shown
    site.routes["/feed"] = 500, {}, b""
    tracker("ingest", "delta", "--now", "2025-03-06T12:00", status=1)
    shown = tracker("status", "--now", "2025-03-07T06:00", status=1).stdout
    assert "failed: its host answered 500 (Internal Server Error)" in shown


def test_the_quarantine_is_listed_retried_and_dropped(site: Site) -> None:
    define(site)
    Path("bad.txt").write_bytes(b"Quer\xe9taro")
    site.routes["/a"] = 503, {}, b""
    tracker("ingest", "delta", "bad.txt", "--now", "2025-03-05T06:00", status=1)
    listed = [json.loads(line) for line in tracker("quarantine", "list", "--json").stdout.splitlines()]
    text, page = sorted(listed, key=lambda one: str(one["source"]))
    assert (text["source"], text["input"], text["reason"]) == (
        "bad.txt",
        "bad.txt",
        "it is not UTF-8; convert it to UTF-8 first.",
    )
    assert text["sha256"] == hashlib.sha256(b"Quer\xe9taro").hexdigest()
    assert (page["source"], page["input"], page["sha256"], page["attempts"]) == ("delta", site.url("/a"), None, 1)
    assert "not UTF-8" in tracker("quarantine", "list").stdout

    site.routes["/a"] = PAGE
    retried = tracker("quarantine", "retry", page["id"], "--now", "2025-03-05T08:00", "--json", "--quiet")
    assert json.loads(retried.stdout)["new"] == 1
    tracker("quarantine", "retry", "--now", "2025-03-05T09:00", status=1)
    tracker("quarantine", "drop", text["id"][:6])
    assert tracker("quarantine", "list", "--json").stdout == ""
    tracker("ingest", "bad.txt", "--now", "2025-03-06T06:00")
    Path("bad.txt").write_bytes(b"Other by\xe9tes")
    tracker("ingest", "bad.txt", "--now", "2025-03-07T06:00", status=1)
    Path("bad.txt").write_text("Nobody died.")
    tracker("ingest", "bad.txt", "--now", "2025-03-08T06:00")
    assert tracker("quarantine", "list", "--dropped", "--json").stdout == ""
    refused = tracker("quarantine", "drop", "x", status=2)
    assert "nothing in quarantine has an id that begins with 'x'" in str(refused.exception)


def test_the_doctor_looks_at_everything(site: Site) -> None:
    define(site, f"[[source]]\nname = 'down'\npage = '{site.url('/down')}'\nallow_private = true\n")
    site.routes["/down"] = 500, {}, b""
    shown = tracker("doctor", status=1).stdout
    for line in ("ok    configuration: sources.toml: 2 sources", "ok    database: there is none yet", "ok    rules: "):
        assert line in shown
    for line in (
        "ok    gazetteer: ",
        "ok    disk: ",
        "ok    source delta: answers with 1 entries",
        "FAIL  source down: ",
    ):
        assert line in shown
    assert not Path("tracker.db").exists()
    tracker("ingest", "delta", "--now", "2025-03-05T06:00")
    asked = len(site.asked)
    assert "last run that brought something was on 2025-03-05" in tracker("doctor", "--offline").stdout
    assert len(site.asked) == asked
    Path("sources.toml").write_text("x")
    Path("tracker.db").write_text("no database at all, whatever it is called\n" * 99)
    shown = tracker("doctor", status=1).stdout
    assert "FAIL  configuration: sources.toml is not TOML" in shown
    assert "FAIL  database: the database sqlite:///tracker.db refused: file is not a database" in shown


def test_the_doctor_fails_where_there_can_be_no_database() -> None:
    shown = tracker("doctor", "--offline", "--db", "sqlite:///nowhere/tracker.db", status=1).output
    assert "FAIL  database: there is none yet, and nowhere cannot be written; name a file that you can write" in shown


def test_keys_and_passwords_are_not_logged(site: Site) -> None:
    site.routes["/v2/reports?appname=hidden-key"] = 500, {}, b""
    Path("sources.toml").write_text(
        "[fetch]\nretries = 0\ndelay = 0\n[[source]]\nname = 'relief'\nallow_private = true\n"
        f"reliefweb = {{ appname = 'hidden-key', address = '{site.url('/v2/reports')}' }}\n"
    )
    result = tracker("ingest", "--log-file", "log.jsonl", "--json", status=1)
    failed = tracker("ingest", "--db", "postgresql://me:hidden-key@127.0.0.1:1/x", "--log-file", "log.jsonl", status=3)
    for text in (
        result.output,
        str(failed.exception),
        Path("log.jsonl").read_text(),
        tracker("quarantine", "list").output,
    ):
        assert "hidden-key" not in text


def test_progress_is_shown_on_a_terminal_only() -> None:
    Path("b.txt").write_text("Two hikers died near Grenoble, France, on Sunday, police said.")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm", "COLUMNS": "100"}
    code = "from tracker.cli import main; main()"
    command = [sys.executable, "-c", code, "ingest", "b.txt", "--published", "2025-03-04"]
    ours, theirs = pty.openpty()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "\x1b[" in seen
    assert "1 new" in seen
    piped = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert piped.stdout == ""
    assert piped.stderr.startswith("0 new documents, 0 updated, 1 unchanged; 0 claims; 0 inputs set aside")
    assert "\x1b" not in piped.stderr


def test_help_is_there_at_once() -> None:
    """The aim is a quarter of a second on a quiet machine; so the processor's time counts, the best of five."""
    code = "import sys; sys.argv = ['tracker', '--help']; from tracker.cli import main; main()"
    times = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[2])
        after = os.times()
        times.append(after.children_user - before.children_user + after.children_system - before.children_system)
    assert min(times) < 0.4
