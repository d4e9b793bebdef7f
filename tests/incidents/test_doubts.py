"""A running total told as the dead of one day is in sight, and in no sum."""

from itertools import permutations

import pytest

from tracker.claims import Measure, Scope
from tracker.incidents import find_incidents
from tracker.incidents.series import series_rows

SOURCE = {
    "source": "the health ministry",
    "source_kind": "health_ministry",
    "country": "PSE",
    "places": ("Gaza Strip",),
}
SINCE = {"scope": Scope.CUMULATIVE, "baseline_text": "since 7 October 2023", "happened": None}


def told(tell, *counts, total="58600+", **given):
    days = [
        tell(f"d{n}", count, day=n, happened=n, cause=None, **(SOURCE | given))
        for n, count in enumerate(counts, start=1)
    ]
    return [tell("total", total, day=3, **(SOURCE | SINCE)), *days]


def test_it_is_left_out_of_figures_and_series_and_kept_in_sight(tell):
    for order in permutations(told(tell, "31", "58591", "15")):
        incidents = find_incidents(order)
        assert sum(row.low for row in series_rows(incidents)) == 31 + 15
        (doubted,) = [incident for incident in incidents if incident.doubtful]
        assert doubted.figures == {}
        assert doubted.doubtful[Measure.DEATHS].best == 58591
        assert doubted.claim_ids == doubted.doubtful[Measure.DEATHS].claim_ids


@pytest.mark.parametrize(
    ("counts", "given"),
    [
        (("31", "57000"), {}),  # not close to the total
        (("3100", "58600"), {}),  # does not dwarf the other days
        (("31", "58600"), {"source": "police", "source_kind": "police"}),  # another claimant
        (("31", "58600"), {"measure": Measure.INJURIES}),  # another measure
    ],
)
def test_what_is_not_alike_in_size_and_claimant_counts(tell, counts, given):
    assert not any(incident.doubtful for incident in find_incidents(told(tell, *counts, **given)))


def test_a_small_total_may_be_that_of_one_event(tell):
    assert not any(incident.doubtful for incident in find_incidents(told(tell, "12", total="12")))


def test_a_day_beside_it_in_the_same_event_still_counts(tell):
    readings = [
        *told(tell, "31"),
        tell("both", "112", day=3, happened=3, cause=None, **SOURCE),
        tell("both", "58718", day=3, happened=3, cause=None, start=50, **SOURCE),
    ]
    (incident,) = [incident for incident in find_incidents(readings) if incident.doubtful]
    assert (incident.figures[Measure.DEATHS].best, incident.doubtful[Measure.DEATHS].best) == (112, 58718)
