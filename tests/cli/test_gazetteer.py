"""`tracker gazetteer score` from marked texts on disk to the words on the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tracker.cli import gazetteer
from tracker.errors import UsageError

MARKED = Path(__file__).parents[1] / "gold" / "places" / "marked.jsonl"

app = typer.Typer()
app.add_typer(gazetteer.app, name="gazetteer")


def run(*arguments):
    return CliRunner().invoke(app, ["gazetteer", "score", *map(str, arguments)], catch_exceptions=True)


def test_the_place_finder_holds_its_bars_on_our_own_texts():
    figures = json.loads(run(MARKED, "--json").stdout)
    assert figures["documents"] == 5
    assert figures["exact"]["f1"] >= 0.85
    assert figures["acc_161"] >= 0.9
    assert figures["median_km"] < 161


def test_the_figures_are_printed_and_errors_on_demand():
    lines = run(MARKED).stdout.splitlines()
    assert lines[0] == "5 documents, 19 place names"
    assert [line.split()[0] for line in lines[1:]] == ["same", "overlapping", "Acc@161"]
    assert any(line.startswith("far  ") for line in run(MARKED, "--errors", "1").stdout.splitlines())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no texts"),
        ("no json", "not JSON"),
        ('{"document_id": "a", "text": "In Goma."}', "the key toponyms is missing"),
        ('{"document_id": "a", "text": "In Goma.", "toponyms": [{"start": 3}]}', "the key end is missing"),
        ('{"document_id": "a", "text": "In Goma.", "toponyms": [{"start": 3, "end": 99}]}', "not within the text"),
        ('{"document_id": "a", "text": "In Goma.", "toponyms": [{"start": 3, "end": 7, "lat": 1}]}', "stand together"),
        (
            '{"document_id": "a", "text": "In Goma.", "toponyms": [{"start": 3, "end": 7, "lat": 91, "lon": 0}]}',
            "no point on the globe",
        ),
        ('{"document_id": "a", "text": 5, "toponyms": []}', "text cannot be 5"),
    ],
)
def test_a_bad_file_is_named_in_one_sentence(tmp_path, content, says):
    path = tmp_path / "marked.jsonl"
    path.write_text(content, encoding="utf-8")
    error = run(path).exception
    assert isinstance(error, UsageError)
    assert error.exit_status == 2
    assert str(path) in str(error)
    assert says in str(error).replace("is not a point", "no point")
