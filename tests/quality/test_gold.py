"""What can be scored is read whole, and what cannot is refused by its line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.quality import extract_all, read_claims, read_gold


def test_gold_is_read_with_all_that_it_says(gold_file):
    flood, market = read_gold(gold_file)
    assert flood.document.published == date(2025, 5, 6)
    assert [claim.measure for claim in flood.claims] == [Measure.DEATHS, Measure.INJURIES]
    assert [claim.measure for claim in flood.optional] == [Measure.MISSING]
    assert {claim.document_id for claim in market.claims} == {"market"}
    assert flood.phenomena == ("attributed", "vague")


def test_extract_all_reads_every_gold_text(gold_file, perfect, lines, tmp_path):
    gold = read_gold(gold_file)
    assert extract_all(
        gold, lambda document: [claim for found in gold if found.document == document for claim in found.claims]
    ) == [claim for found in gold for claim in found.claims]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"measure": "rumours"}, "rumours"),
        ({"measure": None}, "the key measure is missing"),
        ({"count_min": 9, "count_max": 3}, "from 9 to 3"),
        ({"count_min": "9"}, "count_min cannot be '9'"),
        ({"count_min": True}, "count_min cannot be True"),
        ({"start": 1}, "does not fit offsets"),
        ({"date_start": "Monday"}, "Monday"),
        ({"places": "Torit"}, "places cannot be 'Torit'"),
        ({"places": [7]}, "places cannot be 7"),
        ({"victims": ["villagers"]}, "victims cannot be"),
    ],
)
def test_a_broken_record_is_refused_by_its_line(perfect, lines, tmp_path, change, reason):
    perfect[1] |= change
    with pytest.raises(UsageError, match=r"claims\.jsonl:2: ") as refusal:
        read_claims(lines(tmp_path / "claims.jsonl", perfect))
    assert reason in str(refusal.value)


def test_gold_that_does_not_stand_in_its_text_is_refused(lines, tmp_path):
    claim = {"measure": "deaths", "count_min": 2, "count_max": 2, "count_text": "Two", "start": 1, "end": 4}
    path = lines(tmp_path / "g.jsonl", [{"document_id": "a", "text": "Two died.", "claims": [claim]}])
    with pytest.raises(UsageError, match="'Two' does not stand at offset 1"):
        read_gold(path)


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"document_id": "a", "text": "x"}', '{"text": "x", "claims": []}'])
def test_a_line_that_is_no_gold_document_is_refused(tmp_path, line):
    path = tmp_path / "g.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"g\.jsonl:2: "):
        read_gold(path)


def test_a_document_may_stand_in_a_gold_file_once(gold_file):
    gold_file.write_text(gold_file.read_text() * 2)
    with pytest.raises(UsageError, match=r":3: flood has a line of its own already"):
        read_gold(gold_file)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "claims.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_claims(tmp_path / "claims.jsonl")


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path):
    path = tmp_path / "g.jsonl"
    path.write_text(json.dumps({"document_id": "a", "text": "x\u2028y", "claims": []}, ensure_ascii=False))
    assert read_gold(path)[0].document.text == "x\u2028y"
