"""A toll beside the incidents of its days: the residual, and what is known that may explain it."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Measure, Scope
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.reconciliation import reconcile

STRIP = {"country": "PSE", "places": ("Gaza Strip",), "admin1": "Gaza Strip", "place_precision": "admin1"}
CITY = {"country": "PSE", "places": ("Khan Younis",), "admin1": "Gaza Strip", "place_precision": "town"}


def total(tell, text, count, day, **given):
    where = {"source": "the ministry", "scope": Scope.CUMULATIVE, "happened": (1, day), "cause": None} | STRIP
    return tell(text, count, day=day, **(where | given))


def rows(readings, **given):
    return [
        (row.since.day, row.until.day, row.change, row.best, row.residual, row.reasons)
        for row in reconcile(find_tolls(readings), find_incidents(readings), **given)
    ]


def test_incidents_of_the_days_and_the_area_are_summed(tell):
    readings = [
        total(tell, "a", "100", 2),
        total(tell, "b", "130", 4),
        tell("c", "10", happened=3, day=3, **CITY),
        tell("d", "20", happened=4, day=4, cause=Cause.AIRSTRIKE, **(CITY | {"places": ("Rafah",)})),
        tell("e", "70", happened=2, day=2, **CITY),
        tell("f", "5", happened=3, day=3, **(CITY | {"admin1": "West Bank", "places": ("Jenin",)})),
        tell("g", "3", happened=3, day=3, measure=Measure.INJURIES, **CITY),
    ]
    assert rows(readings) == [(2, 4, 30, 30, 0, ())]


def test_what_is_left_has_its_possible_reasons(tell):
    readings = [
        total(tell, "a", "100", 2),
        total(tell, "b", "130", 5),
        tell("c", "10+", happened=3, day=3, **CITY),
        tell("d", "50", happened=(1, 5), day=5, **CITY),
    ]
    ((_, _, _, best, residual, reasons),) = rows(readings)
    assert (best, residual) == (10, 20)
    assert reasons[:3] == (
        "no incident is known of 2 of 3 days",
        "incidents without an exact figure: 1",
        "incidents left out that sum up many days: 1",
    )


def test_a_revision_that_explains_the_residual_is_the_only_reason(tell):
    readings = [
        total(tell, "a", "100", 2),
        total(tell, "b", "227", 3),
        tell("b", "15", start=50, happened=(2, 3), day=3, source="the ministry", **(STRIP | {"cause": None})),
        tell("b", "112", start=90, happened=(2, 3), day=3, source="a committee", **(STRIP | {"cause": None})),
    ]
    assert rows(readings) == [(2, 3, 127, 15, 112, ("112 added for earlier days on 2025-05-03",))]


def test_steps_and_windows(tell):
    readings = [total(tell, f"t{day}", str(100 + day), day) for day in (1, 3, 5, 7)]
    spans = [row[:3] for row in rows(readings, steps=True)]
    assert spans == [(1, 3, 2), (3, 5, 2), (5, 7, 2), (1, 7, 6)]
    window = {"first": date(2025, 5, 4), "last": date(2025, 5, 6)}
    assert [row[:3] for row in rows(readings, **window)] == [(3, 5, 2)]
    assert rows(readings, first=date(2025, 5, 8)) == []


def test_steps_add_up_to_the_whole(tell):
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(1, 25), st.integers(500, 900)), min_size=3, unique_by=lambda pair: pair[0]),
        st.lists(st.tuples(st.integers(1, 25), st.integers(1, 30)), max_size=6, unique_by=lambda pair: pair[0]),
    )
    def check(values, events):
        readings = [total(tell, f"t{day}", str(count), day) for day, count in values]
        readings += [tell(f"e{day}", str(count), happened=day, day=day, **CITY) for day, count in events]
        *steps, whole = reconcile(find_tolls(readings), find_incidents(readings), steps=True)
        for name in ("change", "low", "best", "incidents", "residual"):
            assert sum(getattr(step, name) for step in steps) == getattr(whole, name)

    check()
