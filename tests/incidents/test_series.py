"""The series counts every incident once, adds nothing that must not be added, and invents no zero."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.incidents import find_incidents
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
