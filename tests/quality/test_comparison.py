"""What a change of the rules did, claim by claim."""

from __future__ import annotations

import random

import pytest

from tracker.claims import from_record
from tracker.errors import UsageError
from tracker.quality import MEASURES, read_gold
from tracker.quality.comparison import Sort, compare_runs


def claims(records):
    return [from_record(record) for record in records]


def test_equal_runs_do_not_differ(perfect):
    other = [{**record, "rule_id": "renamed", "event": 7} for record in reversed(perfect)]
    assert compare_runs(claims(perfect), claims(other)) == []


def test_gained_lost_and_changed(gold_file, perfect, record):
    gained = record("market", "a few others", "detained", 2, None)
    changed = {**perfect[0], "country": None, "places": []}
    old, new = claims([changed, *perfect[1:]]), claims([perfect[0], *perfect[2:], gained])
    changes = compare_runs(old, new, gold=read_gold(gold_file))
    assert [(change.sort, change.claim.count_text) for change in changes] == [
        (Sort.CHANGED, "Nine"),
        (Sort.LOST, "Dozens"),
        (Sort.GAINED, "a few others"),
    ]
    assert changes[0].values == {"places": ([], ["Torit", "South Sudan"]), "country": (None, "SSD")}
    assert [(change.before, change.after) for change in changes] == [
        ("right but for country, place", "right"),
        ("right", None),
        (None, "spurious"),
    ]
    assert str(changes[0]) == (
        "changed  flood 0-4  deaths 9  'Nine'  places [] → ['Torit', 'South Sudan']; country None → 'SSD'  "
        "[right but for country, place → right]"
    )
    assert str(changes[1]) == "lost     flood 66-72  injuries at least 24  'Dozens'  [right]"


def test_a_claim_of_another_measure_is_another_claim(perfect):
    other = [{**perfect[0], "measure": "casualties"}]
    assert [change.sort for change in compare_runs(claims(perfect[:1]), claims(other))] == [Sort.GAINED, Sort.LOST]


def test_a_change_that_alters_no_verdict_says_it_once(gold_file, perfect):
    other = [{**perfect[0], "victims": "the villagers"}, *perfect[1:]]
    (change,) = compare_runs(claims(perfect), claims(other), gold=read_gold(gold_file))
    assert str(change).endswith("victims 'villagers' → 'the villagers'  [right]")


def test_only_the_measures_asked_for_are_compared(perfect):
    assert [c.claim.count_text for c in compare_runs(claims(perfect), [], MEASURES["extended"])] == ["a clerk"]


def test_the_order_of_claims_does_not_matter(gold_file, perfect, record):
    new = [*perfect[2:], {**perfect[0], "country": "UGA"}, record("market", "a few others", "detained", 2, None)]
    expected = compare_runs(claims(perfect), claims(new), gold=read_gold(gold_file))
    for seed in range(5):
        random.Random(seed).shuffle(new)
        random.Random(seed).shuffle(perfect)
        assert compare_runs(claims(perfect), claims(new), gold=read_gold(gold_file)) == expected


def test_a_run_that_states_a_claim_twice_is_refused(perfect):
    with pytest.raises(UsageError, match=r"flood 0-4 .* twice"):
        compare_runs(claims([*perfect, perfect[0]]), claims(perfect))
