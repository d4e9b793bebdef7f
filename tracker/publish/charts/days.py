"""The daily charts: reported persons a day, a panel a measure, with the spread and the days without a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from tracker.publish.charts.labels import POINTS_PER_INCH, measure_text
from tracker.publish.charts.periods import choose_length, periods_of
from tracker.publish.wording import MEASURE_WORDS, word_bounds, word_days, word_many, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from tracker.claims import Measure
    from tracker.publish.charts.periods import Bar
    from tracker.publish.material import Window

_WIDTH, _PANEL, _TITLE, _DATES, _ROW = 6.7, 0.92, 0.4, 0.48, 0.135
"""Inches: the figure's width, a panel's height, the room for its title, for dates and for a row of the key."""
_KEY_COLUMNS = 3

_LABEL = 6.5
_BAR = 0.74
"""The breadth of a bar, in parts of its period."""
_THIN = 0.014
"""Parts of the axis: a bar that is lower than this is drawn as a line, so that it is seen."""

_SILENCE = "#c3c8cc"
_STRIP = 0.085
"""Parts of the axis: how high the strip of a period without a report is."""
_LATE, _UNDATED = "....", "//////"


def draw_days(
    name: str, bars: Sequence[Bar], window: Window, measures: Sequence[Measure], folder: Path, columns: int = 1
) -> Chart:
    """The chart `name` of `bars`: one panel for each of `measures`, in their order, even where it has no bar.

    The bars are those that `gather_bars` makes of the same window.
    """
    days, periods = list(window.days()), periods_of(window)
    chosen = [bar for bar in bars if bar.measure in measures]
    rows = -(-len(measures) // columns)
    with house_style(folder):
        handles = _make_key(chosen, has_silence=len(periods) * len(measures) > len(chosen))
        foot = _DATES + -(-len(handles) // _KEY_COLUMNS) * _ROW + 0.04
        height = rows * (_PANEL + _TITLE) + foot
        figure = new_figure(_WIDTH, height)
        grid = figure.subplots(rows, columns, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(measures):
                axes.set_axis_off()
                continue
            own = [bar for bar in chosen if bar.measure == measures[place]]
            mark_days(axes, days, most=16 // columns)
            _draw_panel(axes, measures[place], own, window, _WIDTH / columns)
            if place + columns < len(measures):
                axes.tick_params(bottom=False, labelbottom=False)
        figure.legend(
            handles=handles, loc="lower left", bbox_to_anchor=(0.005, 0.0), ncols=_KEY_COLUMNS, labelcolor=QUIET
        )
        figure.subplots_adjust(
            left=0.06,
            right=0.995,
            top=1 - _TITLE / height,
            bottom=foot / height,
            hspace=_TITLE / _PANEL,
            wspace=0.16,
        )
        svg = to_svg(figure)
    return Chart(name=name, svg=svg, alt=_describe(chosen, window, measures), csv=_tabulate(chosen))


def _draw_panel(axes: Axes, measure: Measure, bars: list[Bar], window: Window, width: float) -> None:
    axes.set_title(MEASURE_WORDS[measure], color=INK, pad=13)
    axes.annotate(
        label_axis(bars, window), (0, 1), (0, 4),
        xycoords="axes fraction", textcoords="offset points", fontsize=6.5, color=QUIET,
    )  # fmt: skip
    ceiling = round_ceiling(max((bar.top for bar in bars), default=0))
    axes.set_ylim(0, ceiling)
    for start, end in _silences(bars, window):
        axes.add_patch(_silence((start, 0), end - start, ceiling * _STRIP))
    for bar in bars:
        _draw_bar(axes, bar, COLOURS[measure], ceiling)
    left, right = axes.get_xlim()
    labelled = pick_labelled(bars, (left, right), ceiling, width - 0.06 * _WIDTH)
    for bar, at in labelled:
        lift = 5.5 if bar.high is None else 2.5
        axes.annotate(
            label_bar(bar), (at, bar.top), (0, lift), textcoords="offset points",
            ha="center", va="bottom", fontsize=_LABEL, color=INK, fontweight="bold",
        )  # fmt: skip
    told = {bar.first for bar, _ in labelled}
    for bar in bars:
        if bar.corrected and bar.first not in told:
            axes.annotate("▼", (bar.middle, bar.top), (0, 1.5), textcoords="offset points", ha="center", fontsize=4.5)
    if bars:
        mark_persons(axes, most=4)
    else:
        axes.text((left + right) / 2, ceiling * 0.5, "no figure reported in this window", ha="center", va="center",
                  color=QUIET)  # fmt: skip
        axes.set_yticks([0])


def label_axis(bars: Sequence[Bar], window: Window) -> str:
    """What the height of a bar is, and who says so: unit, period, and how many independent origins are behind it."""
    unit = f"persons a {choose_length(window)}"
    if not bars:
        return unit
    incidents = sum(bar.incidents for bar in bars)
    origins = {origin for bar in bars for origin in bar.origins}
    return (
        f"{unit}, added up from {word_many(incidents, 'incident', 'incidents')} "
        f"reported by {word_many(len(origins), 'origin', 'origins')}"
    )


def _draw_bar(axes: Axes, bar: Bar, colour: str, ceiling: float) -> None:
    length = (bar.last - bar.first).days + 1
    at, breadth = bar.middle, length * _BAR
    bottom = 0
    plain = bar.best - bar.late - bar.least - bar.undated
    for persons, look in (
        (plain, {"color": colour}),
        (bar.late, {"color": colour, "hatch": _LATE}),
        (bar.least, {"color": _pale(colour)}),
        (bar.undated, {"color": colour, "hatch": _UNDATED}),
    ):
        if persons:
            axes.bar(at, persons, bottom=bottom, width=breadth, **look)
            bottom += persons
    if bar.best < ceiling * _THIN:
        axes.plot([at - breadth / 2, at + breadth / 2], [bar.best] * 2, color=colour, linewidth=1.2, clip_on=False,
                  solid_capstyle="butt")  # fmt: skip
    top = bar.top
    tick = breadth * 0.19
    if bar.low < top:
        # A pale line below the dark one keeps the spread readable on a dark bar, in print and in grey.
        for ink, weight in (("white", 1.5), (INK, 0.8)):
            axes.plot([at, at], [bar.low, top], color=ink, linewidth=weight)
            for end in (bar.low,) if bar.high is None else (bar.low, top):
                axes.plot([at - tick, at + tick], [end, end], color=ink, linewidth=weight)
    if bar.high is None:
        axes.plot(at, top + ceiling * 0.045, marker="^", markersize=3, markeredgewidth=0, color=INK)


def _pale(colour: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    red, green, blue = (1 - 0.4 * (1 - part) for part in to_rgb(colour))
    return (red, green, blue)


def pick_labelled(
    bars: Sequence[Bar], limits: tuple[float, float], ceiling: float, width: float
) -> list[tuple[Bar, float]]:
    """The bars whose labels fit without touching a label or a bar, the highest first, and where on the axis each goes.

    `limits` are the ends of the axis in days, `width` what it measures in inches. A label at an edge moves inwards
    until it fits.
    """
    first, last = limits
    day = width * POINTS_PER_INCH / (last - first)
    panel = _PANEL * POINTS_PER_INCH
    placed: list[tuple[float, float, float, Bar]] = []
    for bar in sorted(bars, key=lambda bar: (-bar.top, bar.first)):
        wide, high = measure_text(label_bar(bar), _LABEL, bold=True)
        half = (wide / 2 + 1) / day
        at = min(max(bar.middle, first + half), max(last - half, first + half))
        up = bar.top / ceiling * panel
        hits_bar = any(
            abs(at - other.middle) < half + ((other.last - other.first).days + 1) * _BAR / 2 and other.top > bar.top
            for other in bars
        )
        hits_label = any(
            abs(at - other_at) < half + other_half and abs(up - other_up) < high + 3
            for other_at, other_up, other_half, _ in placed
        )
        if not hits_bar and not hits_label:
            placed.append((at, up, half, bar))
    return [(bar, at) for at, _, _, bar in placed]


def _silences(bars: Sequence[Bar], window: Window) -> list[tuple[float, float]]:
    """The stretches of the axis without a figure, from edge to edge of their periods."""
    known = {bar.first for bar in bars}
    stretches: list[tuple[float, float]] = []
    for first, last in periods_of(window):
        if first not in known:
            start, end = first.toordinal() - 0.5, last.toordinal() + 0.5
            joins = bool(stretches) and stretches[-1][1] == start
            stretches[-1:] = [(stretches[-1][0], end)] if joins else [*stretches[-1:], (start, end)]
    return stretches


def _silence(at: tuple[float, float], width: float, height: float, label: str = "") -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle(
        at, width, height, facecolor="#f1f2f3", hatch="//////", hatchcolor=_SILENCE, linewidth=0, label=label
    )


def label_bar(bar: Bar) -> str:
    """The figure over a bar: the best one; "≥ 14" where that is also the least; the bounds where there is no best.

    What was taken off stands behind it.
    """
    if bar.high is None:
        words = word_bounds(bar.low, None) if bar.low == bar.best else word_number(bar.best)
    else:
        words = word_number(bar.best) if bar.has_best else word_bounds(bar.low or None, bar.high)
    return f"{words} (−{word_number(bar.corrected)})" if bar.corrected else words


def _make_key(bars: Sequence[Bar], has_silence: bool) -> list[Patch | Line2D]:
    """What the signs that occur mean."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    grey = "#7b8288"
    handles: list[Patch | Line2D] = []
    if any(bar.best > bar.late + bar.least + bar.undated for bar in bars):
        handles.append(Patch(facecolor=grey, label="best figure, day of the harm known"))
    if any(bar.late for bar in bars):
        handles.append(Patch(facecolor=grey, hatch=_LATE, label="first reported over 3 days later"))
    if any(bar.least for bar in bars):
        handles.append(Patch(facecolor=_pale(grey), label="no best figure: the least that is certain"))
    if any(bar.undated for bar in bars):
        handles.append(Patch(facecolor=grey, hatch=_UNDATED, label="only the day of the report known"))
    if any(bar.high is not None and bar.low != bar.high for bar in bars):
        handles.append(Line2D([], [], color=INK, linewidth=0.8, label="lowest to highest report"))
    if any(bar.high is None for bar in bars):
        handles.append(Line2D([], [], color=INK, linestyle="", marker="^", markersize=3, label="no upper bound given"))
    if any(bar.corrected for bar in bars):
        label = "taken off by a correction (−n)"
        handles.append(Line2D([], [], color=INK, linestyle="", marker="v", markersize=3, label=label))
    if has_silence:
        handles.append(_silence((0, 0), 1, 1, label="no report (unknown, not zero)"))
    return handles


