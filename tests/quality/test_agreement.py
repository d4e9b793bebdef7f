"""The comparison of two records: where it must say yes, and where no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.claims import Cause, Claim, Measure, Scope, Status
from tracker.quality.agreement import FIELDS, find_wrong_fields, is_found, is_same_name

GOLD = Claim(
    document_id="d",
    measure=Measure.DEATHS,
    count_min=9,
    count_max=None,
    count_text="At least nine",
    start=10,
    end=23,
    victims="stranded miners",
    places=("Old Shaft", "Pilgrim Valley"),
    country="ZAF",
    date_start=date(2025, 5, 5),
    date_end=date(2025, 5, 6),
    source="the union",
    cause=Cause.INDUSTRIAL_ACCIDENT,
)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"count_text": "nine", "start": 19}, True),
        ({"count_text": "n", "start": 22}, True),
        ({"count_text": "n", "start": 23, "end": 24}, False),
        ({"count_text": "n", "start": 9, "end": 10}, False),
        ({"count_max": 9}, False),
        ({"count_min": None, "count_max": 9}, False),
        ({"measure": Measure.CASUALTIES}, False),
        ({"country": None, "victims": None, "places": ()}, True),
    ],
)
def test_is_found(change, found):
    assert is_found(GOLD, replace(GOLD, **change)) is found


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"scope": Scope.CUMULATIVE}, ("scope",)),
        ({"status": Status.POSSIBLE}, ("status",)),
        ({"country": "ZWE"}, ("country",)),
        ({"country": None}, ("country",)),
        ({"places": ("Pilgrim Valley",)}, ("place",)),
        ({"places": ("South Africa", "old shaft")}, ()),
        ({"places": ()}, ("place",)),
        ({"date_end": date(2025, 5, 5)}, ("date",)),
        ({"date_start": None, "date_end": None}, ("date",)),
        ({"source": "a spokesman of the miners' union"}, ()),
        ({"source": None}, ("source",)),
        ({"cause": None}, ("cause",)),
        ({"victims": "miners"}, ()),
        ({"victims": "others"}, ("victims",)),
        ({"part_of": 200}, ("part_of",)),
        ({"country": None, "scope": Scope.CUMULATIVE, "part_of": 0}, ("scope", "country", "part_of")),
    ],
)
def test_find_wrong_fields(change, wrong):
    assert find_wrong_fields(GOLD, replace(GOLD, **change)) == wrong


def test_a_part_is_a_part_of_whatever_whole():
    assert find_wrong_fields(replace(GOLD, part_of=1), replace(GOLD, part_of=2)) == ()


def test_a_place_where_gold_has_none_is_wrong():
    placeless = replace(GOLD, places=())
    assert find_wrong_fields(placeless, GOLD) == ("place",)
    assert find_wrong_fields(placeless, placeless) == ()


def test_every_field_can_be_wrong():
    other = Claim(
        document_id="d",
        measure=Measure.DEATHS,
        count_min=9,
        count_max=None,
        count_text="At least nine",
        start=10,
        end=23,
        scope=Scope.CUMULATIVE,
        status=Status.DISPUTED,
        part_of=0,
    )
    assert find_wrong_fields(GOLD, other) == FIELDS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, None, True),
        (None, "", True),
        ("the", None, True),
        ("the city", "of the", True),
        ("Sanaa", None, False),
        ("San'a", "Sana", False),
        ("Żytomierz", "zytomierz", True),
        ("Ṣanʿāʾ city", "Ṣanʿāʾ", True),
        ("Kenya's army", "army of Kenya", True),
        ("red cross volunteers", "volunteers", True),
        ("red cross volunteers", "red crescent staff", False),
        ("red cross", "cross border staff", True),
        ("STRASSE", "Straße", True),
        ("city of Cali", "city of Lima", False),
    ],
)
def test_is_same_name(one, other, same):
    assert is_same_name(one, other) is same
    assert is_same_name(other, one) is same
