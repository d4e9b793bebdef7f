"""An error is listed with its claim and its words in the text."""

from __future__ import annotations

import pytest

from tracker.claims import from_record
from tracker.quality import MEASURES, read_gold, score_claims
from tracker.quality.listing import list_errors, show_count


@pytest.fixture(name="scored")
def _scored(gold_file, perfect, record):
    perfect[0] |= {"country": "UGA", "date_end": "2025-05-06", "places": []}
    perfect[1] |= {"count_min": 12}
    perfect.append(record("market", "a few others", "detained", 2, None, rule_id="arrest"))
    return score_claims(read_gold(gold_file), map(from_record, perfect), MEASURES["all"])


def test_list_errors(scored):
    lines = list(list_errors(scored, 9))
    assert lines[0] == "missed  flood 66-72  injuries at least 24  'Dozens'"
    assert lines[1].strip().startswith("Nine villagers drowned in Torit")
    assert "»Dozens« were hurt" in lines[1]
    assert lines[4] == "spurious  market 58-70  detained at least 2  'a few others'  arrest"
    assert lines[6::2] == [
        "field country  flood 0-4  deaths 9  'Nine': gold 'SSD', predicted 'UGA'",
        "field place  flood 0-4  deaths 9  'Nine': gold ['Torit', 'South Sudan'], predicted []",
        "field date  flood 0-4  deaths 9  'Nine': gold '2025-05-05', predicted '2025-05-05/2025-05-06'",
    ]


def test_the_limit_holds_for_each_sort(scored):
    assert [line.split("  ")[0] for line in list(list_errors(scored, 1))[::2]] == [
        "missed",
        "spurious",
        "field country",
        "field place",
        "field date",
    ]
    assert list(list_errors(scored, 0)) == []


@pytest.mark.parametrize(
    ("minimum", "maximum", "shown"),
    [(0, 0, "0"), (49, 49, "49"), (49, None, "at least 49"), (None, 20, "at most 20"), (20, 30, "20 to 30")],
)
def test_show_count(minimum, maximum, shown):
    assert show_count(minimum, maximum) == shown
