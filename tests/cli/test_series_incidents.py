"""The commands that print what a database amounts to, from a real database to the words on the screen."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
import typer
from typer.testing import CliRunner

from tracker.claims import Cause, Claim, Measure
from tracker.cli import incidents, series
from tracker.documents import Document
from tracker.errors import LedgerError, UsageError
from tracker.ledger import Ledger, begin_run

TEXT = "Eight traders were shot dead in Dalori on Monday. Three others were hurt."

app = typer.Typer()
app.command()(series.series)
app.add_typer(incidents.app, name="incidents")


def claim(words, measure, number):
    start = TEXT.index(words)
    return Claim(
        document_id="d1",
        measure=measure,
        count_min=number,
        count_max=number,
        count_text=words,
        start=start,
        end=start + len(words),
        places=("Dalori",),
        country="NGA",
        date_start=date(2025, 5, 5),
        date_end=date(2025, 5, 5),
        cause=Cause.SHOOTING,
        quote=TEXT,
        quote_end=len(TEXT),
    )


@pytest.fixture(name="database")
def _database(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    document = Document(document_id="d1", text=TEXT, outlet="Paper", published=date(2025, 5, 6))
    run = begin_run(started_at=datetime(2025, 5, 7, tzinfo=UTC), rules_digest="r", command="test")
    with Ledger.open(url) as ledger:
        ledger.record(run, document, [claim("Eight", Measure.DEATHS, 8), claim("Three", Measure.INJURIES, 3)])
    monkeypatch.setenv("TRACKER_DB", url)
    return url


def run(*arguments):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


@pytest.mark.parametrize("arguments", [("incidents", "list", "--as-known-on", "June"), ("series", "--by", "year")])
def test_wrong_usage_is_status_2(database, arguments):
    assert run(*arguments).exit_code == 2


def test_what_cannot_be_read_is_a_narrow_error(database, tmp_path):
    assert isinstance(run("series", "--db", f"sqlite:///{tmp_path / 'none.db'}").exception, LedgerError)


def test_series_as_table_and_csv(database):
    lines = run("series").stdout.splitlines()
    assert lines[0].split() == ["date", "measure", "area", "low", "best", "high", "origins", "claims", "basis", "late"]
    assert lines[1].split() == ["2025-05-05", "deaths", "NGA", "8", "8", "8", "1", "1", "event", "0"]
    monthly = run("series", "--by", "month", "--area", "place", "--format", "csv").stdout.splitlines()
    assert monthly[1] == "2025-05-01,deaths,NGA/Dalori,8,8,8,1,1,event,0"


def test_incidents_are_listed_and_shown(database):
    lines = run("incidents", "list").stdout.splitlines()
    assert [line.split()[6:10] for line in lines[1:]] == [["deaths", "8", "8", "8"], ["injuries", "3", "3", "3"]]
    shown = run("incidents", "show", lines[1][:6]).stdout
    assert "'Eight' stated, stands; origin: Paper" in shown
    assert TEXT in shown


def test_an_unknown_incident_is_refused_with_advice(database):
    failure = run("incidents", "show", "zz").exception
    assert isinstance(failure, UsageError)
    assert "tracker incidents list" in str(failure)


def test_the_commands_are_imported_without_pandas():
    code = (
        "import sys, tracker.cli.series, tracker.cli.incidents, tracker.incidents; "
        "sys.exit(sum(name in sys.modules for name in ('pandas', 'sqlalchemy', 'matplotlib')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
