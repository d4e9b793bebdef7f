"""Gold and predictions are matched as the codebook scores them."""

from __future__ import annotations

import random

import pytest

from tracker.claims import Measure, from_record
from tracker.errors import UsageError
from tracker.quality import MEASURES, read_gold, score_claims
from tracker.quality.scoring import Tally


def score(gold_file, records, measures="all"):
    return score_claims(read_gold(gold_file), map(from_record, records), MEASURES[measures])


def test_the_measures_split_in_two():
    assert MEASURES["core"] | MEASURES["extended"] == MEASURES["all"] == frozenset(Measure)
    assert not MEASURES["core"] & MEASURES["extended"]
    assert len(MEASURES["core"]) == 6


def test_perfect_is_perfect(gold_file, perfect):
    figures = score(gold_file, perfect).figures()
    assert (figures["documents"], figures["gold"], figures["right"], figures["spurious"]) == (2, 4, 4, 0)
    assert {value for key, value in figures.items() if key not in ("documents", "gold", "right", "spurious")} == {1.0}


def test_silence_is_no_success(gold_file):
    figures = score(gold_file, []).figures()
    assert (figures["precision"], figures["recall"], figures["f1"], figures["record_f1"]) == (0, 0, 0, 0)
    assert not [name for name in figures if name.startswith("field_")]


def test_an_optional_claim_is_neither_asked_for_nor_punished(gold_file, perfect, record):
    without = [claim for claim in perfect if claim["measure"] != "missing"]
    otherwise = record("flood", "farmer", "deaths", 1, 1)
    expected = score(gold_file, perfect).figures()
    assert score(gold_file, without).figures() == expected
    scored = score(gold_file, [*without, otherwise])
    assert scored.figures() == expected
    assert [claim.count_text for claim in scored.documents[0].excused] == ["farmer"]


def test_an_optional_claim_takes_no_prediction_from_one_that_is_asked_for(tmp_path, lines, record):
    asked = record("market", "Two", "deaths", 2, 2)
    gold = lines(
        tmp_path / "g.jsonl",
        [
            {
                "document_id": "market",
                "text": "Two traders were shot in Wau.",
                "claims": [{**asked, "optional": True}, asked],
            }
        ],
    )
    scored = score(gold, [asked])
    assert (scored.tally, len(scored.documents[0].excused)) == (Tally(1, 1, 0), 0)


def test_a_repeated_prediction_is_spurious(gold_file, perfect):
    scored = score(gold_file, [*perfect, perfect[0]])
    assert scored.tally == Tally(4, 4, 1)


def test_a_wrong_count_is_both_missed_and_spurious(gold_file, perfect):
    perfect[0]["count_min"] = 8
    scored = score(gold_file, perfect)
    assert scored.tally == Tally(gold=4, right=3, spurious=1)
    assert [claim.count_min for claim in scored.documents[0].missed] == [9]
    assert [claim.count_min for claim in scored.documents[0].spurious] == [8]
    assert (scored.tally.precision, scored.tally.recall, scored.tally.f1) == (0.75, 0.75, 0.75)


def test_a_record_is_right_without_victims_but_not_without_country(gold_file, perfect):
    perfect[0]["victims"] = None
    assert score(gold_file, perfect).record_f1 == 1
    perfect[0]["country"] = None
    scored = score(gold_file, perfect)
    assert scored.record_f1 == 0.75
    assert scored.accuracies() == {
        "scope": 1,
        "status": 1,
        "country": 0.75,
        "place": 1,
        "date": 1,
        "source": 1,
        "cause": 1,
        "victims": 0.75,
        "part_of": 1,
        "record": 0.75,
    }


def test_only_the_measures_asked_for_are_scored(gold_file, perfect):
    assert score(gold_file, perfect, "core").tally == Tally(3, 3, 0)
    assert score(gold_file, perfect, "extended").tally == Tally(1, 1, 0)


def test_tables_by_measure_and_phenomenon(gold_file, perfect, record):
    spurious = record("market", "a few others", "detained", 2, None)
    scored = score(gold_file, [*perfect[1:], spurious])
    assert scored.by_measure() == {
        Measure.DEATHS: Tally(2, 1, 0),
        Measure.INJURIES: Tally(1, 1, 0),
        Measure.DETAINED: Tally(1, 1, 1),
    }
    assert scored.by_phenomenon() == {"attributed": Tally(2, 1, 0), "vague": Tally(4, 3, 1)}


def test_a_claim_about_a_document_that_gold_does_not_hold_is_refused(gold_file, perfect):
    perfect[0]["document_id"] = "drought"
    with pytest.raises(UsageError, match="'drought', which the gold file does not hold"):
        score(gold_file, perfect)


def test_the_order_of_documents_and_claims_does_not_matter(gold_file, perfect, record):
    records = [*perfect[1:], record("market", "a few others", "detained", 2, None)]
    expected = score(gold_file, records).figures()
    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert score(gold_file, records).figures() == expected
