"""Official running totals: a step line a claimant, measure, area and baseline, never mixed with event figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Status
from tracker.publish.charts.drawing import Chart, house_style, mark_days, new_figure, to_csv, to_svg
from tracker.publish.charts.labels import POINTS_PER_INCH
from tracker.publish.charts.toll_panel import draw_key, draw_panel, value_of, word_change, word_size
from tracker.publish.material import Window
from tracker.publish.wording import MEASURE_WORDS, clean, word_bounds, word_day, word_many, word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tracker.claims import Measure
    from tracker.incidents import TollPoint

__all__ = ["MOST_PANELS", "UNNAMED", "TollLine", "draw_tolls", "group_tolls", "pick_lines", "value_of",
           "word_baseline", "word_change", "word_size"]  # fmt: skip

MOST_PANELS = 6
"""How many lines are drawn; the rest stands in the table and in the CSV."""

UNNAMED = "no claimant named"

_WIDTH, _PANEL, _TITLE, _DATES, _KEY = 6.7, 1.05, 0.66, 0.46, 0.2
"""Inches: the figure's width, a panel's height, the room above for its heading, below for dates, and for the key."""
_LEFT, _RIGHT = 0.46, 0.1
"""Inches: beside a panel."""
_COLUMNS = 2
_MUCH_SHORTER = 2.5


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
    def heading(self) -> str:
        """What is counted, and of whom where it is a part."""
        return ", ".join(part for part in (MEASURE_WORDS[self.measure], self.about) if part)

    @property
    def revisions(self) -> tuple[TollPoint, ...]:
        """The points that lie below the one before, and those to which people of earlier days were added."""
        return tuple(point for point in self.points if point.kind in ("correction", "addition"))


def group_tolls(tolls: Iterable[TollPoint], measures: Sequence[Measure]) -> list[TollLine]:
    """The lines that the points make, by measure in the given order, the best documented first."""
    shelves: dict[tuple[str, str, str], list[TollPoint]] = {}
    for point in tolls:
        if point.measure in measures:
            shelves.setdefault((point.toll_id, point.population or "", point.status), []).append(point)
    lines = [
        TollLine(
            claimant=shelf[0].claimant or "",
            area=shelf[0].area or "",
            measure=shelf[0].measure,
            baseline=word_baseline(shelf[0].baseline),
            about=_about(shelf[0]),
            points=tuple(shelf),
        )
        for shelf in shelves.values()
    ]
    order = {measure: place for place, measure in enumerate(measures)}
    return sorted(
        lines,
        key=lambda line: (
            order[line.measure], bool(line.about), -len(line.points),
            line.claimant, line.area, line.baseline, line.about, line.points[0].toll_id,
        ),
    )  # fmt: skip


def _about(point: TollPoint) -> str:
    if point.population == "part":
        parts = ["a part of the whole"]  # of whom, the texts do not say
    else:
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


def pick_lines(lines: Sequence[TollLine]) -> list[TollLine]:
    """The lines that are drawn: the first few of those with two values or more. One value is no line."""
    return [line for line in lines if len(line.points) > 1][:MOST_PANELS]


def draw_tolls(lines: Sequence[TollLine], window: Window, folder: Path) -> Chart | None:
    """The chart of `pick_lines`, each in a panel with an axis of its own; None where there is none to draw.

    The CSV holds the points of all lines.
    """
    shown = pick_lines(lines)
    if not shown:
        return None
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    height = rows * (_PANEL + _TITLE + _DATES) + _KEY
    days = _days_of(shown, window)
    with house_style(folder):
        figure = new_figure(_WIDTH, height)
        wide = (_WIDTH - columns * _LEFT - _RIGHT) / columns - (columns - 1) * 0.05
        for place, line in enumerate(shown):
            row, column = divmod(place, columns)
            left = _LEFT + column * (wide + _LEFT + 0.1)
            bottom = height - (row + 1) * (_PANEL + _TITLE + _DATES) + _DATES
            axes = figure.add_axes((left / _WIDTH, bottom / height, wide / _WIDTH, _PANEL / height))
            own = _days_of([line], window)
            # A line of few of many days would be a speck on the others' axis.
            mark_days(axes, own if len(own) * _MUCH_SHORTER < len(days) else days, most=6 if columns > 1 else 12)
            draw_panel(axes, line, wide * POINTS_PER_INCH, _PANEL * POINTS_PER_INCH)
        draw_key(figure, shown)
        svg = to_svg(figure)
    return Chart(name="tolls", svg=svg, alt=_describe(lines, shown), csv=_tabulate(lines))


def _days_of(lines: Sequence[TollLine], window: Window) -> list[date]:
    """The days of the window from the first value that is drawn to the last."""
    known = [point.as_of for line in lines for point in line.points]
    first, last = max(window.first, min(known)), min(window.last, max(known))
    return list(Window(first, max(first, last)).days())


def _describe(lines: Sequence[TollLine], shown: Sequence[TollLine]) -> str:
    sentences = [f"Step lines of {word_many(len(shown), 'running total', 'running totals')} of {len(lines)}."]
    for line in shown:
        first, last = line.points[0], line.points[-1]
        sentences.append(
            f"{line.heading}, {clean(line.claimant) or UNNAMED}, "
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
