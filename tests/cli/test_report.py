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
from tracker.incidents import draw_up
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


def test_writes_the_week_up_to_the_latest_publication(database, tmp_path):
    result = run("--db", database, "-o", str(tmp_path / "out"), "--format", "both")
    assert result.exit_code == 0, result.output
    written = result.stdout.splitlines()
    assert written[0] == str(tmp_path / "out" / "daily-2025-05-06.pdf")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {line.rsplit("/", 1)[-1] for line in written}
    words = (tmp_path / "out" / "daily-2025-05-06-1.txt").read_text()
    assert "1 incident for 30 April – 6 May 2025, with 8 deaths and 3 injuries." in words
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
        (("monthly",), UsageError),
        (("incident",), UsageError),
        (("incident", "--incident", "nothing"), UsageError),
        (("toll",), UsageError),
        (("toll", "--claimant", "nobody"), UsageError),
        (("--claimant", "nobody"), UsageError),
        (("weekly", "--area", "Atlantis"), UsageError),
        (("--since", "no-run"), UsageError),
        (("-o", "out/day.pdf", "--format", "png"), UsageError),
        (("--from", "2025-06-01", "--to", "2025-05-01"), UsageError),
        (("--db", "sqlite:///no/such/file.db"), LedgerError),
    ],
)
def test_what_cannot_be_done_is_said(database, tmp_path, arguments, error):
    given = arguments if "--db" in arguments else (*arguments, "--db", database)
    refused = run(*given, *(() if "-o" in arguments else ("-o", str(tmp_path / "out"))))
    assert isinstance(refused.exception, error)
    assert not (tmp_path / "out").exists()


def test_a_file_may_be_named_and_tables_stand_beside_it(database, tmp_path):
    result = run("--db", database, "-o", str(tmp_path / "out" / "morning.pdf"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "morning.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "out" / "morning-incidents.csv").is_file()


def test_an_area_is_a_code_or_a_name_and_a_measure_narrows(database, tmp_path):
    for area in ("NGA", "nigeria", "dalori"):
        folder = tmp_path / area
        given = ("--db", database, "-o", str(folder), "--format", "png", "--area", area, "--measure", "injuries")
        assert run(*given).exit_code == 0
        words = (folder / "daily-2025-05-06-1.txt").read_text()
        assert "1 incident for 30 April – 6 May 2025, with 3 injuries." in words
    assert run("--db", database, "-o", str(tmp_path / "chad"), "--format", "png", "--area", "TCD").exit_code == 0
    assert "hold no figure for an incident" in (tmp_path / "chad" / "daily-2025-05-06-1.txt").read_text()


def test_a_dossier_is_written_by_the_beginning_of_an_id(database, tmp_path):
    with Ledger.open(database) as ledger:
        (incident,) = draw_up(ledger).incidents
    given = (
        "incident",
        "--db",
        database,
        "-o",
        str(tmp_path),
        "--format",
        "png",
        "--incident",
        incident.incident_id[:6],
    )
    assert run(*given).exit_code == 0
    words = (tmp_path / f"incident-{incident.incident_id}-2025-05-06-1.txt").read_text()
    assert f"Incident: {incident.incident_id}." in words
    assert "deaths 8, best figure. “Eight traders were shot dead" in words


def test_what_is_unknown_is_named_with_what_is_near(database, tmp_path):
    refused = run("--db", database, "-o", str(tmp_path), "--area", "Dalorie")
    assert "near it: Dalori" in str(refused.exception)
    refused = run("incident", "--db", database, "-o", str(tmp_path), "--area", "NGA")
    assert "cannot follow --area" in str(refused.exception)


def test_the_command_line_starts_without_drawing_or_setting_type():
    program = (
        "import sys, tracker.cli.report; print(*({'matplotlib', 'typst', 'pandas', 'sqlmodel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
