"""A data package is whole, checks itself by its schema and its digests, and is the same bytes every time."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import UsageError
from tracker.incidents.selection import Selection
from tracker.publish.tables.dictionary import TABLES, Kind
from tracker.publish.tables.holdings import Holdings, Question
from tracker.publish.tables.package import write_package
from tracker.publish.tables.schema_version import SCHEMA_VERSION


def validate(path: Path) -> list[str]:
    """The notes of all errors that the frictionless program finds."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(path))
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [f"{error.type}: {error.note}" for error in errors]


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


@pytest.fixture
def folder(holdings: Holdings, tmp_path: Path) -> Path:
    path = tmp_path / "package"
    assert write_package(holdings, path) == sum(len(list(holdings.rows(kind))) for kind in Kind)
    return path


@pytest.mark.filterwarnings("ignore")  # what frictionless and its own dependencies warn of each other
def test_the_frictionless_program_finds_it_valid(folder: Path) -> None:
    assert validate(folder / "datapackage.json") == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("table", "column", "value", "note"),
    [
        ("incident_claims", "claim_id", "0" * 24, "for \"claim_id\": values \"000000000000000000000000\" not found"),
        ("claims", "measure", "goats", 'constraint "enum" is'),
        ("claims", "count_min", "-3", 'constraint "minimum" is "0"'),
        ("tolls", "toll_id", "", 'constraint "required" is "True"'),
    ],
)  # fmt: skip
def test_it_is_invalid_where_a_cell_is_changed(folder: Path, table: str, column: str, value: str, note: str) -> None:
    path = folder / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    notes = validate(folder / "datapackage.json")
    assert any(note in found for found in notes), notes
    assert any(found.startswith("hash-count") for found in notes), notes


def test_it_says_what_it_was_made_from(folder: Path, holdings: Holdings) -> None:
    package = described(folder)
    (run,) = [record.run for record in holdings.ledger.runs()]
    assert package["version"] == package["tracker"]["schema_version"] == SCHEMA_VERSION
    assert package["tracker"]["runs"] == [run.run_id]
    assert package["tracker"]["rules_digest"] == run.rules_digest
    assert package["tracker"]["as_known_on"] is None
    titles = [source["title"] for source in package["sources"]]
    assert "GeoNames (places and coordinates, CC BY 4.0)" in titles
    assert {outlet for outlet in titles if "GeoNames" not in outlet} == {
        document.outlet for document in holdings.ledger.documents() if document.outlet
    }
    assert "licenses" not in package
    assert "created" not in package
    assert [resource["name"] for resource in package["resources"]] == [kind.value for kind in TABLES]
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(TABLES[Kind.CLAIMS].names)


def test_a_licence_is_stated_where_it_is_given(holdings: Holdings, tmp_path: Path) -> None:
    write_package(holdings, tmp_path / "p", licence="CC-BY-4.0")
    assert described(tmp_path / "p")["licenses"] == [{"name": "CC-BY-4.0"}]


def test_the_same_ledger_gives_the_same_bytes_as_folder_as_zip_and_with_parquet(
    holdings: Holdings, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    for name in ("one", "two", "one.zip", "two.zip"):
        write_package(holdings, tmp_path / name, parquet=True)
    names = sorted(path.relative_to(tmp_path / "one").as_posix() for path in (tmp_path / "one").rglob("*.*"))
    assert [
        name for name in names if (tmp_path / "one" / name).read_bytes() != (tmp_path / "two" / name).read_bytes()
    ] == []
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == names
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert len(described(tmp_path / "one")["tracker"]["parquet"]) == len(TABLES)
    assert not list(tmp_path.glob(".*"))


def test_a_package_of_no_claims_is_valid_too(shelve: Any, tmp_path: Path) -> None:
    assert write_package(Holdings(shelve([]), Question()), tmp_path / "p") == 0
    assert described(tmp_path / "p")["tracker"]["runs"] == []


def test_a_choice_is_refused_since_keys_would_not_hold(holdings: Holdings, tmp_path: Path) -> None:
    asked = Holdings(holdings.ledger, Question(selection=Selection(country="PSE")))
    with pytest.raises(UsageError, match="a package is whole, so that what one table names is found in the others"):
        write_package(asked, tmp_path / "p")
    assert not list(tmp_path.iterdir())


def test_an_older_package_gives_way_and_nothing_else_does(folder: Path, holdings: Holdings) -> None:
    write_package(holdings, folder)
    (folder / "my notes.txt").write_text("kept")
    with pytest.raises(UsageError, match="is there already and holds more than a package"):
        write_package(holdings, folder)
    assert (folder / "my notes.txt").read_text() == "kept"


@pytest.mark.parametrize("name", ["no/package", "no/package.zip"])
def test_where_nothing_can_be_written_it_says_so(holdings: Holdings, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be written \(no such file or directory\); name another with -o"):
        write_package(holdings, tmp_path / name)
