"""Twelve texts on three events by five outlets and two agencies: an update, a correction downwards, a denial and a look
back at a fourth; in every order of arrival, what a person would write down."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Measure, Scope, Status
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.series import series_rows

MARKET = {"places": ("Dalori",), "cause": Cause.SHOOTING, "happened": 5}
FERRY = {"places": ("Lokoja",), "cause": Cause.SHIPWRECK, "happened": 6}
RAID = {"places": ("Kurebe",), "cause": Cause.AIRSTRIKE, "happened": 7}
COPIED = "Wire One reports that gunmen who came on motorcycles opened fire on traders at the market of Dalori."


@pytest.fixture(name="readings", scope="module")
def _readings(tell):
    return [
        # The market: an agency that two outlets repeat; the police next day, and a day later they say fewer.
        tell("m1", "8+", outlet="Morning", source="Wire One", day=5, quote=COPIED, **MARKET),
        tell("m2", "8+", outlet="Evening", source="Wire One", day=5, quote=COPIED, **MARKET),
        tell("m2", "3", outlet="Evening", start=80, day=5, part_of=0, victims="children", **MARKET),
        tell("m3", "14", outlet="Daily", source="police", day=6, **MARKET),
        tell("m3", "21", outlet="Daily", start=80, day=6, measure=Measure.INJURIES, **MARKET),
        tell("m4", "12", outlet="Morning", source="police", day=7, **MARKET),
        tell("m5", "14", outlet="Radio", day=6, **MARKET),
        # The ferry: feared dead, then counted; the second agency agrees with the outlet on the spot.
        tell("f1", "60", outlet="Radio", source="the owner", status=Status.POSSIBLE, day=6, **FERRY),
        tell("f2", "27", outlet="River Post", day=8, **FERRY),
        tell("f3", "27", outlet="Evening", source="Wire Two", day=8, **FERRY),
        tell("f3", "30", outlet="Evening", start=80, source="Wire Two", day=8, measure=Measure.MISSING, **FERRY),
        # The raid: the villagers' figure is denied by the army in the same text.
        tell("r1", "10", outlet="Daily", source="villagers", status=Status.DISPUTED, day=8, **RAID),
        tell("r1", "0", outlet="Daily", start=80, source="the army", day=8, **RAID),
        tell("r2", "4", outlet="River Post", day=8, measure=Measure.INJURIES, **RAID),
        # A look back to another year, and a running total that includes some of this.
        tell("b1", "67", outlet="Daily", day=8, places=("Dalori",), happened=date(2023, 1, 30)),
        tell("b1", "2100", outlet="Daily", start=80, source="a monitor", day=8, scope=Scope.CUMULATIVE, happened=None),
        tell("b2", "2130", outlet="Daily", source="a monitor", day=15, scope=Scope.CUMULATIVE, happened=None),
    ]


@pytest.fixture(name="incidents", scope="module")
def _incidents(readings):
    return find_incidents(readings)


def test_three_events_and_one_of_another_year(incidents):
    assert [(i.place, i.date_start) for i in incidents] == [
        ("Dalori", date(2023, 1, 30)),
        ("Dalori", date(2025, 5, 5)),
        ("Lokoja", date(2025, 5, 6)),
        ("Kurebe", date(2025, 5, 7)),
    ]


def test_the_market_has_the_corrected_figure_and_keeps_the_others(incidents):
    market = incidents[1]
    deaths = market.figures[Measure.DEATHS]
    assert (deaths.low, deaths.best, deaths.high) == (8, 12, 14)
    assert deaths.origins == ("Radio", "Wire One", "police")
    assert [(s.origin, s.count.minimum) for s in deaths.statements if not s.current] == [
        ("Wire One", 8),
        ("police", 14),
    ]
    assert market.figures[Measure.INJURIES].best == 21
    assert len(market.document_ids) == 5


def test_the_ferry_is_counted_and_the_fear_widens_it(incidents):
    deaths = incidents[2].figures[Measure.DEATHS]
    assert (deaths.low, deaths.best, deaths.high) == (27, 27, 60)
    assert "2 independent origins agree" in deaths.reason
    assert incidents[2].figures[Measure.MISSING].best == 30


def test_the_raid_is_denied_and_both_voices_stay(incidents):
    deaths = incidents[3].figures[Measure.DEATHS]
    assert (deaths.low, deaths.best, deaths.high) == (0, 0, 10)
    assert {(s.origin, s.status) for s in deaths.statements} == {
        ("villagers", Status.DISPUTED),
        ("the army", Status.STATED),
    }
    assert incidents[3].figures[Measure.INJURIES].best == 4
    assert incidents[3].origins == ("River Post", "the army", "villagers")


def test_the_series_counts_each_event_on_its_own_day(incidents):
    deaths = [(r.date, r.low, r.best, r.high) for r in series_rows(incidents) if r.measure is Measure.DEATHS]
    assert deaths == [
        (date(2023, 1, 30), 67, 67, 67),
        (date(2025, 5, 5), 8, 12, 14),
        (date(2025, 5, 6), 27, 27, 60),
        (date(2025, 5, 7), 0, 0, 10),
    ]


def test_the_running_total_is_a_series_of_its_own(readings):
    assert [(p.claimant, p.as_of, p.low, p.change, p.kind) for p in find_tolls(readings)] == [
        ("a monitor", date(2025, 5, 8), 2100, None, "first"),
        ("a monitor", date(2025, 5, 15), 2130, 30, "rise"),
    ]


def test_twelve_texts_by_five_outlets(readings):
    assert len({reading.text_sha256 for reading in readings}) == 12
    assert {reading.outlet for reading in readings} == {"Morning", "Evening", "Daily", "Radio", "River Post"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_order_of_arrival_and_no_duplicate_makes_a_difference(readings, incidents, data):
    arrived = data.draw(st.permutations(readings)) + data.draw(st.lists(st.sampled_from(readings), max_size=4))
    assert find_incidents(arrived) == incidents
    assert find_tolls(arrived) == find_tolls(readings)
    assert series_rows(find_incidents(arrived)) == series_rows(incidents)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_same_text_in_a_sixth_outlet_adds_no_origin_and_changes_no_figure(readings, incidents, data):
    text = data.draw(st.sampled_from(sorted({reading.text_sha256 for reading in readings})))
    copied = [
        replace(reading, outlet="Weekly", published=date(2025, 5, 20), claim=replace(reading.claim, document_id="w"))
        for reading in readings
        if reading.text_sha256 == text
    ]
    after = find_incidents([*readings, *copied])
    assert [(i.incident_id, i.origins, bounds(i)) for i in after] == [
        (i.incident_id, i.origins, bounds(i)) for i in incidents
    ]


def bounds(incident):
    return {measure: (figure.low, figure.best, figure.high) for measure, figure in incident.figures.items()}
