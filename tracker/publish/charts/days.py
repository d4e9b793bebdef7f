"""The daily charts: reported persons a day, a panel a measure, with the spread and the days without a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.publish.charts.drawing import (
    COLOURS,
    INK,
    QUIET,
    Chart,
    house_style,
    mark_days,
    mark_persons,
    new_figure,
    round_ceiling,
    to_csv,
    to_svg,
)
from tracker.publish.wording import MEASURE_WORDS, word_bounds, word_day, word_days, word_many, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tracker.claims import Measure
    from tracker.publish.material import Window
    from tracker.publish.totals import DayBar

_WIDTH, _PANEL, _TITLE, _FOOT = 6.7, 0.92, 0.4, 0.76
"""Inches: the figure's width, a panel's height, the room for its title, and that for dates and key below the last."""

_LETTER, _LINE = 0.062, 0.13
"""Inches: the width and the height that a letter of a label takes, with some air."""

_SILENCE = "#a3a9ae"


def draw_days(
    name: str, bars: Sequence[DayBar], window: Window, measures: Sequence[Measure], folder: Path, columns: int = 1
) -> Chart:
    """The chart `name` of `bars`: one panel for each of `measures`, in their order, even where it has no bar."""
    days = list(window.days())
    chosen = [bar for bar in bars if bar.measure in measures]
    rows = -(-len(measures) // columns)
    with house_style(folder):
        height = rows * (_PANEL + _TITLE) + _FOOT
        figure = new_figure(_WIDTH, height)
        grid = figure.subplots(rows, columns, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(measures):
                axes.set_axis_off()
                continue
            own = [bar for bar in chosen if bar.measure == measures[place]]
            _draw_panel(axes, measures[place], own, days, _WIDTH / columns)
            mark_days(axes, days, most=16 // columns)
            if place + columns < len(measures):
                axes.tick_params(bottom=False, labelbottom=False)
        _draw_key(figure, chosen, len(days), has_silence=len(days) * len(measures) > len(chosen))
        figure.subplots_adjust(
            left=0.06,
            right=0.995,
            top=1 - _TITLE / height,
            bottom=_FOOT / height,
            hspace=_TITLE / _PANEL,
            wspace=0.16,
        )
        svg = to_svg(figure)
    return Chart(name=name, svg=svg, alt=_describe(chosen, window, measures), csv=_tabulate(chosen))


def _draw_panel(axes: Axes, measure: Measure, bars: list[DayBar], days: list[date], width: float) -> None:
    axes.set_title(MEASURE_WORDS[measure], color=INK, pad=13)
    axes.annotate(
        "persons a day, reported by the sources of the incidents", (0, 1), (0, 4),
        xycoords="axes fraction", textcoords="offset points", fontsize=6.5, color=QUIET,
    )  # fmt: skip
    ceiling = round_ceiling(max((_top(bar) for bar in bars), default=0))
    axes.set_ylim(0, ceiling)
    reported = {bar.day for bar in bars}
    silent = [day.toordinal() for day in days if day not in reported]
    axes.plot(silent, [ceiling * 0.06] * len(silent), linestyle="", color=_SILENCE, **_silence_mark(len(days)))
    for bar in bars:
        _draw_bar(axes, bar, COLOURS[measure], ceiling)
    for bar, at in pick_labelled(bars, days, ceiling, width):
        lift = 5.5 if bar.high is None else 2.5
        axes.annotate(
            label_bar(bar), (at, _top(bar)), (0, lift), textcoords="offset points",
            ha="center", va="bottom", fontsize=6.5, color=INK, fontweight="bold",
        )  # fmt: skip
    if bars:
        mark_persons(axes, most=4)
    else:
        middle = (days[0].toordinal() + days[-1].toordinal()) / 2
        axes.text(middle, ceiling * 0.5, "no figure reported in this window", ha="center", va="center", color=QUIET)
        axes.set_yticks([0])


def _draw_bar(axes: Axes, bar: DayBar, colour: str, ceiling: float) -> None:
    at = bar.day.toordinal()
    axes.bar(at, bar.dated, width=0.72, color=colour)
    axes.bar(at, bar.best - bar.dated, bottom=bar.dated, width=0.72, color=colour, hatch="//////")
    top = _top(bar)
    if bar.low < top:
        # A pale line below the dark one keeps the spread readable on a dark bar, in print and in grey.
        for ink, weight in (("white", 1.5), (INK, 0.8)):
            axes.plot([at, at], [bar.low, top], color=ink, linewidth=weight)
            for end in (bar.low,) if bar.high is None else (bar.low, top):
                axes.plot([at - 0.14, at + 0.14], [end, end], color=ink, linewidth=weight)
    if bar.high is None:
        axes.plot(at, top + ceiling * 0.045, marker="^", markersize=3, markeredgewidth=0, color=INK)


def _top(bar: DayBar) -> int:
    return max(bar.best, bar.high or 0)


def pick_labelled(
    bars: Sequence[DayBar], days: Sequence[date], ceiling: float, width: float
) -> list[tuple[DayBar, float]]:
    """The bars whose labels fit without touching a label or a bar, the highest first, and where on the axis each goes.

    `width` is the panel's in inches. A label at an edge moves inwards until it fits.
    """
    day_width = (width - 0.5) / (len(days) + 0.2)
    first, last = days[0].toordinal() - 0.6, days[-1].toordinal() + 0.6
    placed: list[tuple[float, float, float, DayBar]] = []
    for bar in sorted(bars, key=lambda bar: (-_top(bar), bar.day)):
        half = len(label_bar(bar)) * _LETTER / 2 / day_width
        at = min(max(float(bar.day.toordinal()), first + half), max(last - half, first + half))
        up = _top(bar) / ceiling * _PANEL
        hits_bar = any(abs(at - other.day.toordinal()) < half + 0.4 and _top(other) > _top(bar) for other in bars)
        hits_label = any(
            abs(at - other_at) < half + other_half and abs(up - other_up) < _LINE
            for other_at, other_up, other_half, _ in placed
        )
        if not hits_bar and not hits_label:
            placed.append((at, up, half, bar))
    return [(bar, at) for at, _, _, bar in placed]


def _silence_mark(length: int) -> dict[str, Any]:
    """A small cross for a day without a report; where days are dense, a stroke, so that they do not merge to a line."""
    return {"marker": "x" if length <= 45 else "|", "markersize": 2.6, "markeredgewidth": 0.6 if length <= 45 else 0.4}


def label_bar(bar: DayBar) -> str:
    """The figure over a bar: the best one; "≥ 14" where that is also the least; the bounds where there is no best."""
    if bar.high is None:
        return word_bounds(bar.low, None) if bar.low == bar.best else word_number(bar.best)
    return word_number(bar.best) if bar.has_best else word_bounds(bar.low or None, bar.high)


def _draw_key(figure: Figure, bars: Sequence[DayBar], length: int, has_silence: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    grey = "#7b8288"
    handles: list[Patch | Line2D] = []
    if any(bar.dated for bar in bars):
        handles.append(Patch(facecolor=grey, label="best figure, day of the harm known"))
    if any(bar.best > bar.dated for bar in bars):
        handles.append(Patch(facecolor=grey, hatch="//////", label="only the day of the report known"))
    if any(bar.high is not None and bar.low != bar.high for bar in bars):
        handles.append(Line2D([], [], color=INK, linewidth=0.8, label="lowest to highest report"))
    if any(bar.high is None for bar in bars):
        handles.append(Line2D([], [], color=INK, linestyle="", marker="^", markersize=3, label="no upper bound given"))
    if has_silence:
        label = "no report (unknown, not zero)"
        handles.append(Line2D([], [], color=_SILENCE, linestyle="", label=label, **_silence_mark(length)))
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.005, 0.0), ncols=3, labelcolor=QUIET)


def _describe(bars: Sequence[DayBar], window: Window, panels: Sequence[Measure]) -> str:
    """The chart in words, for whoever cannot see it."""
    sentences = [f"Bar chart of persons reported per day, {word_days(window.first, window.last)}."]
    for measure in panels:
        own = sorted((bar for bar in bars if bar.measure == measure), key=lambda bar: bar.day)
        words = MEASURE_WORDS[measure]
        if not own:
            sentences.append(f"{words}: no figure was reported in this window.")
            continue
        peak = max(own, key=lambda bar: (bar.best, bar.day))
        sentences.append(
            f"{words}: figures on {word_many(len(own), 'day', 'days')} of {window.length}; "
            f"the highest day is {word_day(peak.day)} with {word_number(peak.best)} "
            f"(reports: {word_bounds(peak.low, peak.high)})."
        )
    sentences.append("Days without a report are unknown, not zero.")
    return " ".join(sentences)


def _tabulate(bars: Sequence[DayBar]) -> bytes:
    columns = ("date", "measure", "low", "best", "high", "best_with_day_of_harm_known", "incidents")
    rows = [
        (bar.day.isoformat(), bar.measure.value, bar.low, bar.best, bar.high, bar.dated, bar.incidents)
        for bar in sorted(bars, key=lambda bar: (bar.day, bar.measure.value))
    ]
    return to_csv(columns, rows)
