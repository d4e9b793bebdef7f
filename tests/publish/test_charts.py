"""Charts: what they draw, what they leave unlabelled, and the rows and words that go with them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from tracker.claims import Measure, Scope
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.reconciliation import reconcile
from tracker.publish.charts.days import draw_days, label_axis, label_bar, pick_labelled
from tracker.publish.charts.drawing import house_style, mark_days, new_figure, to_csv
from tracker.publish.charts.labels import measure_text
from tracker.publish.charts.periods import Bar, gather_bars, periods_of
from tracker.publish.charts.reconciled import draw_reconciliation
from tracker.publish.charts.toll_panel import choose_axis, word_change
from tracker.publish.charts.tolls import draw_tolls, group_tolls, pick_lines
from tracker.publish.material import Window
from tracker.publish.totals import total_of

MARCH = Window(date(2025, 3, 3), date(2025, 3, 16))


def bar(day: int, low: int, best: int, high: int | None, has_best: bool = True, **given) -> Bar:
    on = date(2025, 3, day)
    return Bar(first=on, last=on, measure=Measure.DEATHS, low=low, best=best, high=high, has_best=has_best, **given)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_bars_keep_unknown_days_out_and_stated_zeros_in(state):
    incidents = find_incidents([state("No one was hurt.", "No one", 0, 0, measure=Measure.INJURIES)])
    assert [(b.first, b.best, b.high) for b in gather_bars(incidents, MARCH)] == [(date(2025, 3, 10), 0, 0)]


def test_bars_tell_the_day_of_the_harm_from_that_of_the_report(state):
    incidents = find_incidents(
        [
            state("Two died in A.", "Two", 2, 2, places=("A",)),
            state("Five died in B.", "Five", 5, 5, places=("B",), day=None),
        ]
    )
    (found,) = gather_bars(incidents, MARCH)
    assert (found.best, found.undated, found.incidents) == (7, 5, 2)


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
    sizes = [1000 + 37 * at % 700 for at in range(120)]
    bars = [
        Bar(first=day, last=day, measure=Measure.DEATHS, low=n, best=n, high=n)
        for n, day in zip(sizes, days, strict=True)
    ]
    placed = pick_labelled(bars, (days[0].toordinal() - 0.6, days[-1].toordinal() + 0.6), 2000, 6.3)
    assert placed[0][0].best == max(sizes)
    assert len(placed) < len(bars)
    apart = 72 * 6.3 / 120.2  # points a day
    for (a, a_at), (b, b_at) in combinations(placed, 2):
        wide = (measure_text(label_bar(a), 6.5, bold=True)[0] + measure_text(label_bar(b), 6.5, bold=True)[0]) / 2
        assert abs(a_at - b_at) * apart > wide or abs(a.top - b.top) / 2000 * 0.92 * 72 > 6.5


def test_long_windows_are_drawn_by_the_week_and_very_long_ones_by_the_month():
    window = Window(date(2025, 1, 1), date(2025, 4, 10))  # from a Wednesday to a Thursday
    periods = periods_of(window)
    assert periods[0] == (date(2025, 1, 1), date(2025, 1, 5))
    assert periods[1] == (date(2025, 1, 6), date(2025, 1, 12))
    assert periods[-1] == (date(2025, 4, 7), date(2025, 4, 10))
    assert len(periods_of(MARCH)) == 14
    assert periods_of(Window(date(2023, 1, 15), date(2025, 3, 1)))[:2] == [
        (date(2023, 1, 15), date(2023, 1, 31)), (date(2023, 2, 1), date(2023, 2, 28))
    ]  # fmt: skip


def test_a_week_adds_up_its_days_and_says_how_many_had_a_figure(state):
    incidents = find_incidents(
        [
            state("Two died in A.", "Two", 2, 2, places=("A",), day=date(2025, 3, 3)),
            state("Five died in B.", "Five", 5, 5, places=("B",), day=date(2025, 3, 9)),
            state("Six died in C.", "Six", 6, 6, places=("C",), day=date(2025, 3, 10)),
        ]
    )
    first, second = gather_bars(incidents, Window(date(2025, 2, 1), date(2025, 4, 30)))
    assert (first.first, first.last, first.best, first.days) == (date(2025, 3, 3), date(2025, 3, 9), 7, 2)
    assert (second.best, second.days) == (6, 1)


def test_bars_tell_late_reports_and_least_figures_apart(state):
    incidents = find_incidents(
        [
            state("Two died in A.", "Two", 2, 2, places=("A",), published=date(2025, 3, 14)),
            state("Dozens died in B.", "Dozens", 24, None, places=("B",)),
            state("Five died in C.", "Five", 5, 5, places=("C",)),
        ]
    )
    (found,) = gather_bars(incidents, MARCH)
    assert (found.best, found.late, found.undated, found.incidents) == (31, 2, 0, 3)
    assert found.least in (0, 24)  # as the words are vague or not


def test_what_an_origin_takes_off_its_own_figure_is_shown(state, reports):
    given = {"places": ("A",), "source": "the police", "geonames_id": 7, "place_precision": "exact"}
    incidents = find_incidents(
        [
            state("Nine died in A, police said.", "Nine", 9, 9, **given),
            state("Seven died in A, police said.", "Seven", 7, 7, published=date(2025, 3, 11), **given),
        ]
    )
    (found,) = gather_bars(incidents, MARCH)
    assert (found.best, found.corrected) == (7, 2)
    assert label_bar(found) == "7 (−2)"
    chart = draw_days("daily", [found], MARCH, [Measure.DEATHS], reports)
    assert "taken off by a correction" in chart.svg
    assert "2 taken off earlier figures" in chart.alt
    assert rows(chart.csv)[0]["taken_off"] == "2"


def test_the_axis_says_unit_and_independent_origins():
    bars = [bar(3, 1, 1, 1, origins=frozenset({"a", "b"})), bar(4, 2, 2, 2, origins=frozenset({"b"}), incidents=2)]
    assert label_axis(bars, MARCH) == "persons a day, added up from 3 incidents reported by 2 origins"


def test_daily_chart_shows_gaps_hatches_and_units(state, reports):
    incidents = find_incidents([state("Five died in B.", "Five", 5, 5, day=None)])
    chart = draw_days("daily", gather_bars(incidents, MARCH), MARCH, [Measure.DEATHS, Measure.INJURIES], reports)
    assert "only the day of the report known" in chart.svg
    assert "no report (unknown, not zero)" in chart.svg
    assert "persons a day" in chart.svg
    assert "no figure reported in this window" in chart.svg  # the panel of injuries
    assert "10 March 2025 with 5" in chart.alt
    assert "Injuries: no figure was reported" in chart.alt
    assert rows(chart.csv) == [
        {
            "date": "2025-03-10", "until": "2025-03-10", "measure": "deaths", "low": "5", "best": "5", "high": "5",
            "best_with_day_of_harm_known": "0", "reported_late": "0", "only_least_known": "0", "taken_off": "0",
            "incidents": "1", "origins": "1", "days_with_report": "1",
        }
    ]  # fmt: skip


def texts_overlap(figure):
    """The pairs of words of a figure that lie on one another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = []
    for text in figure.findobj(Text):
        if text.get_text().strip() and text.get_visible():
            box = text.get_window_extent(renderer)
            if box.width > 0:
                found.append((text.get_text(), box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1))
    return [
        (a[0], b[0])
        for at, a in enumerate(found)
        for b in found[at + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


@pytest.mark.parametrize("length", [1, 14, 31, 62, 90, 400])
def test_words_of_the_daily_chart_never_overlap(reports, monkeypatch, length):
    import tracker.publish.charts.days as module

    figures = []
    monkeypatch.setattr(module, "new_figure", lambda *size: figures.append(new_figure(*size)) or figures[-1])
    window = Window(date(2025, 1, 20), date(2025, 1, 20) + timedelta(days=length - 1))
    bars = [
        Bar(first=first, last=last, measure=Measure.DEATHS, low=at, best=at * at % 97 + at,
            high=None if at % 5 else 300, late=at % 3, corrected=at % 4)
        for at, (first, last) in enumerate(periods_of(window), start=1)
        if at % 6
    ]  # fmt: skip
    draw_days("daily", bars, window, [Measure.DEATHS, Measure.INJURIES], reports)
    assert texts_overlap(figures[0]) == []


def test_a_huge_bar_leaves_the_small_ones_labelled(reports):
    chart = draw_days("daily", [bar(4, 41000, 41000, 41000), bar(8, 3, 3, 3)], MARCH, [Measure.DEATHS], reports)
    assert ">41,000<" in chart.svg
    assert ">3<" in chart.svg


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
    assert [line.baseline for line in pick_lines(lines)] == ["since 7 October 2023"]  # one value is no line
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


def toll(state, value, day, **given):
    fields = {"scope": Scope.CUMULATIVE, "source": "The ministry", "places": ("Gaza",), "day": None,
              "baseline_date": date(2023, 10, 7)} | given  # fmt: skip
    sentence = f"It is {value:,}."
    return state(sentence, f"{value:,}", value, value, published=day, text=f"{sentence} {day}", **fields)


def test_an_axis_that_does_not_begin_at_zero_says_so(state, reports):
    lines = group_tolls(
        find_tolls([toll(state, 58_412, date(2025, 3, 4)), toll(state, 58_777, date(2025, 3, 12))]), [Measure.DEATHS]
    )
    bottom, _ = choose_axis([58_412, 58_777])
    assert 58_000 < bottom < 58_412
    chart = draw_tolls(lines, MARCH, reports)
    assert chart is not None
    assert f"the axis begins at {bottom:,}, not at zero" in chart.svg
    assert choose_axis([71, 92])[0] == choose_axis([0, 5])[0] == choose_axis([40, 40])[0] == 0


def test_series_of_one_name_are_never_one_line(state, reports):
    """Two totals whose claimant, area and baseline are told in the same words may still be two."""
    points = find_tolls([toll(state, 100, date(2025, 3, 4)), toll(state, 120, date(2025, 3, 5))])
    twin = [replace(point, toll_id="another") for point in points]
    assert [len(line.points) for line in group_tolls([*points, *twin], [Measure.DEATHS])] == [2, 2]


def test_a_part_that_stands_still_is_dashed_and_said(state, reports):
    points = find_tolls([toll(state, 100, date(2025, 3, 4)), toll(state, 100, date(2025, 3, 16))])
    stale = [replace(point, population="children", unmoved=45) for point in points]
    chart = draw_tolls(group_tolls(stale, [Measure.DEATHS]), MARCH, reports)
    assert chart is not None
    assert "unmoved for 45 days" in chart.svg
    assert "part that stands still while the whole moves" in chart.svg
    assert "It had not moved for 45 days" in chart.alt


def test_words_of_the_toll_chart_never_overlap(state, reports, monkeypatch):
    import tracker.publish.charts.tolls as module

    figures = []
    monkeypatch.setattr(module, "new_figure", lambda *size: figures.append(new_figure(*size)) or figures[-1])
    readings = []
    names = ("The Office for the Coordination of the Registers of the Interior and of Health", "وزارة الصحة",
             "Міністерство охорони здоров’я", "משרד הבריאות", "Ministerio")  # fmt: skip
    for nth, name in enumerate(names):
        readings += [
            toll(state, value + nth, date(2025, 3, 3 + 2 * at), source=name)
            for at, value in enumerate((4_902, 4_930, 4_911, 4_911, 5_040, 4_980))
        ]
    lines = group_tolls(find_tolls(readings), [Measure.DEATHS])
    assert len(lines) == 5
    draw_tolls(lines, MARCH, reports)
    assert texts_overlap(figures[0]) == []


def test_a_name_that_the_typeface_lacks_is_no_row_of_boxes(state, reports):
    points = find_tolls(toll(state, value, date(2025, 3, day), source="স্বাস্থ্য") for value, day in ((100, 4), (120, 5)))
    chart = draw_tolls(group_tolls(points, [Measure.DEATHS]), MARCH, reports)
    assert chart is not None
    assert "স্বাস্থ্য" not in chart.svg
    assert "স্বাস্থ্য" in chart.alt
    assert "স্বাস্থ্য" in chart.csv.decode()


@pytest.mark.parametrize("fall", [0, 34])
def test_a_toll_against_its_incidents_shows_the_residual_with_its_reasons(state, reports, fall):
    gaza = {"places": ("Gaza",), "country": "PSE", "admin1": "Gaza Strip", "place_precision": "admin1"}
    readings = [
        toll(state, 100, date(2025, 3, 4), **gaza),
        toll(state, 120, date(2025, 3, 5), **gaza),
        toll(state, 150 - fall, date(2025, 3, 8), **gaza),
        state("Fifteen died in Gaza.", "Fifteen", 15, 15, day=date(2025, 3, 5), **gaza),
    ]
    steps = reconcile(find_tolls(readings), find_incidents(readings), steps=True)
    chart = draw_reconciliation(steps, reports)
    assert chart is not None
    first, second, whole = rows(chart.csv)
    assert [first["change"], first["best"], first["residual"]] == ["20", "15", "5"]
    assert [second["change"], second["incidents"]] == [str(30 - fall), "0"]
    assert f"the total changed by {word_change(int(whole['change']))}, the incidents add up to 15" in chart.alt
    assert f"[2] {word_change(30 - fall)}" in chart.svg
    assert "Possible reasons" in chart.svg
    assert draw_reconciliation(steps, reports).svg == chart.svg
    assert draw_reconciliation([], reports) is None
