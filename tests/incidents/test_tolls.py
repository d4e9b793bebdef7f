"""Running totals: one series a claimant, area, measure and baseline; corrections stay negative."""

from datetime import date
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Measure, Scope, Status
from tracker.incidents import find_tolls


def toll(tell, text, count, day, **given):
    fields = {"scope": Scope.CUMULATIVE, "source": "ministry", "happened": None, "places": ("Gaza",), "country": "PSE"}
    return tell(text, count, day=day, **(fields | given))


def values(points):
    return [(p.as_of.day, p.low, p.change, p.kind) for p in points]


def test_rise_same_and_correction_are_never_clamped(tell):
    readings = [toll(tell, f"t{day}", count, day) for day, count in enumerate(["100", "130", "130", "120"], start=1)]
    expected = [(1, 100, None, "first"), (2, 130, 30, "rise"), (3, 130, 0, "same"), (4, 120, -10, "correction")]
    for order in permutations(readings):
        assert values(find_tolls(order)) == expected


def test_claimants_areas_measures_baselines_and_statuses_are_series_apart(tell):
    variants = [
        {"source": "office"},
        {"places": ("Rafah",)},
        {"measure": Measure.MALNUTRITION_DEATHS},
        {"baseline_date": date(2023, 10, 7)},
        {"baseline_text": "this year"},
        {"status": Status.POSSIBLE},
    ]
    readings = [toll(tell, "t", "100", 1)]
    readings += [toll(tell, f"v{n}", "90", 2, **variant) for n, variant in enumerate(variants)]
    assert [p.kind for p in find_tolls(readings)] == ["first"] * 7


def test_outlets_that_repeat_the_total_of_a_day_are_one_point(tell):
    readings = [toll(tell, text, "100", 1, outlet=text, source="Ministry") for text in "abc"]
    (point,) = find_tolls(readings)
    assert point.claimant == "Ministry"


def test_without_a_source_the_outlet_is_the_claimant(tell):
    assert [p.claimant for p in find_tolls([toll(tell, "a", "100", 1, source=None, outlet="Paper")])] == ["Paper"]


def test_a_rounded_wording_is_no_correction(tell):
    readings = [
        toll(tell, "a", "56412", 1),
        toll(tell, "b", "56000+", 1),
        toll(tell, "c", "56000+", 2),
        toll(tell, "d", "56500", 3),
    ]
    assert values(find_tolls(readings)) == [
        (1, 56412, None, "first"),
        (2, 56000, None, "same"),
        (3, 56500, 88, "rise"),
    ]


def test_parts_of_a_total_are_series_of_their_own(tell):
    readings = [
        reading
        for day, (total, children) in enumerate([("100", "30"), ("110", "35")], start=1)
        for reading in (
            toll(tell, f"t{day}", total, day),
            toll(tell, f"t{day}", children, day, start=50, part_of=0, victims="children"),
        )
    ]
    assert [(p.population, p.low, p.change) for p in find_tolls(readings)] == [
        (None, 100, None),
        (None, 110, 10),
        ("children", 30, None),
        ("children", 35, 5),
    ]


def test_the_claim_s_own_end_goes_before_the_day_of_publication(tell):
    readings = [toll(tell, "a", "100", 9, happened=(1, 4)), toll(tell, "b", "90", 9)]
    assert [p.as_of.day for p in find_tolls(readings)] == [4, 9]


def test_what_cannot_be_placed_in_time_and_event_claims_are_left_out(tell):
    assert find_tolls([toll(tell, "a", "100", None), tell("b", "8")]) == []


def test_an_upper_bound_alone_can_be_compared(tell):
    assert values(find_tolls([toll(tell, "a", "-20", 1), toll(tell, "b", "-30", 2)])) == [
        (1, None, None, "first"),
        (2, None, None, "same"),
    ]


def test_a_smaller_total_of_others_beside_the_whole_is_a_part_everywhere(tell):
    readings = [
        toll(tell, "a", "100", 1, victims="Palestinians"),
        toll(tell, "a", "30", 1, start=50, victims="children"),
        toll(tell, "b", "32", 2, victims="Children"),
        toll(tell, "c", "110", 3, victims="people"),
    ]
    expected = [(None, 100, None), (None, 110, 10), ("children", 30, None), ("children", 32, 2)]
    for order in permutations(readings):
        assert [(p.population, p.low, p.change) for p in find_tolls(order)] == expected


def test_a_rounding_with_other_words_is_no_part(tell):
    readings = [
        toll(tell, "a", "56412", 1, victims="Palestinians"),
        toll(tell, "a", "56000+", 1, start=50, victims="people"),
    ]
    assert [(p.population, p.low) for p in find_tolls(readings)] == [(None, 56412)]


