"""`tracker export` from a real database to files and words on the screen; every refusal is one sentence."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tracker.claims import Cause, Claim, Measure
from tracker.cli import export
from tracker.documents import Document
from tracker.errors import UsageError
from tracker.ledger import Ledger, begin_run
from tracker.publish.tables.conventions.convention import NAMES

TEXT = "Eight traders were shot dead in Dalori on Monday. Three others were hurt."

app = typer.Typer()
app.command()(export.export)


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
        admin1="Borno",
        date_start=date(2025, 5, 5),
        date_end=date(2025, 5, 5),
        cause=Cause.SHOOTING,
        quote=TEXT,
        quote_end=len(TEXT),
        rule_id="frame.passive",
    )


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    document = Document(document_id="d1", text=TEXT, outlet="Paper", published=date(2025, 5, 6))
    run = begin_run(started_at=datetime(2025, 5, 7, tzinfo=UTC), rules_digest="r", command="test")
    with Ledger.open(url) as ledger:
        ledger.record(run, document, [claim("Eight", Measure.DEATHS, 8), claim("Three", Measure.INJURIES, 3)])
    monkeypatch.setenv("TRACKER_DB", url)
    return url


def run(*arguments):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("claims", 2), ("incidents", 2), ("incident_claims", 2), ("series", 2), ("tolls", 0), ("revisions", 0),
        ("documents", 1), ("judgements", 0), ("runs", 1),
    ],
)  # fmt: skip
def test_every_table_goes_to_standard_output(database, kind, rows):
    result = run(kind, "--db", database)
    assert result.exit_code == 0
    assert len(list(csv.reader(io.StringIO(result.stdout)))) == rows + 1


def test_a_file_has_its_dictionary_beside_it(tmp_path):
    result = run("claims", "-o", str(tmp_path / "c.csv"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 rows" in result.stderr
    assert (tmp_path / "c.dictionary.csv").exists()
    assert (tmp_path / "c.csv").read_bytes() == run("claims").stdout_bytes


def test_as_known_before_anything_was_known():
    assert len(run("claims", "--as-known-on", "2025-05-06").stdout.splitlines()) == 1
    assert len(run("claims", "--as-known-on", "2025-05-07").stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (("--measure", "deaths"), 1),
        (("--measure", "deaths", "--measure", "injuries"), 2),
        (("--area", "NGA"), 2),
        (("--area", "nga/borno/Dalori"), 2),
        (("--area", "NGA/Kano"), 0),
        (("--country", "NGA", "--place", "dalori"), 2),
        (("--cause", "shooting", "--from", "2025-05-05", "--to", "2025-05-05"), 2),
        (("--from", "2025-05-06"), 0),
    ],
)
def test_claims_incidents_and_series_are_chosen_by_the_same_options(options, rows):
    for kind in ("claims", "incidents", "series"):
        assert len(run(kind, *options).stdout.splitlines()) == rows + 1, kind


def test_the_series_is_cut_as_tracker_series_cuts_it():
    monthly = run("series", "--by", "month", "--area", "place").stdout.splitlines()
    assert monthly[1] == "2025-05-01,deaths,NGA/Borno/Dalori,8,8,8,1,1,event,0"


def test_for_excel_there_is_a_byte_order_mark():
    assert run("series", "--excel").stdout_bytes.startswith(b"\xef\xbb\xbfdate,")


def test_texts_are_given_where_they_are_asked_for():
    assert TEXT not in run("documents").stdout
    assert TEXT in run("documents", "--with-text").stdout


def test_parquet_is_written_to_a_file(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("claims", "--parquet", "-o", str(tmp_path / "c.parquet")).exit_code == 0
    assert parquet.read_table(tmp_path / "c.parquet").column("count_min").to_pylist() == [8, 3]


def test_a_package_holds_all_tables(tmp_path):
    result = run("package", "-o", str(tmp_path / "p"), "--licence", "CC0-1.0")
    assert (result.exit_code, result.stderr.split(": ")[-1]) == (0, "10 rows\n")
    assert json.loads((tmp_path / "p" / "datapackage.json").read_text())["licenses"] == [{"name": "CC0-1.0"}]


def test_the_codebook_needs_no_database(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", f"sqlite:///{tmp_path / 'none.db'}")
    page = run("codebook").stdout
    assert page == (Path(__file__).parents[2] / "docs" / "codebook.md").read_text("utf-8")
    assert run("codebook", "-o", str(tmp_path / "c.csv")).exit_code == 0
    assert (tmp_path / "c.csv").read_text().startswith("table,column,type,unit,meaning")
    assert not (tmp_path / "none.db").exists()


def test_a_sum_has_a_line_for_each_measure_or_a_file(tmp_path):
    header, *lines = [line.split() for line in run("incidents", "--sum").stdout.splitlines()]
    assert " ".join(header) == "measure low best high incidents origins without_best open denied left_out"
    assert [" ".join(line) for line in lines] == ["deaths 8 8 8 1 1 0 0 0 0", "injuries 3 3 3 1 1 0 0 0 0"]
    assert run("series", "--sum", "--measure", "deaths", "-o", str(tmp_path / "s.csv")).exit_code == 0
    assert (tmp_path / "s.csv").read_text().splitlines()[1] == "deaths,8,8,8,1,1,0,0,0,0"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("claims", "--sum"), "claims are not added"),
        (("tolls", "--sum"), "values of running totals are not added, neither to each other nor to incidents"),
        (("incidents", "--sum", "--measure", "deaths", "--measure", "injuries"), "deaths and injuries are not added"),
        (("incidents", "--countable"), "--countable belongs to --sum"),
        (("incidents", "--sum", "--parquet"), "a sum is a few lines of text"),
        (("claims", "--by", "week"), "--by says nothing of claims"),
        (("claims", "--with-text"), "--with-text says nothing of claims"),
        (("claims", "--licence", "x"), "--licence says nothing of claims"),
        (("package", "--excel", "-o", "p"), "--excel says nothing of package"),
        (("claims", "--excel", "--parquet"), "leave out either --excel or --parquet"),
        (("claims", "--parquet"), "a Parquet file is not written to standard output; name a file with -o"),
        (("package",), "a package is several files; name a folder or a .zip file with -o"),
        (("package", "--country", "NGA", "-o", "p"), "a package is whole"),
        (("codebook", "-o", "c.pdf"), "c.pdf is neither a page nor a table; name a file that ends in .md or .csv"),
        (("claims", "--area", "Gaza"), "--area 'Gaza' is no area; write it as the column area does"),
        (("claims", "--area", "admin1"), "--area admin1 says what a row of the series stands for"),
        (("claims", "--area", "NGA", "--country", "NGA"), "name the area in one way"),
        (("documents", "--measure", "deaths"), "--measure cannot choose among documents"),
        (("claims", "--from", "2025-05-06", "--to", "2025-05-05"), "--from 2025-05-06 is later than --to 2025-05-05"),
        (("ucdp", "--country", "NGA"), "a layout holds all incidents and totals; leave the filters out"),
        (("claims", "--names"), "--names says nothing of claims"),
        (("claims", "-o", "no/c.csv"), "cannot be written (no such file or directory); name another file with -o"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words, refusal):
    failure = run(*words).exception
    assert isinstance(failure, UsageError)
    assert refusal in str(failure)
    assert str(failure).endswith(".")
    assert "\n" not in str(failure)


@pytest.mark.parametrize(
    "arguments", [("everything",), ("claims", "--as-known-on", "June"), ("series", "--by", "year")]
)
def test_wrong_usage_is_status_2(arguments):
    assert run(*arguments).exit_code == 2


def test_the_command_is_imported_without_heavy_packages():
    code = "import sys, tracker.cli.export; sys.exit(len({'pandas', 'sqlalchemy', 'pyarrow'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_choices_are_all_tables_all_layouts_and_the_two_that_are_neither():
    from tracker.publish.tables.dictionary import Kind

    assert {what.value for what in export.What} == {kind.value for kind in Kind} | {*NAMES, "package", "codebook"}


def test_export_of_a_layout_writes_its_losses_beside_it(database, tmp_path):
    result = run("ucdp", "-o", str(tmp_path / "u.csv"))
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'u.csv'}: 1 row",
        f"{tmp_path / 'u.losses.md'}: what the layout cannot carry",
    ]
    written = sorted(path.name for path in tmp_path.glob("u.*"))
    assert written == ["u.csv", "u.dictionary.csv", "u.losses.csv", "u.losses.md"]
    assert (tmp_path / "u.csv").read_bytes() == run("ucdp").stdout_bytes
    assert ",Nigeria,475,Africa," in (tmp_path / "u.csv").read_text("utf-8")


def test_the_acled_layout_knows_when_its_claims_were_read(database):
    *_, timestamp = run("acled").stdout.splitlines()[1].split(",")
    assert datetime.fromtimestamp(int(timestamp), UTC).date() == date(2025, 5, 7)


def test_hashtags_of_hxl_may_lie_beside_the_table(database, tmp_path):
    assert run("hxl").stdout.splitlines()[1].startswith("#event+id,")
    assert run("hxl", "--sidecar", "-o", str(tmp_path / "h.csv")).exit_code == 0
    assert (tmp_path / "h.hxl.json").exists()
    assert "#event" not in (tmp_path / "h.csv").read_text("utf-8")


def test_a_layout_of_totals_needs_totals(database):
    failed = run("t4p")
    assert isinstance(failed.exception, UsageError)
    assert "there is no running total of deaths" in str(failed.exception)
