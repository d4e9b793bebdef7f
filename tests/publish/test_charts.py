"""Charts: what they draw, what they leave unlabelled, and the rows and words that go with them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tracker.claims import Measure, Scope
from tracker.incidents import find_incidents, find_tolls
from tracker.publish.charts.days import draw_days, label_bar, pick_labelled
from tracker.publish.charts.drawing import house_style, mark_days, new_figure, to_csv
from tracker.publish.charts.tolls import draw_tolls, group_tolls
from tracker.publish.material import Window
from tracker.publish.totals import DayBar, bars_of, total_of

MARCH = Window(date(2025, 3, 3), date(2025, 3, 16))


def bar(day: int, low: int, best: int, high: int | None, has_best: bool = True) -> DayBar:
    return DayBar(
        day=date(2025, 3, day), measure=Measure.DEATHS, low=low, best=best, high=high, dated=best,
        has_best=has_best, incidents=1,
    )  # fmt: skip


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_bars_keep_unknown_days_out_and_stated_zeros_in(state):
    incidents = find_incidents([state("No one was hurt.", "No one", 0, 0, measure=Measure.INJURIES)])
    assert [(b.day, b.best, b.high) for b in bars_of(incidents, MARCH)] == [(date(2025, 3, 10), 0, 0)]


def test_bars_tell_the_day_of_the_harm_from_that_of_the_report(state):
    incidents = find_incidents(
        [
            state("Two died in A.", "Two", 2, 2, places=("A",)),
            state("Five died in B.", "Five", 5, 5, places=("B",), day=None),
        ]
    )
    (found,) = bars_of(incidents, MARCH)
    assert (found.best, found.dated, found.incidents) == (7, 2, 2)


def test_one_open_bound_opens_the_sum(state):
    incidents = find_incidents(
        [
            state("At least 14 died in A.", "At least 14", 14, None, places=("A",)),
            state("Five died in B.", "Five", 5, 5, places=("B",)),
        ]
    )
    total = total_of(Measure.DEATHS, incidents, MARCH)
    assert total is not None
    assert (total.low, total.best, total.high, total.open_incidents) == (19, 19, None, 1)


@pytest.mark.parametrize(("first", "last", "counts"), [(2, 3, True), (16, 17, False), (10, 12, True), (7, 14, False)])
def test_an_incident_counts_on_its_last_day_and_a_long_one_nowhere(state, first, last, counts):
    reading = state("Six died.", "Six", 6, 6, date_start=date(2025, 3, first), date_end=date(2025, 3, last))
    assert (total_of(Measure.DEATHS, find_incidents([reading]), MARCH) is not None) is counts


@pytest.mark.parametrize(
    ("given", "label"),
    [
        (bar(3, 12, 12, 12), "12"),
        (bar(3, 14, 14, None), "≥\u00a014"),
        (bar(3, 49, 52, None), "52"),
        (bar(3, 15, 15, 20, has_best=False), "15–20"),
        (bar(3, 0, 0, 20, has_best=False), "≤\u00a020"),
        (bar(3, 0, 0, 0), "0"),
    ],
)
def test_labels_over_bars(given, label):
    assert label_bar(given) == label


def test_labels_of_a_crowded_chart_never_touch():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(120)]
    bars = [
        DayBar(
            day=day, measure=Measure.DEATHS, low=n, best=n, high=n, dated=n, has_best=True, incidents=1,
        )
        for n, day in ((1000 + 37 * at % 700, day) for at, day in enumerate(days))
    ]  # fmt: skip
    placed = pick_labelled(bars, days, 2000, 6.7)
    assert placed[0][0].best == max(b.best for b in bars)
    spots = sorted(at for _, at in placed)
    assert len(spots) < len(bars)
    assert min(b - a for a, b in pairwise(spots)) > 1


def test_daily_chart_shows_gaps_hatches_and_units(state, reports):
    incidents = find_incidents([state("Five died in B.", "Five", 5, 5, day=None)])
    chart = draw_days("daily", bars_of(incidents, MARCH), MARCH, [Measure.DEATHS, Measure.INJURIES], reports)
    assert "only the day of the report known" in chart.svg
    assert "no report (unknown, not zero)" in chart.svg
    assert "persons a day" in chart.svg
    assert "no figure reported in this window" in chart.svg  # the panel of injuries
    assert "10 March 2025 with 5" in chart.alt
    assert "Injuries: no figure was reported" in chart.alt
    assert rows(chart.csv) == [
        {
            "date": "2025-03-10", "measure": "deaths", "low": "5", "best": "5", "high": "5",
            "best_with_day_of_harm_known": "0", "incidents": "1",
        }
    ]  # fmt: skip


def test_vertical_axes_begin_at_zero(reports, monkeypatch):
    import tracker.publish.charts.days as module

    figures = []
    monkeypatch.setattr(module, "new_figure", lambda *size: figures.append(new_figure(*size)) or figures[-1])
    draw_days("daily", [bar(5, 900, 900, 905)], MARCH, [Measure.DEATHS], reports)
    assert [axes.get_ylim()[0] for axes in figures[0].axes] == [0]


def test_an_open_bound_is_an_empty_cell():
    assert to_csv(("low", "high"), [(14, None)]) == b"low,high\n14,\n"


@pytest.mark.parametrize("length", [1, 14, 31, 90, 366])
def test_days_are_marked_as_dates_and_never_crowd(reports, length):
    days = [date(2024, 12, 30) + timedelta(days=n) for n in range(length)]
    with house_style(reports):
        axes = new_figure(6, 2).subplots()
        mark_days(axes, days)
        labels = [label.get_text() for label in axes.get_xticklabels()]
        marked = [date.fromordinal(int(at)) for at in axes.get_xticks()]
    assert 1 <= len(labels) <= 16
    assert set(marked) <= set(days)
    assert [label.split("\n")[0] for label in labels] == [str(day.day) for day in marked]
    assert {label.split("\n")[2] for label in labels if label.count("\n") == 2} == {str(day.year) for day in marked}


def test_tolls_have_a_line_for_each_baseline_and_mark_corrections(state, reports):
    given = {"scope": Scope.CUMULATIVE, "source": "The ministry", "places": ("Gaza",), "day": None}
    war = {"baseline_date": date(2023, 10, 7)}
    points = find_tolls(
        [
            state("It is 4,902.", "4,902", 4902, 4902, published=date(2025, 3, 6), **given, **war),
            state("It is 4,895.", "4,895", 4895, 4895, published=date(2025, 3, 8), **given, **war),
            state("This year: 310.", "310", 310, 310, published=date(2025, 3, 8), **given, baseline_text="this year"),
        ]
    )
    lines = group_tolls(points, [Measure.DEATHS])
    assert [line.baseline for line in lines] == ["since 7 October 2023", "this year"]
    chart = draw_tolls(lines, MARCH, reports)
    assert chart is not None
    assert "−7" in chart.svg
    assert "since 7 October 2023" in chart.svg
    assert "On 8 March 2025 it was corrected by −7." in chart.alt
    assert [(row["baseline"], row["change"], row["kind"]) for row in rows(chart.csv)] == [
        ("since 7 October 2023", "", "first"),
        ("since 7 October 2023", "-7", "correction"),
        ("this year", "", "first"),
    ]


def test_no_toll_no_chart(reports):
    assert draw_tolls([], MARCH, reports) is None


def test_the_users_own_style_changes_nothing(reports):
    import matplotlib

    plain = draw_days("daily", [bar(5, 3, 3, 3)], MARCH, [Measure.DEATHS], reports).svg
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "mine", "axes.facecolor": "red"}):
        assert draw_days("daily", [bar(5, 3, 3, 3)], MARCH, [Measure.DEATHS], reports).svg == plain
