"""Daily totals: reported and carried forward kept apart, changes as they are, and no choice made for the user."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.claims import Measure, Scope, Status
from tracker.errors import UsageError

MINISTRY = {
    "scope": Scope.CUMULATIVE,
    "source": "the health ministry",
    "source_kind": "health_ministry",
    "places": ("North Basin",),
    "place_precision": "admin1",
    "baseline_date": date(2025, 1, 1),
}


@pytest.fixture
def total(state):
    def make(count, day, high=..., text=None, words=None, **given):
        at = date(2025, 3, day)
        words = words or f"{count:,}"
        text = text or f"The toll stands at {words} on the {day}th, {sorted(given)} {given.get('source')}."
        high = count if high is ... else high
        return state(text, words, count, high, day=at, published=at, **MINISTRY | given)

    return make


def by_day(rows):
    return {row["report_date"].day: row for row in rows}


def reasons(losses, effect=None):
    return {loss.reason for loss in losses if (effect is None or loss.effect == effect) and loss.about != "file"}


def test_a_missing_day_is_carried_forward_and_reports_nothing(total, tell):
    rows, losses = tell("t4p", total(1000, 3), total(1040, 5), total(1100, 6))
    days = by_day(rows)
    assert list(days) == [3, 4, 5, 6]
    assert days[3] == {
        "report_date": date(2025, 3, 3),
        "report_source": "the health ministry",
        "killed_cum": 1000,
        "ext_killed_cum": 1000,
    }
    assert days[4] == {
        "report_date": date(2025, 3, 4),
        "report_source": "missing",
        "report_period": 0,
        "ext_killed": 0,
        "ext_killed_cum": 1000,
    }
    assert (days[5]["report_period"], days[5]["killed"], days[5]["ext_killed"]) == (48, 40, 40)
    assert (days[6]["report_period"], days[6]["killed"], days[6]["killed_cum"]) == (24, 60, 1100)
    assert sum(row.get("ext_killed", 0) for row in rows) == 100
    assert {"first_day", "source_not_in_list"} <= reasons(losses)


def test_a_correction_is_a_negative_change_and_named(total, tell):
    rows, losses = tell("t4p", total(1000, 3), total(980, 4))
    assert (rows[1]["killed"], rows[1]["killed_cum"]) == (-20, 980)
    assert [loss.sentence for loss in losses if loss.reason == "correction"] == [
        "The total fell by 20; the layout's own checks expect totals that never fall."
    ]


@pytest.mark.parametrize(
    ("sentence", "column"),
    [
        ("A committee approved 112 earlier deaths, which brings the toll to 1,127.", "killed_committee"),
        ("Rescuers recovered 112 bodies, which brings the toll to 1,127.", "killed_recovered"),
        ("A further 112 succumbed to their wounds, which brings the toll to 1,127.", "killed_succumbed"),
        ("Another 112 were added, which brings the toll to 1,127.", None),
    ],
)
def test_people_added_for_earlier_days_have_the_column_that_the_text_names(total, state, tell, sentence, column):
    text = f"15 died today. {sentence}"
    day = date(2025, 3, 4)
    event = {"text": text, "day": day, "published": day, "places": ("North Basin",), "place_precision": "admin1"}
    rows, losses = tell(
        "t4p",
        total(1000, 3),
        state("15 died today.", "15", 15, 15, source="the health ministry", source_kind="health_ministry", **event),
        state(sentence, "112", 112, 112, source="a committee", **event),
        state(sentence, "1,127", 1127, 1127, **MINISTRY | {"text": text, "day": day, "published": day}),
    )
    row = by_day(rows)[4]
    assert row["killed"] == 127
    added = {name: row[name] for name in ("killed_committee", "killed_recovered", "killed_succumbed") if name in row}
    assert added == ({column: 112} if column else {})
    assert ("addition_unnamed" in reasons(losses)) is (column is None)


def test_parts_and_other_measures_have_their_columns(total, tell):
    text = "The toll is 1,000, with 300 children and 150 women; 2,500 are hurt and 40 died of hunger."
    rows, _ = tell(
        "t4p",
        total(1000, 3, text=text, victims="people"),
        total(300, 3, text=text, victims="children"),
        total(150, 3, text=text, victims="women"),
        total(2500, 3, text=text, measure=Measure.INJURIES),
        total(40, 3, text=text, measure=Measure.MALNUTRITION_DEATHS),
        total(1010, 4),
    )
    first, second = rows
    assert (first["killed_children_cum"], first["killed_women_cum"]) == (300, 150)
    assert (first["injured_cum"], first["famine_cum"]) == (2500, 40)
    assert (second["ext_killed_children_cum"], second["ext_injured_cum"], second["ext_injured"]) == (300, 2500, 0)
    assert not {"killed_children_cum", "injured_cum", "famine_cum"} & second.keys()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"places": ("South Basin",)}, "other_area"),
        ({"source": "the port office", "source_kind": None, "measure": Measure.INJURIES}, "other_claimant"),
        ({"measure": Measure.DETAINED}, "other_measure"),
        ({"status": Status.POSSIBLE}, "not_stated"),
        ({"victims": "fishermen", "part_of": 0, "count": 20}, "other_population"),
        ({"high": None, "count": 1000, "day": 5}, "looser"),
        ({"baseline_date": date(2025, 2, 1), "count": 300}, "other_baseline"),
        ({"scope": Scope.EVENT}, "event_figure"),
    ],
)
def test_what_has_no_place_in_the_layout_is_left_out_with_its_reason(total, tell, given, reason):
    given = dict(given)
    other = total(given.pop("count", 900), given.pop("day", 4), **given)
    rows, losses = tell("t4p", total(1000, 3), total(1010, 4), other, claimant="health ministry", area="north basin")
    assert reason in reasons(losses, "left_out")
    assert [row.get("killed_cum") for row in rows] == [1000, 1010]


def test_of_two_values_of_a_day_the_later_stands(total, tell):
    rows, losses = tell("t4p", total(1000, 3), total(1010, 4), total(1014, 4))
    assert rows[-1]["killed_cum"] == 1014
    assert [loss.low for loss in losses if loss.reason == "same_day"] == [1010]


def test_the_period_is_that_of_the_change(total, tell):
    rows, _ = tell("t4p", total(1000, 3), total(40, 4, measure=Measure.MALNUTRITION_DEATHS), total(1040, 5))
    assert [(row.get("report_period"), row.get("killed")) for row in rows] == [(None, None), (24, None), (48, 40)]


def test_voices_of_one_name_are_no_choice(total, tell):
    other = total(900, 4, geonames_id=7, place_precision="exact")
    rows, losses = tell("t4p", total(1000, 3), other)
    assert [row.get("killed_cum") for row in rows] == [1000]
    assert "other_baseline" in reasons(losses, "left_out")


def test_a_known_office_is_named_by_the_layout_s_own_word(total, tell):
    rows, losses = tell("t4p", total(1000, 3), total(1010, 4, source_id="pse-health-ministry"))
    assert {row["report_source"] for row in rows} == {"mohtel"}
    assert "source_not_in_list" not in reasons(losses)


def test_a_choice_is_the_user_s(total, tell):
    other = total(900, 3, source="the port office", source_kind=None)
    with pytest.raises(UsageError) as refused:
        tell("t4p", total(1000, 3), other)
    assert str(refused.value).endswith(
        "choose by --claimant and --area from: the health ministry for North Basin; the port office for North Basin."
    )
    rows, _ = tell("t4p", total(1000, 3), other, claimant="Port Office")
    assert rows[0]["killed_cum"] == 900
    with pytest.raises(UsageError, match="no such claimant and area has running totals"):
        tell("t4p", total(1000, 3), claimant="the harbour master")


def test_without_totals_there_is_no_file(state, tell):
    with pytest.raises(UsageError, match="there is no running total of deaths"):
        tell("t4p", state("Nine were killed.", "Nine", 9, 9))


def test_the_newsroom_s_days(newsroom, tell):
    rows, losses = tell("t4p", *newsroom[0].readings, claimant="the health ministry")
    days = by_day(rows)
    assert [days[day].get("killed_cum") for day in (3, 7, 9, 10, 12, 15)] == [58412, None, 58580, 58565, 58718, 58777]
    assert (days[10]["killed"], days[12]["killed"], days[12]["killed_committee"]) == (-15, 127, 112)
    assert {row["report_source"] for row in rows} == {"mohtel", "missing"}
    assert days[15]["famine_cum"] == 92
    assert {"correction", "looser", "other_claimant", "other_area", "event_figure"} <= reasons(losses)