def test_a_part_whose_whole_is_missing_never_enters_the_whole(tell):
    readings = [toll(tell, "a", "100", 1), toll(tell, "b", "30", 2, part_of=700, victims="women")]
    assert [(p.population, p.kind) for p in find_tolls(readings)] == [(None, "first"), ("women", "first")]


def test_a_province_under_the_name_of_its_town_is_one_area(tell):
    town = {"places": ("Gaza",), "geonames_id": 1, "admin1": "Gaza Strip", "place_precision": "exact"}
    strip = {"places": ("Gaza Strip",), "geonames_id": 2, "admin1": "Gaza Strip", "place_precision": "admin1"}
    other = {"places": ("Rafah",), "geonames_id": 3, "admin1": "Gaza Strip", "place_precision": "exact"}
    readings = [
        toll(tell, "a", "100", 1, **strip),
        toll(tell, "b", "110", 2, **town),
        toll(tell, "c", "120", 3, **strip),
        toll(tell, "d", "40", 3, **other),
    ]
    for order in permutations(readings):
        assert [(p.area, p.low, p.change) for p in find_tolls(order)] == [
            ("Gaza Strip", 100, None),
            ("Gaza Strip", 110, 10),
            ("Gaza Strip", 120, 10),
            ("Rafah", 40, None),
        ]


def test_a_total_without_baseline_joins_the_only_one_that_it_fits(tell):
    since = {"baseline_date": date(2023, 10, 7)}
    readings = [toll(tell, "a", "100", 1, **since), toll(tell, "b", "110", 2), toll(tell, "c", "7", 2)]
    assert [(p.baseline, p.low) for p in find_tolls(readings)] == [(None, 7), ("2023-10-07", 100), ("2023-10-07", 110)]


def test_a_day_s_figure_taken_for_a_total_is_no_correction(tell):
    readings = [toll(tell, "a", "58000", 1), toll(tell, "b", "58", 2), toll(tell, "c", "58100", 3)]
    for order in permutations(readings):
        assert [(p.population, p.low, p.kind) for p in find_tolls(order)] == [
            (None, 58000, "first"),
            (None, 58100, "rise"),
            ("part", 58, "first"),
        ]


def test_people_in_general_are_no_population(tell):
    readings = [
        toll(tell, "a", "58000", 1),
        toll(tell, "a", "31", 1, start=50, victims="people"),
        toll(tell, "b", "58100", 2, victims="people"),
    ]
    assert [(p.population, p.low) for p in find_tolls(readings)] == [(None, 58000), (None, 58100), ("part", 31)]


@st.composite
def many_totals(draw, tell):
    return [
        toll(
            tell,
            f"t{draw(st.integers(0, 4))}",
            draw(st.sampled_from(["30", "100", "110+", "5000", "58000"])),
            draw(st.integers(1, 3)),
            start=at * 50,
            source=draw(st.sampled_from([None, "ministry", "the health ministry", "Ministry of Health"])),
            source_id=draw(st.sampled_from([None, None, "moh"])),
            source_kind=draw(st.sampled_from([None, "health_ministry"])),
            victims=draw(st.sampled_from([None, "people", "children"])),
            baseline_text=draw(st.sampled_from([None, "this year"])),
            part_of=draw(st.sampled_from([None, None, 0])) if at else None,
        )
        for at in range(draw(st.integers(1, 8)))
    ]


def test_order_does_not_matter_and_every_distinct_value_stands(tell):
    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def check(data):
        readings = data.draw(many_totals(tell))
        points = find_tolls(readings)
        assert find_tolls(data.draw(st.permutations(readings))) == points
        assert find_tolls([*readings, data.draw(st.sampled_from(readings))]) == points
        assert {p.low for p in points} <= {r.claim.count_min for r in readings}

    check()


def test_parts_that_no_words_name_are_told_apart_by_size(tell):
    readings = [
        toll(tell, f"t{day}", count, day, start=50 * at)
        for day, counts in ((1, ["73000", "1200"]), (2, ["73010", "1210", "33"]), (3, ["73020", "1220"]))
        for at, count in enumerate(counts)
    ]
    parts = [point for point in find_tolls(readings) if point.low < 73000]
    assert sorted((p.population, p.as_of.day, p.low, p.kind) for p in parts) == [
        ("part", 1, 1200, "first"),
        ("part", 2, 1210, "rise"),
        ("part", 3, 1220, "rise"),
        ("part 2", 2, 33, "first"),
    ]
