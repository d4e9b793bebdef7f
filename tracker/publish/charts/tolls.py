"""Official running totals: a step line a claimant, measure, area and baseline, never mixed with event figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Status
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
from tracker.publish.wording import MEASURE_WORDS, clean, word_bounds, word_day, word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from tracker.claims import Measure
    from tracker.incidents import TollPoint
    from tracker.publish.material import Window

MOST_PANELS = 6
"""How many lines are drawn; the rest stands in the table and in the CSV."""

UNNAMED = "no claimant named"

_WIDTH, _PANEL, _TITLE, _FOOT = 6.7, 0.8, 0.48, 0.46
"""Inches: the figure's width, a panel's height, the room above it for its heading and that below it for dates."""

_COLUMNS = 3
_LONGEST_TITLE = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class TollLine:
    """One claimant's running total of one measure from one baseline, in order of its days."""

    claimant: str
    area: str
    measure: Measure
    baseline: str
    about: str
    """What sets the line apart besides: whom it counts where it is a part, and that it is feared or denied."""
    points: tuple[TollPoint, ...]

    @property
    def revisions(self) -> tuple[TollPoint, ...]:
        """The points that lie below the one before, and those to which people of earlier days were added."""
        return tuple(point for point in self.points if point.kind in ("correction", "addition"))


def group_tolls(tolls: Iterable[TollPoint], measures: Sequence[Measure]) -> list[TollLine]:
    """The lines that the points make, by measure in the given order, the best documented first."""
    shelves: dict[tuple[str, str, Measure, str, str], list[TollPoint]] = {}
    for point in tolls:
        if point.measure in measures:
            baseline = word_baseline(point.baseline)
            key = (point.claimant or "", point.area or "", point.measure, baseline, _about(point))
            shelves.setdefault(key, []).append(point)
    lines = [
        TollLine(claimant=claimant, area=area, measure=measure, baseline=baseline, about=about, points=tuple(shelf))
        for (claimant, area, measure, baseline, about), shelf in shelves.items()
    ]
    order = {measure: place for place, measure in enumerate(measures)}
    return sorted(
        lines,
        key=lambda line: (
            order[line.measure], bool(line.about), -len(line.points),
            line.claimant, line.area, line.baseline, line.about,
        ),
    )  # fmt: skip


def _about(point: TollPoint) -> str:
    parts = [f"only {clean(point.population)}"] if point.population else []
    return ", ".join(parts if point.status is Status.STATED else [*parts, point.status.value])


def word_baseline(baseline: str | None) -> str:
    """What the total counts from, in words; "" where the texts do not say."""
    if not baseline:
        return ""
    try:
        return f"since {word_day(date.fromisoformat(baseline))}"
    except ValueError:
        return clean(baseline)


def value_of(point: TollPoint) -> int:
    """The height at which a point is drawn: its lower bound, else the upper one."""
    return point.low if point.low is not None else point.high or 0


