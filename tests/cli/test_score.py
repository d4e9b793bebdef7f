"""`tracker score` from files on disk to the words on the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tracker.cli import score
from tracker.errors import UsageError
from tracker.quality import read_claims

TEXT = "Six rowers drowned off Bimbia. Two more were hurt. Officers held a guard."
DEATHS = {"measure": "deaths", "count_min": 6, "count_max": 6, "count_text": "Six", "start": 0, "end": 3}
INJURIES = {"measure": "injuries", "count_min": 2, "count_max": 2, "count_text": "Two more", "start": 31, "end": 39}
DETAINED = {"measure": "detained", "count_min": 1, "count_max": 1, "count_text": "a guard", "start": 65, "end": 72}
GOLD = {"document_id": "boat", "text": TEXT, "phenomena": ["passive"], "claims": [DEATHS, INJURIES, DETAINED]}

app = typer.Typer()
app.command()(score.score)


@pytest.fixture(name="files")
def _files(tmp_path):
    records = [{"document_id": "boat", "rule_id": "en/drown", **claim} for claim in (DEATHS, INJURIES, DETAINED)]
    wrong = {**records[1], "count_min": 3, "count_max": 3, "rule_id": "en/hurt"}
    names = {"gold": [GOLD], "perfect": records, "worse": [records[0], wrong, {**records[2], "country": "CMR"}]}
    for name, lines in names.items():
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return {name: str(tmp_path / name) for name in names}


@pytest.fixture(name="rules_now")
def _rules_now(files, monkeypatch):
    """A stand-in for the real extractor, which has floors of its own: here it is the wiring that counts."""
    found = read_claims(Path(files["worse"]))

    class StandIn:
        def extract(self, document):
            return found

    monkeypatch.setattr("tracker.extract.load_extractor", lambda settings: StandIn(), raising=False)


def run(*arguments):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


def test_a_score_is_printed_with_its_tables(files):
    lines = run(files["gold"], files["worse"]).stdout.splitlines()
    assert lines[0] == "1 documents, 2 gold claims (core): 1 right, 1 missed, 1 spurious"
    assert lines[1] == "precision 0.500  recall 0.500  F1 0.500  record F1 0.500"
    cells = [line.split() for line in lines]
    assert ["deaths", "1", "1", "0", "0", "1.000", "1.000", "1.000"] in cells
    assert ["injuries", "1", "0", "1", "1", "0.000", "0.000", "0.000"] in cells
    assert ["passive", "2", "1", "1", "1", "0.500", "0.500", "0.500"] in cells
    assert ["country", "1.000"] in cells


def test_errors_are_listed_on_demand(files):
    assert "missed  boat" not in run(files["gold"], files["worse"]).stdout
    lines = run(files["gold"], files["worse"], "--errors", "1", "--measures", "all").stdout.splitlines()
    assert "missed  boat 31-39  injuries 2  'Two more'" in lines
    assert "spurious  boat 31-39  injuries 3  'Two more'  en/hurt" in lines
    assert "field country  boat 65-72  detained 1  'a guard': gold None, predicted 'CMR'" in lines


def test_json_gives_the_same_figures(files):
    figures = json.loads(run(files["gold"], files["worse"], "--json", "--measures", "all").stdout)
    assert (figures["gold"], figures["right"], figures["spurious"], figures["field_country"]) == (3, 2, 1, 0.5)
    assert figures["by_measure"]["injuries"]["recall"] == 0
    assert figures["by_phenomenon"]["passive"]["gold"] == 3


def test_without_predictions_the_current_rules_read_the_gold_texts(files, rules_now):
    assert run(files["gold"]).stdout == run(files["gold"], files["worse"]).stdout


def test_rules_are_scored_one_by_one(files):
    lines = run(files["gold"], files["worse"], "--rules", "--measures", "all").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["rule", "claims", "right", "spurious", "precision"],
        ["en/hurt", "1", "0", "1", "0.000"],
        ["en/drown", "2", "2", "0", "1.000"],
    ]
    assert json.loads(run(files["gold"], files["worse"], "--rules", "--json").stdout)[0]["rule_id"] == "en/hurt"


def test_two_runs_are_compared(files):
    result = run("--compare", files["perfect"], files["worse"], "--gold", files["gold"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "changed  boat 31-39  injuries 3  'Two more'  count_min 2 → 3; count_max 2 → 3  [right → spurious]",
        "changed  boat 65-72  detained 1  'a guard'  country None → 'CMR'  [right → right but for country]",
        "0 gained, 0 lost, 2 changed",
    ]
    core = json.loads(run("--compare", files["perfect"], files["worse"], "--measures", "core", "--json").stdout)
    assert [(change["sort"], change["count_text"], change["values"]) for change in core] == [
        ("changed", "Two more", {"count_min": [2, 3], "count_max": [2, 3]})
    ]


def test_pinning(files, rules_now, tmp_path):
    floors = str(tmp_path / "floors.json")
    assert run(files["gold"], "--pin", "--floors", floors).exit_code == 0
    content = json.loads((tmp_path / "floors.json").read_text())
    assert content["gold"]["core"]["f1"] == 0.5
    content["gold"]["core"]["f1"] = 0.9
    (tmp_path / "floors.json").write_text(json.dumps(content))
    assert "core f1 0.900 → 0.500" in str(run("--pin", "--floors", floors).exception)
    assert run("--pin", "--floors", floors, "--lower", "A test.").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("gold", "--gold", "gold"),
        ("gold", "--lower", "why"),
        ("gold", "--pin", "--lower", " "),
        ("gold", "perfect", "--pin"),
        ("--compare", "perfect"),
        ("--compare", "perfect", "worse", "--pin"),
        ("perfect",),
    ],
)
def test_wrong_usage_is_refused(files, arguments):
    failure = run(*(files.get(argument, argument) for argument in arguments)).exception
    assert isinstance(failure, UsageError)
    assert str(failure).endswith(".")


def test_unknown_measures_are_status_2(files):
    assert run(files["gold"], "--measures", "some").exit_code == 2
