"""Nobody is counted twice in one file: bulletins against single events, figures for many days against both."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from tracker.claims import Cause, Measure
from tracker.incidents import find_incidents
from tracker.publish.tables.conventions.choosing import Overlap, find_overlaps

DAY = date(2025, 3, 10)


@pytest.fixture
def event(state):
    def make(count, first=DAY, last=None, **given):
        given.setdefault("cause", Cause.AIRSTRIKE)
        given.setdefault("places", ("Old Harrow",))
        given.setdefault("place_precision", "exact")
        sentence = f"{count} people were killed, told {sorted(given.items())} {first}."
        last = last or first
        return state(sentence, str(count), count, count, published=last, date_start=first, date_end=last, **given)

    return make


def overlaps(*readings):
    incidents = find_incidents(readings)
    named = {incident.incident_id: incident.figures[Measure.DEATHS].best for incident in incidents}
    found = find_overlaps(incidents, Measure.DEATHS)
    return {named[key]: (overlap.reason, named[overlap.other]) for key, overlap in found.items()}


def test_a_single_event_gives_way_to_the_bulletin_that_may_include_it(event):
    bulletin = event(60, DAY - timedelta(days=1), DAY, cause=None, places=("North Basin",), place_precision="admin1")
    strike = event(8, places=("Old Harrow",), admin1="North Basin")
    assert overlaps(bulletin, strike) == {8: ("covered", 60)}
    (incident,) = (i for i in find_incidents([bulletin, strike]) if i.cause)
    assert find_overlaps([incident], Measure.DEATHS) == {}  # where the bulletin has no row, the event has


@pytest.mark.parametrize(
    ("place", "other", "gives_way"),
    [
        ({}, {}, True),
        ({}, {"places": ("Kettle Ridge",)}, False),
        ({"places": ("Sudan",), "place_precision": "country"}, {}, True),
        ({"places": ("North Basin",), "place_precision": "admin1"}, {"admin1": "South Basin"}, False),
        ({"places": ("North Basin",), "place_precision": "admin1"}, {"admin1": "North Basin"}, True),
        ({"places": ("North Basin",), "place_precision": "admin1"}, {}, True),
        ({"country": "TCD"}, {}, False),
    ],
)
def test_a_figure_for_many_days_gives_way_to_events_of_its_days_and_ground(event, place, other, gives_way):
    window = event(90, DAY - timedelta(days=8), DAY, cause=Cause.ATTACK, **place)
    single = event(8, DAY - timedelta(days=3), **other)
    assert overlaps(window, single) == ({90: ("window_overlaps", 8)} if gives_way else {})


def test_of_two_figures_for_many_days_the_shorter_stands(event):
    weeks = event(90, DAY - timedelta(days=20), DAY, cause=Cause.ATTACK)
    days = event(40, DAY - timedelta(days=6), DAY, cause=Cause.ATTACK)
    assert overlaps(weeks, days) == {90: ("window_overlaps", 40)}


def test_events_of_other_days_stand_beside_it(event):
    assert overlaps(event(90, DAY - timedelta(days=8), DAY), event(8, DAY - timedelta(days=30))) == {}


def test_the_order_is_no_matter(event):
    readings = [event(90 + n, DAY - timedelta(days=4 + n), DAY, cause=Cause.ATTACK) for n in range(4)]
    readings.append(event(8, DAY - timedelta(days=6)))
    incidents = find_incidents(readings)
    known = find_overlaps(incidents, Measure.DEATHS)
    assert {type(overlap) for overlap in known.values()} == {Overlap}
    for seed in range(5):
        shuffled = random.Random(seed).sample(incidents, len(incidents))
        assert find_overlaps(shuffled, Measure.DEATHS) == known