def _describe(bars: Sequence[Bar], window: Window, panels: Sequence[Measure]) -> str:
    """The chart in words, for whoever cannot see it."""
    length = choose_length(window)
    number = len(periods_of(window))
    sentences = [f"Bar chart of persons reported per {length}, {word_days(window.first, window.last)}."]
    for measure in panels:
        own = sorted((bar for bar in bars if bar.measure == measure), key=lambda bar: bar.first)
        words = MEASURE_WORDS[measure]
        if not own:
            sentences.append(f"{words}: no figure was reported in this window.")
            continue
        peak = max(own, key=lambda bar: (bar.best, bar.first))
        sentences.append(
            f"{words}: figures on {word_many(len(own), length, f'{length}s')} of {number}; "
            f"the highest {length} is {word_days(peak.first, peak.last)} with {word_number(peak.best)} "
            f"(reports: {word_bounds(peak.low, peak.high)})."
        )
        for persons, what in (
            (sum(bar.late for bar in own), "first reported more than 3 days after the harm"),
            (sum(bar.corrected for bar in own), "taken off earlier figures by corrections"),
        ):
            if persons:
                sentences.append(f"{word_number(persons)} {what}.")
    sentences.append(f"{length.capitalize()}s without a report are unknown, not zero.")
    return " ".join(sentences)


def _tabulate(bars: Sequence[Bar]) -> bytes:
    columns = (
        "date", "measure", "low", "best", "high", "best_with_day_of_harm_known", "reported_late",
        "only_least_known", "taken_off", "incidents", "origins", "until", "days_with_report",
    )  # fmt: skip
    rows = [
        (
            bar.first.isoformat(), bar.measure.value, bar.low, bar.best, bar.high,
            bar.best - bar.undated, bar.late, bar.least, bar.corrected, bar.incidents, len(bar.origins),
            bar.last.isoformat(), bar.days,
        )
        for bar in sorted(bars, key=lambda bar: (bar.first, bar.measure.value))
    ]  # fmt: skip
    return to_csv(columns, rows)