def draw_tolls(lines: Sequence[TollLine], window: Window, folder: Path) -> Chart | None:
    """The chart of the first lines, each in its own panel with its own axis from zero; None where there is no line."""
    if not lines:
        return None
    shown = lines[:MOST_PANELS]
    days = list(window.days())
    with house_style(folder):
        rows = -(-len(shown) // _COLUMNS)
        height = rows * (_PANEL + _TITLE + _FOOT)
        figure = new_figure(_WIDTH, height)
        grid = figure.subplots(rows, _COLUMNS, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(shown):
                axes.set_axis_off()
                continue
            _draw_line(axes, shown[place], days)
            mark_days(axes, days, most=5)
            mark_persons(axes, most=4)
        figure.subplots_adjust(
            left=0.06, right=0.985, top=1 - _TITLE / height, bottom=_FOOT / height,
            hspace=(_TITLE + _FOOT) / _PANEL, wspace=0.28,
        )  # fmt: skip
        svg = to_svg(figure)
    return Chart(name="tolls", svg=svg, alt=_describe(lines, len(shown)), csv=_tabulate(lines))


def _draw_line(axes: Axes, line: TollLine, days: list[date]) -> None:
    colour = COLOURS[line.measure]
    origin = ", ".join(part for part in (line.baseline or "baseline not stated", line.area, line.about) if part)
    heading = ((21, MEASURE_WORDS[line.measure], "bold", INK, 7.5), (12, line.claimant or UNNAMED, "normal", INK, 6.5),
               (3.5, origin, "normal", QUIET, 6.5))  # fmt: skip
    for above, words, weight, ink, size in heading:
        axes.annotate(
            _shorten(clean(words)), (0, 1), (-12, above), xycoords="axes fraction", textcoords="offset points",
            fontsize=size, fontweight=weight, color=ink,
        )  # fmt: skip
    at = [point.as_of.toordinal() for point in line.points]
    heights = [value_of(point) for point in line.points]
    ceiling = round_ceiling(max(heights))
    axes.set_ylim(0, ceiling)
    # A part that stands still while the whole moves says nothing of today.
    stale = any(point.is_stale() for point in line.points)
    axes.step(at, heights, where="post", color=colour, linestyle="--" if stale else "-")
    axes.plot(at, heights, linestyle="", marker="o", markersize=2.6, color=colour, markeredgewidth=0)
    last = line.points[-1]
    axes.annotate(
        word_bounds(last.low, last.high), (at[-1], max(heights)), (0, 4), textcoords="offset points",
        ha="right" if last.as_of > days[len(days) // 2] else "left", fontweight="bold", fontsize=6.5, color=INK,
    )  # fmt: skip
    lowest = min(heights)
    for point in line.revisions:
        marker = "v" if point.kind == "correction" else "^"
        axes.plot(point.as_of.toordinal(), value_of(point), marker=marker, markersize=4.5, color=INK, markeredgewidth=0)
    for point in pick_revisions(line, len(days)):
        axes.annotate(
            word_size(point), (point.as_of.toordinal(), lowest), (0, -5), textcoords="offset points",
            ha="center", va="top", fontsize=6.5, color=INK,
        )  # fmt: skip


def pick_revisions(line: TollLine, length: int) -> list[TollPoint]:
    """The revisions whose sizes can be written without touching one another, the biggest first."""
    apart = length * 0.36
    kept: list[TollPoint] = []
    for point in sorted(line.revisions, key=lambda point: (-abs(point.change or 0), point.as_of)):
        if all(abs((point.as_of - other.as_of).days) >= apart for other in kept):
            kept.append(point)
    return kept


def word_change(change: int | None) -> str:
    """A change with its sign: +234, −7."""
    if change is None:
        return "an unknown number"
    return f"−{word_number(-change)}" if change < 0 else f"+{word_number(change)}"


def word_size(point: TollPoint) -> str:
    """What is written at a revision: how far the total fell, or how many were added for earlier days."""
    return word_change(point.change) if point.kind == "correction" else f"{word_change(point.residual)} earlier"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"


def _describe(lines: Sequence[TollLine], shown: int) -> str:
    sentences = [f"Step lines of {shown} official running totals."]
    for line in lines[:shown]:
        first, last = line.points[0], line.points[-1]
        sentences.append(
            f"{MEASURE_WORDS[line.measure]}, {clean(line.claimant) or UNNAMED}, "
            f"{line.baseline or 'baseline not stated'}: "
            f"{word_bounds(first.low, first.high)} on {word_day(first.as_of)}, "
            f"{word_bounds(last.low, last.high)} on {word_day(last.as_of)}."
        )
        for point in line.revisions:
            day = word_day(point.as_of)
            if point.kind == "correction":
                sentences.append(f"On {day} it was corrected by {word_change(point.change)}.")
            else:
                sentences.append(
                    f"Of the rise on {day}, {word_number(point.residual or 0)} were added for earlier days."
                )
        if last.is_stale():
            sentences.append(f"It had not moved for {last.unmoved} days while the whole total did.")
    return " ".join(sentences)


def _tabulate(lines: Sequence[TollLine]) -> bytes:
    columns = (
        "as_of",
        "claimant",
        "area",
        "measure",
        "baseline",
        "population",
        "status",
        "low",
        "high",
        "since",
        "change",
        "kind",
        "reported",
        "residual",
        "unmoved",
        "claim_id",
    )
    rows = [
        (
            point.as_of.isoformat(), line.claimant, line.area, line.measure.value, line.baseline, point.population,
            point.status.value, point.low, point.high, point.since.isoformat() if point.since else None,
            point.change, point.kind, point.reported, point.residual, point.unmoved, point.claim_id,
        )
        for line in lines
        for point in line.points
    ]  # fmt: skip
    return to_csv(columns, rows)
