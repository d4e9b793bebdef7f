"""`tracker report`, from a real database to files on disk."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
import typer
from typer.testing import CliRunner

from tracker.claims import Cause, Claim, Measure
from tracker.cli import report
from tracker.documents import Document
from tracker.errors import LedgerError, UsageError
from tracker.ledger import Ledger, begin_run

TEXT = "Eight traders were shot dead in Dalori on Monday. Three others were hurt."

app = typer.Typer()
app.command()(report.report)


def claim(words: str, measure: Measure, number: int) -> Claim:
    start = TEXT.index(words)
    return Claim(
        document_id="d1", measure=measure, count_min=number, count_max=number, count_text=words,
        start=start, end=start + len(words), places=("Dalori",), country="NGA", cause=Cause.SHOOTING,
        date_start=date(2025, 5, 5), date_end=date(2025, 5, 5), quote=TEXT, quote_end=len(TEXT),
    )  # fmt: skip


@pytest.fixture(name="database")
def _database(tmp_path):
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    document = Document(document_id="d1", text=TEXT, outlet="Paper", published=date(2025, 5, 6))
    run = begin_run(started_at=datetime(2025, 5, 7, tzinfo=UTC), rules_digest="r", command="test")
    with Ledger.open(url) as ledger:
        ledger.record(run, document, [claim("Eight", Measure.DEATHS, 8), claim("Three", Measure.INJURIES, 3)])
    return url


def run(*arguments):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


def test_writes_the_fortnight_up_to_the_latest_publication(database, tmp_path):
    result = run("--db", database, "-o", str(tmp_path / "out"), "--format", "both")
    assert result.exit_code == 0, result.output
    written = result.stdout.splitlines()
    assert written[0] == str(tmp_path / "out" / "daily-2025-05-06.pdf")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {line.rsplit("/", 1)[-1] for line in written}
    words = (tmp_path / "out" / "daily-2025-05-06-1.txt").read_text()
    assert "1 incident for 23 April – 6 May 2025, with 8 deaths and 3 injuries." in words
    assert (
        (tmp_path / "out" / "daily-2025-05-06-daily.csv").read_text().splitlines()[1].startswith("2025-05-05,deaths,8")
    )


def test_window_and_day_of_knowledge_are_the_users(database, tmp_path):
    folder = str(tmp_path / "out")
    given = ("--db", database, "-o", folder, "--format", "png", "--from", "2025-05-01", "--to", "2025-05-31")
    assert run(*given, "--as-known-on", "2025-05-06").exit_code == 0
    words = (tmp_path / "out" / "daily-2025-05-31-1.txt").read_text()
    assert "hold no figure for an incident in 1–31 May 2025" in words


def test_without_any_dated_text_a_day_must_be_named(tmp_path):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Ledger.open(url).close()
    refused = run("--db", url, "-o", str(tmp_path))
    assert isinstance(refused.exception, UsageError)
    assert "--to" in str(refused.exception)
    assert run("--db", url, "-o", str(tmp_path), "--to", "2025-05-06").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("weekly",), UsageError),
        (("--from", "2025-06-01", "--to", "2025-05-01"), UsageError),
        (("--db", "sqlite:///no/such/file.db"), LedgerError),
    ],
)
def test_what_cannot_be_done_is_said(database, tmp_path, arguments, error):
    given = arguments if "--db" in arguments else (*arguments, "--db", database)
    refused = run(*given, "-o", str(tmp_path / "out"))
    assert isinstance(refused.exception, error)
    assert not (tmp_path / "out").exists()


def test_the_command_line_starts_without_drawing_or_setting_type():
    program = (
        "import sys, tracker.cli.report; print(*({'matplotlib', 'typst', 'pandas', 'sqlmodel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
