"""The series counts every incident once, adds nothing that must not be added, and invents no zero."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Measure
from tracker.incidents import find_incidents
from tracker.incidents.selection import Selection
from tracker.incidents.series import COLUMNS, place_in_time, series_frame, series_rows

BORNO = {"admin1": "Borno", "place_precision": "town"}


def places(number):
    return {"places": (f"town {number}",), "latitude": float(number), "longitude": 0.0}


def test_the_frame_has_the_promised_columns_and_types(tell):
    frame = series_frame(find_incidents([tell("a", "24+", flags=("vague",))]))
    assert tuple(frame.columns) == COLUMNS
    assert pd.api.types.is_datetime64_any_dtype(frame["date"])
    assert {str(frame[name].dtype) for name in ("low", "best", "high", "origins", "claims")} == {"Int64"}
    (row,) = frame.to_dict("records")
    assert (row["low"], row["measure"], row["area"], row["basis"]) == (24, "deaths", "NGA", "event")
    assert frame["best"].isna().all()
    assert frame["high"].isna().all()


def test_an_empty_series_has_its_columns_too():
    frame = series_frame([])
    assert tuple(frame.columns) == COLUMNS
    assert str(frame["low"].dtype) == "Int64"


def test_days_without_report_have_no_row(tell):
    rows = series_rows(find_incidents([tell("a", "8", happened=5), tell("b", "0", happened=9, day=9)]))
    assert [(row.date.day, row.best) for row in rows] == [(5, 8), (9, 0)]


def test_measures_and_bases_never_share_a_row(tell):
    readings = [
        tell("a", "8", **places(1)),
        tell("a", "4", start=50, measure=Measure.MALNUTRITION_DEATHS, **places(1)),
        tell("b", "2", happened=None, **places(9)),
        tell("c", "50", happened=(1, 5), **places(20)),
    ]
    rows = series_rows(find_incidents(readings))
    assert [(row.date.day, row.measure, row.basis, row.best) for row in rows] == [
        (5, Measure.DEATHS, "event", 8),
        (5, Measure.DEATHS, "interval", 50),
        (5, Measure.DEATHS, "reported", 2),
        (5, Measure.MALNUTRITION_DEATHS, "event", 4),
    ]


def test_one_unknown_best_makes_the_sum_unknown_and_the_known_lower_bounds_stay(tell):
    readings = [
        tell("a", "8", **places(1)),
        tell("b", "24+", flags=("vague",), **places(9)),
        tell("c", "-9", **places(20)),
    ]
    (row,) = series_rows(find_incidents(readings))
    assert (row.low, row.best, row.high) == (32, None, None)


@pytest.mark.parametrize(("frequency", "expected"), [("D", [5, 11]), ("W", [5]), ("M", [1])])
def test_periods(tell, frequency, expected):
    incidents = find_incidents([tell("a", "8", happened=5), tell("b", "2", happened=11, day=11)])
    assert [row.date.day for row in series_rows(incidents, frequency)] == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [("country", "NGA"), ("admin1", "NGA/Borno"), ("place", "NGA/Borno/Maiduguri")],
)
def test_areas(tell, area, expected):
    (row,) = series_rows(find_incidents([tell("a", "8", **BORNO)]), area=area)
    assert row.area == expected


def test_a_coarse_place_is_not_named_twice(tell):
    province = find_incidents([tell("a", "8", places=("Borno",), admin1="Borno", place_precision="admin1")])
    country = find_incidents([tell("a", "8", places=("Nigeria",), place_precision="country")])
    assert [row.area for row in series_rows(province, area="place")] == ["NGA/Borno"]
    assert [row.area for row in series_rows(country, area="place")] == ["NGA"]
    assert [row.area for row in series_rows(find_incidents([tell("a", "8", country=None)]))] == [None]


def test_an_old_event_stands_at_its_own_date(tell):
    (row,) = series_rows(find_incidents([tell("a", "67", happened=date(1997, 6, 1))]))
    assert row.date == date(1997, 6, 1)


def test_an_origin_counts_once_in_a_row(tell):
    readings = [tell(f"t{n}", "8", source="ministry", **places(n * 9)) for n in range(3)]
    (row,) = series_rows(find_incidents(readings))
    assert (row.origins, row.claims, row.best) == (1, 3, 24)


def test_the_series_sums_to_the_incidents(tell):
    @settings(max_examples=100, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 9),
                st.sampled_from(["", "+"]),
                st.sampled_from([5, 6, 20, (5, 6), None]),
                st.integers(0, 3),
                st.sampled_from(list(Measure)),
            ),
            max_size=12,
        ),
        st.sampled_from("DWM"),
        st.sampled_from(["country", "admin1", "place"]),
    )
    def check(drawn, frequency, area):
        incidents = find_incidents(
            tell(f"t{n}", f"{low}{plus}", happened=days, day=20, measure=measure, **places(number * 9))
            for n, (low, plus, days, number, measure) in enumerate(drawn)
        )
        expected, found = Counter(), Counter()
        for incident in incidents:
            for measure, figure in incident.figures.items():
                expected[measure, "low"] += figure.low
                expected[measure, "best"] += figure.best
                expected[measure, "claims"] += len(figure.claim_ids)
        for row in series_frame(incidents, frequency, area).itertuples():
            for name in ("low", "best", "claims"):
                found[row.measure, name] += getattr(row, name)
        assert found == expected
        assert all(place_in_time(incident) for incident in incidents)

    check()


def test_a_day_of_none_and_a_day_without_report_are_told_apart(tell):
    incidents = find_incidents([tell("a", "8", happened=5), tell("b", "0", happened=7, day=7)])
    frame = series_frame(incidents, every=(date(2025, 5, 4), date(2025, 5, 7)))
    low = [None if pd.isna(value) else value for value in frame["low"]]
    assert list(zip(frame["date"].dt.day, low, frame["basis"], frame["claims"], strict=True)) == [
        (4, None, "no_report", 0),
        (5, 8, "event", 1),
        (6, None, "no_report", 0),
        (7, 0, "event", 1),
    ]
    assert str(frame["low"].dtype) == "Int64"


@pytest.mark.parametrize(("frequency", "days"), [("W", [28, 5, 12]), ("M", [1, 1])])
def test_every_week_and_every_month(tell, frequency, days):
    incidents = find_incidents([tell("a", "8", happened=5)])
    frame = series_frame(incidents, frequency, every=(date(2025, 4, 30), date(2025, 5, 14)))
    assert list(frame["date"].dt.day) == days
    assert list(frame["basis"]).count("event") == 1


def test_causes_and_sources_apart(tell):
    incidents = find_incidents(
        [
            tell("a", "8", source="police", source_kind="police"),
            tell("b", "12", source="the hospital", source_kind="hospital"),
            tell("c", "3", cause=Cause.FLOOD, **places(9)),
        ]
    )
    causes = series_frame(incidents, apart=["cause"])
    assert dict(zip(causes["cause"], causes["best"], strict=True)) == {"flood": 3, "shooting": 12}
    sources = series_frame(incidents, apart=["source"])
    assert dict(zip(sources["source"], sources["best"], strict=True)) == {
        "outlet of c": 3,
        "police": 8,
        "the hospital": 12,
    }


def test_what_came_to_light_late_is_counted_on_its_own_day_and_marked(tell):
    incidents = find_incidents([tell("a", "8", happened=5, day=5), tell("b", "2", happened=5, day=20, **places(9))])
    assert [(row.date.day, row.best, row.late) for row in series_rows(incidents)] == [(5, 10, 1)]
    added = list(Selection(added=date(2025, 5, 20)).of(incidents))
    assert [(row.date.day, row.best, row.late) for row in series_rows(added)] == [(5, 2, 1)]
    assert list(Selection(added=date(2025, 5, 5)).of(incidents)) == []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, [8, 21, 4]),
        ({"measures": {Measure.DEATHS}}, [8, 4]),
        ({"causes": {Cause.FLOOD}}, [4]),
        ({"country": "nga"}, [8, 21]),
        ({"admin1": "borno"}, [8, 21]),
        ({"place": "MAIDUGURI"}, [8, 21]),
        ({"source": "The Police"}, [21]),
        ({"first": date(2025, 5, 6)}, [4]),
        ({"last": date(2025, 5, 5)}, [8, 21]),
    ],
)
def test_a_selection_takes_what_it_names(tell, chosen, expected):
    readings = [
        tell("a", "8", **BORNO),
        tell("a", "21", start=50, source="police", measure=Measure.INJURIES, **BORNO),
        tell("b", "4", cause=Cause.FLOOD, happened=7, day=7, country="NER", **places(9)),
    ]
    names = {name: frozenset(value) if isinstance(value, set) else value for name, value in chosen.items()}
    selected = Selection(**names).of(find_incidents(readings))
    assert [figure.best for incident in selected for figure in incident.figures.values()] == expected
