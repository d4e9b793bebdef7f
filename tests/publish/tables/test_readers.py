"""What docs/exports.md shows works; R, LibreOffice and csvkit, where installed, read the same counts and cells."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.publish.tables.cells import Form, restore
from tracker.publish.tables.dictionary import TABLES, Kind
from tracker.publish.tables.exports import export_file
from tracker.publish.tables.holdings import Holdings

ROOT = Path(__file__).parents[3]
COUNTED = (Kind.CLAIMS, Kind.INCIDENTS, Kind.SERIES, Kind.TOLLS, Kind.DOCUMENTS)

R_PROGRAM = """
for (path in commandArgs(trailingOnly = TRUE)) {
  table <- read.csv(path, na.strings = "", encoding = "UTF-8", check.names = FALSE)
  cat(basename(path), nrow(table), ncol(table), if ("low" %in% names(table)) sum(table$low, na.rm = TRUE) else 0, "")
  cat(if ("low" %in% names(table)) sum(is.na(table$low)) else 0, sum(nchar(table[[1]], "chars"), na.rm = TRUE), "\\n")
}
claims <- read.csv(commandArgs(trailingOnly = TRUE)[1], na.strings = "", encoding = "UTF-8")
last <- as.Date(max(claims$published, na.rm = TRUE))
cat("quotes", sum(nchar(claims$quote, "chars")), "days", as.integer(last), "\\n")
"""


def program(*names: str) -> str:
    """Where a program is; the test is skipped where there is none."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not installed here")


@pytest.fixture
def tables(holdings: Holdings, tmp_path: Path) -> dict[Kind, Path]:
    paths = {kind: tmp_path / f"{kind.value}.csv" for kind in COUNTED}
    for kind, path in paths.items():
        export_file(kind, holdings, path)
    return paths


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def run(*words: str | Path, folder: Path) -> str:
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder, env=environment, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(language: str) -> str:
    """The example of docs/exports.md in this language."""
    page = (ROOT / "docs" / "exports.md").read_text("utf-8")
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_example_for_pandas_gives_the_values_back(
    holdings: Holdings, tables: dict[Kind, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tables[Kind.CLAIMS].parent)
    names: dict[str, Any] = {}
    exec(shown("python"), names)
    for name, found in (("quote", names["claims"]["quote"]), ("places", names["places"])):
        at = TABLES[Kind.CLAIMS].names.index(name)
        assert [tuple(one) if name == "places" else one for one in found] == [
            row[at] for row in holdings.rows(Kind.CLAIMS)
        ]
    assert str(names["claims"]["count_max"].dtype) == "Int64"


def test_the_example_for_r_gives_the_values_back(tables: dict[Kind, Path]) -> None:
    told = run(
        program("Rscript"), "-e", shown("r") + 'cat(length(places), format(max(claims$published, na.rm = TRUE)))',
        folder=tables[Kind.CLAIMS].parent,
    )  # fmt: skip
    claims = read(tables[Kind.CLAIMS])
    assert told.split() == [str(len(claims)), max(row["published"] for row in claims)]


def test_r_reads_the_same_counts(tables: dict[Kind, Path], tmp_path: Path) -> None:
    lines = run(program("Rscript"), "-e", R_PROGRAM, *tables.values(), folder=tmp_path).splitlines()
    for line, (kind, path) in zip(lines, tables.items(), strict=False):
        rows = read(path)
        lows = [row.get("low", "0") for row in rows]
        expected = [len(rows), len(TABLES[kind].names), sum(int(low or 0) for low in lows), lows.count("")]
        assert [int(number) for number in line.split()[1:5]] == expected, kind
    claims = read(tables[Kind.CLAIMS])
    assert lines[-1].split()[:2] == ["quotes", str(sum(len(row["quote"]) for row in claims))]
    last = date.fromisoformat(max(row["published"] for row in claims))
    assert lines[-1].split()[3] == str((last - date(1970, 1, 1)).days)


@pytest.mark.parametrize("excel", [False, True])
def test_libreoffice_reads_and_writes_back_the_same_cells(holdings: Holdings, tmp_path: Path, excel: bool) -> None:
    office = program("soffice", "libreoffice")
    path = tmp_path / "claims.csv"
    export_file(Kind.CLAIMS, holdings, path, Form(excel=excel))
    sheet, back = tmp_path / "sheet", tmp_path / "back"
    settings = [f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    given = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"]
    run(office, *settings, "xlsx", *given, "--outdir", sheet, path, folder=tmp_path)
    target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    run(office, *settings, target, "--outdir", back, sheet / "claims.xlsx", folder=tmp_path)
    rows, expected = read(back / "claims.csv"), [tuple(row) for row in holdings.rows(Kind.CLAIMS)]
    assert len(rows) == len(expected)
    for name in ("document_id", "measure", "count_min", "count_max", "quote", "country", "claim_id", "text_sha256"):
        at = TABLES[Kind.CLAIMS].names.index(name)
        if name in ("claim_id", "text_sha256") and not excel:
            continue  # an id such as 12e45 is a number to a spreadsheet: what --excel is for
        cells = [restore(row[name]) or "" for row in rows]
        assert cells == ["" if row[at] is None else str(row[at]) for row in expected], name


def test_csvkit_finds_the_same_counts_and_nothing_to_clean(tables: dict[Kind, Path], tmp_path: Path) -> None:
    stat, clean = program("csvstat"), program("csvclean")
    for path in tables.values():
        assert run(stat, "--count", path, folder=tmp_path).split()[-1] == str(len(read(path)))
        cleaned = run(clean, "--length-mismatch", path, folder=tmp_path)
        assert len(list(csv.reader(io.StringIO(cleaned)))) == len(read(path)) + 1
