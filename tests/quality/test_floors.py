"""What was reached on the project's own gold may not fall; and the floors themselves do not lower silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.claims import from_record
from tracker.errors import UsageError
from tracker.quality.floors import FIGURES, find_shortfalls, measure_figures, pin_floors, read_floors

TESTS = Path(__file__).resolve().parents[1]
FLOORS = TESTS / "floors.json"
GOLD = sorted(path.relative_to(TESTS).as_posix() for path in (TESTS / "gold").glob("*.jsonl"))


@pytest.fixture(name="extractor", scope="module")
def _extractor():
    from tracker.extract import load_extractor
    from tracker.settings import load_settings

    return load_extractor(load_settings())


def test_every_gold_file_has_floors():
    assert sorted(read_floors(FLOORS)) == GOLD


@pytest.mark.parametrize("name", GOLD)
def test_no_floor_is_fallen_short_of(name, extractor):
    assert find_shortfalls(FLOORS, name, extractor.extract) == []


def stand_in(records):
    """An extractor that answers from a list of records."""
    claims = [from_record(record) for record in records]
    return lambda document: [claim for claim in claims if claim.document_id == document.document_id]


@pytest.fixture(name="floors")
def _floors(tmp_path):
    return tmp_path / "floors.json"


def test_what_was_pinned_is_reached(gold_file, floors, perfect):
    assert pin_floors(floors, [gold_file], stand_in(perfect)) == [gold_file]
    assert find_shortfalls(floors, "gold.jsonl", stand_in(perfect)) == []
    pinned = json.loads(floors.read_text())
    assert list(pinned) == ["gold.jsonl"]
    assert tuple(pinned["gold.jsonl"]["core"]) == tuple(pinned["gold.jsonl"]["extended"]) == FIGURES
    assert pinned["gold.jsonl"]["lowered"] == []


def test_the_floors_are_named_from_their_own_folder(gold_file, perfect, tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path)
    pin_floors(Path("deep/floors.json"), [Path("gold.jsonl")], stand_in(perfect))
    assert list(read_floors(Path("deep/floors.json"))) == ["../gold.jsonl"]
    assert find_shortfalls(tmp_path / "deep" / "floors.json", "../gold.jsonl", stand_in(perfect)) == []


def test_a_fall_is_named_with_both_figures(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect))
    perfect[4]["country"] = "UGA"
    shortfalls = find_shortfalls(floors, "gold.jsonl", stand_in(perfect))
    assert [said.split(";")[0] for said in shortfalls] == [
        "gold.jsonl: extended record_f1 fell from 1.000 to 0.000",
        "gold.jsonl: extended field_country fell from 1.000 to 0.000",
        "gold.jsonl: extended field_record fell from 1.000 to 0.000",
    ]


def test_extended_measures_cannot_pay_for_core_ones(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect[:4]))
    shortfalls = find_shortfalls(floors, "gold.jsonl", stand_in(perfect[1:]))
    assert any("core recall fell from 1.000 to 0.667" in said for said in shortfalls)


def test_figures_are_compared_as_they_are_printed(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect[1:]))
    assert read_floors(floors)["gold.jsonl"].figures["core"]["recall"] == 0.667
    assert find_shortfalls(floors, "gold.jsonl", stand_in(perfect[1:])) == []


def test_a_changed_gold_file_asks_to_be_pinned_anew(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect))
    gold_file.write_text(gold_file.read_text() + "\n")
    (shortfall,) = find_shortfalls(floors, "gold.jsonl", stand_in(perfect))
    assert "not the file that was pinned" in shortfall
    assert "--pin" in shortfall
    pin_floors(floors, [], stand_in(perfect))
    assert find_shortfalls(floors, "gold.jsonl", stand_in(perfect)) == []


def test_a_gold_file_without_floors_is_a_shortfall(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect))
    (shortfall,) = find_shortfalls(floors, "other.jsonl", stand_in(perfect))
    assert "has no floors yet" in shortfall


def test_floors_rise_freely_and_fall_only_with_a_reason(gold_file, floors, perfect):
    pin_floors(floors, [gold_file], stand_in(perfect[1:]))
    pin_floors(floors, [gold_file], stand_in(perfect))
    risen = floors.read_bytes()
    with pytest.raises(UsageError, match=r"core recall 1\.000 → 0\.667.*--lower REASON"):
        pin_floors(floors, [gold_file], stand_in(perfect[1:]))
    assert floors.read_bytes() == risen
    pin_floors(floors, [gold_file], stand_in(perfect[1:]), "The rule of drowning was wrong.")
    (lowering,) = read_floors(floors)["gold.jsonl"].lowered
    assert lowering["reason"] == "The rule of drowning was wrong."
    assert lowering["figures"]["core recall"] == [1.0, 0.667]
    pin_floors(floors, [gold_file], stand_in(perfect), "No reason is kept where nothing falls.")
    assert read_floors(floors)["gold.jsonl"].lowered == (lowering,)


def test_pinning_one_file_keeps_the_others(gold_file, floors, perfect, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_bytes(gold_file.read_bytes())
    pin_floors(floors, [gold_file, other], stand_in(perfect))
    both = read_floors(floors)
    pin_floors(floors, [other], stand_in(perfect[1:]), "A test.")
    assert read_floors(floors)["gold.jsonl"] == both["gold.jsonl"]
    assert read_floors(floors)["other.jsonl"] != both["other.jsonl"]


def test_nothing_to_pin_is_refused(floors, perfect):
    with pytest.raises(UsageError, match="holds no gold file yet"):
        pin_floors(floors, [], stand_in(perfect))
    assert not floors.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"gold.jsonl": {}}', '{"gold.jsonl": 1}'])
def test_a_broken_file_of_floors_is_refused(floors, content):
    floors.write_text(content)
    with pytest.raises(UsageError, match="no file of floors"):
        read_floors(floors)


def test_no_claims_measure_zero(gold_file):
    measured = measure_figures(gold_file, stand_in([]))
    assert {value for group in measured.values() for value in group.values()} == {0.0}
