"""A toll against the incidents: what it rose by, what the incidents add up to, and what is left, with the reasons."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from tracker.publish.charts.drawing import (
    COLOURS,
    INK,
    QUIET,
    Chart,
    house_style,
    mark_days,
    new_figure,
    round_ceiling,
    to_csv,
    to_svg,
)
from tracker.publish.charts.labels import POINTS_PER_INCH, Frame, Wish, as_set, fit, measure_text, place_labels, wrap
from tracker.publish.charts.toll_panel import UNSET, word_change
from tracker.publish.charts.tolls import UNNAMED, word_baseline
from tracker.publish.material import Window
from tracker.publish.wording import (
    MEASURE_WORDS,
    clean,
    word_bounds,
    word_days,
    word_many,
    word_number,
    word_short_days,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from tracker.incidents.reconciliation import Reconciliation

MOST_REASONS = 5
"""Of how many steps, those with the largest residuals, the reasons are printed below the chart."""

_WIDTH, _LEFT, _RIGHT = 6.7, 0.42, 0.05
_HEAD, _UPPER, _BETWEEN, _LOWER, _DATES, _KEY = 0.52, 1.25, 0.42, 0.85, 0.46, 0.2
"""Inches, from top to bottom: the heading, the two, the room between them, dates, key; the notes come below."""
_LINE = 9.0
"""Points: the height of a line of the notes."""
_NOTE = 6.3
_MOST_LINES = 2
_RESIDUAL = "#6a7177"
_DAY = regex.compile(r"\d{4}-\d\d-\d\d")


def draw_reconciliation(steps: Sequence[Reconciliation], folder: Path) -> Chart | None:
    """The chart of one toll: `reconcile(…, steps=True)` of its series. None where there is no step.

    Heights are persons a day, over the days of each step, so that the ground of a bar is its persons; the labels give
    the persons of the step.
    """
    if not steps:
        return None
    parts, whole = _split(steps)
    notes = _note(parts)
    with house_style(folder):
        wide = (_WIDTH - _LEFT - _RIGHT) * POINTS_PER_INCH
        lines = [line for note in notes for line in wrap(note, _WIDTH * POINTS_PER_INCH - 10, _NOTE)[:_MOST_LINES]]
        foot = (len(lines) * _LINE + 4) / POINTS_PER_INCH
        height = _HEAD + _UPPER + _BETWEEN + _LOWER + _DATES + _KEY + foot
        figure = new_figure(_WIDTH, height)
        lower_at = foot + _KEY + _DATES
        across = (_LEFT / _WIDTH, (_WIDTH - _LEFT - _RIGHT) / _WIDTH)
        upper = figure.add_axes((across[0], (lower_at + _LOWER + _BETWEEN) / height, across[1], _UPPER / height))
        lower = figure.add_axes((across[0], lower_at / height, across[1], _LOWER / height))
        days = list(Window(min(whole.since + timedelta(days=1), whole.until), whole.until).days())
        for axes in (upper, lower):
            mark_days(axes, days)
        upper.tick_params(bottom=False, labelbottom=False)
        _draw_sides(upper, parts)
        _head(upper, whole, wide)
        _draw_residuals(lower, parts, wide)
        figure.legend(handles=_key(parts), loc="lower left", bbox_to_anchor=(0.005, foot / height), ncols=5,
                      labelcolor=QUIET)  # fmt: skip
        for at, line in enumerate(lines):
            y = (foot * POINTS_PER_INCH - (at + 0.7) * _LINE) / POINTS_PER_INCH / height
            figure.text(0.005, y, line, fontsize=_NOTE, color=QUIET, va="center")
        svg = to_svg(figure)
    return Chart(name="reconciliation", svg=svg, alt=_describe(parts, whole), csv=_tabulate(steps))


def _split(steps: Sequence[Reconciliation]) -> tuple[list[Reconciliation], Reconciliation]:
    """The steps, and the whole from end to end, which stands after them where there are several."""
    *parts, whole = steps
    return (parts, whole) if parts else ([whole], whole)


def _length(step: Reconciliation) -> int:
    return max((step.until - step.since).days, 1)


def _reach(step: Reconciliation) -> tuple[float, float]:
    """Where the step lies on the axis: the days after its earlier value, up to its later one."""
    return (step.until.toordinal() - _length(step) + 0.5, step.until.toordinal() + 0.5)


def _draw_sides(axes: Axes, parts: Sequence[Reconciliation]) -> None:
    """What the incidents add up to as bars with their spread, what the toll rose by as a line around them."""
    colour = COLOURS[parts[0].measure]
    tops = [max(step.change, step.best, step.high or 0) / _length(step) for step in parts]
    depth = min(0.0, *(step.change / _length(step) for step in parts))
    ceiling = round_ceiling(max(tops))
    axes.set_ylim(depth * 1.3 if depth else 0, ceiling)
    _mark_values(axes)
    axes.axhline(0, color="#8a8f94", linewidth=0.5, zorder=1)
    for step in parts:
        left, right = _reach(step)
        days, middle = _length(step), (left + right) / 2
        inset = min(0.13, (right - left) * 0.13)
        axes.bar(middle, step.best / days, width=right - left - 2 * inset, color=colour, alpha=0.55)
        top = (step.high if step.high is not None else step.best) / days
        if step.low / days < top:
            axes.plot([middle, middle], [step.low / days, top], color=INK, linewidth=0.7)
        if step.high is None:
            axes.plot(middle, top + ceiling * 0.04, marker="^", markersize=2.6, markeredgewidth=0, color=INK)
        axes.plot([left, right], [step.change / days] * 2, color=INK, linewidth=1.3, solid_capstyle="butt")
    for before, after in pairwise(parts):
        if before.until == after.since:
            edge = before.until.toordinal() + 0.5
            heights = [before.change / _length(before), after.change / _length(after)]
            axes.plot([edge, edge], heights, color=INK, linewidth=0.4)


def _head(axes: Axes, whole: Reconciliation, wide: float) -> None:
    named = as_set(clean(whole.claimant or ""), UNSET) or UNNAMED
    claimant = ", ".join(part for part in (named, as_set(clean(whole.area or ""), ""),
                                           word_baseline(whole.baseline) or "baseline not stated") if part)  # fmt: skip
    spread = "" if whole.low == whole.high == whole.best else f" ({word_bounds(whole.low, whole.high)})"
    sums = (
        f"{word_days(whole.since, whole.until)}: the total changed by {word_change(whole.change)}; "
        f"{word_many(whole.incidents, 'incident', 'incidents')} add up to {word_number(whole.best)}{spread}; "
        f"residual {word_change(whole.residual) if whole.residual else '0'}"
    )
    title = f"{MEASURE_WORDS[whole.measure]}: the total of {claimant}, against the incidents"
    for above, words, weight, ink, size in (
        (24, title, "bold", INK, 7.5),
        (14, sums, "normal", INK, 6.5),
        (4.5, "persons a day (of a step of several days, the mean); the claimant’s total against reported incidents",
         "normal", QUIET, 6.3),
    ):  # fmt: skip
        axes.annotate(
            fit(words, wide + 24, size, bold=weight == "bold"), (0, 1), (-24, above), xycoords="axes fraction",
            textcoords="offset points", fontsize=size, fontweight=weight, color=ink,
        )  # fmt: skip


def _draw_residuals(axes: Axes, parts: Sequence[Reconciliation], wide: float) -> None:
    """What the incidents do not account for, up where the toll counts more and down where it counts less."""
    rates = [step.residual / _length(step) for step in parts]
    top, depth = max(0.0, *rates), min(0.0, *rates)
    room = max(top - depth, 1.0)
    axes.set_ylim(depth - (0.25 * room if depth else 0), top + 0.3 * room)
    _mark_values(axes)
    axes.axhline(0, color="#8a8f94", linewidth=0.5)
    for step, rate in zip(parts, rates, strict=True):
        left, right = _reach(step)
        inset = min(0.13, (right - left) * 0.13)
        hatch = "/////" if rate < 0 else None
        axes.bar((left + right) / 2, rate, width=right - left - 2 * inset, color=_RESIDUAL, hatch=hatch)
    words = "Residual: the total’s change less the sum of incidents, persons a day; numbers refer to the reasons below"
    axes.annotate(
        words, (0, 1), (-24, 5), xycoords="axes fraction", textcoords="offset points", fontsize=6.3, color=QUIET
    )
    _label_residuals(axes, parts, wide)


def _label_residuals(axes: Axes, parts: Sequence[Reconciliation], wide: float) -> None:
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    high = _LOWER * POINTS_PER_INCH
    taken, wishes = [], []
    numbers = {id(step): at for at, step in enumerate(_gravest(parts), start=1)}
    spots = []
    for step in parts:
        start, end = ((edge - left) / (right - left) * wide for edge in _reach(step))
        tip, zero = ((value - bottom) / (top - bottom) * high for value in (step.residual / _length(step), 0))
        taken.append(Frame(start, min(tip, zero), end, max(tip, zero)))
        spots.append((step, (start + end) / 2, tip))
    for step, x, tip in sorted(spots, key=lambda spot: (numbers.get(id(spot[0]), 99), -abs(spot[0].residual))):
        if step.residual:
            number = f"[{numbers[id(step)]}] " if id(step) in numbers else ""
            wishes.append(Wish(words=f"{number}{word_change(step.residual)}", x=x, y=tip, reach=0, size=6.2,
                               directions=(90, 60, 120) if step.residual > 0 else (270, 300, 240)))  # fmt: skip
    for label in place_labels(wishes, taken, Frame(0, 0, wide, high + 6), most=40, farthest=8.0):
        _, tall = measure_text(label.wish.words, label.wish.size)
        axes.annotate(label.wish.words, (label.frame.left + 1.2, label.frame.bottom + tall * 0.2),
                      xycoords="axes points", fontsize=6.2, color=INK, annotation_clip=False)  # fmt: skip


def _mark_values(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", "−")))


def _key(parts: Sequence[Reconciliation]) -> list[object]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = COLOURS[parts[0].measure]
    handles: list[object] = [
        Line2D([], [], color=INK, linewidth=1.3, label="change of the total"),
        Patch(facecolor=colour, alpha=0.55, label="sum of the incidents, best"),
    ]
    if any(step.low != (step.high if step.high is not None else step.best) for step in parts):
        handles.append(Line2D([], [], color=INK, linewidth=0.7, label="lowest to highest"))
    if any(step.high is None for step in parts):
        handles.append(Line2D([], [], color=INK, linestyle="", marker="^", markersize=2.6, label="no upper bound"))
    if any(step.residual < 0 for step in parts):
        handles.append(Patch(facecolor=_RESIDUAL, hatch="/////", label="incidents say more than the total"))
    return handles


def _gravest(parts: Sequence[Reconciliation]) -> list[Reconciliation]:
    """The steps with the largest residuals that have reasons, in the order of their days."""
    told = [step for step in parts if step.residual and step.reasons]
    chosen = sorted(told, key=lambda step: (-abs(step.residual), step.until))[:MOST_REASONS]
    return sorted(chosen, key=lambda step: step.until)


def _note(parts: Sequence[Reconciliation]) -> list[str]:
    """A note for each of the gravest steps; what holds for all of them is said once, at the end."""
    told = _gravest(parts)
    shared = [r for r in told[0].reasons if all(r in step.reasons for step in told)] if len(told) > 1 else []
    notes = []
    for number, step in enumerate(told, start=1):
        own = [_write_days(reason) for reason in step.reasons if reason not in shared]
        why = f" Possible reasons: {'; '.join(own)}." if own else ""
        notes.append(f"[{number}] {word_short_days(step.since, step.until)}: {word_change(step.residual)}.{why}")
    return [*notes, f"For all of these: {'; '.join(map(_write_days, shared))}."] if shared else notes


def _write_days(reason: str) -> str:
    """The reason with days as a reader writes them."""
    return _DAY.sub(lambda day: _short_day(day.group()), clean(reason))


def _short_day(written: str) -> str:
    day = date.fromisoformat(written)
    return word_short_days(day, day)


def _describe(parts: Sequence[Reconciliation], whole: Reconciliation) -> str:
    head = (
        f"The running total of {clean(whole.claimant or '') or UNNAMED} against the sum of incidents, "
        f"{MEASURE_WORDS[whole.measure].lower()}, {word_days(whole.since, whole.until)}, in "
        f"{word_many(len(parts), 'step', 'steps')}: the total changed by {word_change(whole.change)}, the incidents "
        f"add up to {word_number(whole.best)} ({word_bounds(whole.low, whole.high)}), the residual is "
        f"{word_change(whole.residual) if whole.residual else '0'}."
    )
    return " ".join([head, *_note(parts)])


def _tabulate(steps: Sequence[Reconciliation]) -> bytes:
    columns = (
        "since", "until", "claimant", "area", "measure", "baseline", "change", "low", "best", "high", "incidents",
        "residual", "reasons",
    )  # fmt: skip
    rows = [
        (
            step.since.isoformat(), step.until.isoformat(), step.claimant, step.area, step.measure.value, step.baseline,
            step.change, step.low, step.best, step.high, step.incidents, step.residual,
            "; ".join(step.reasons) or None,
        )
        for step in steps
    ]  # fmt: skip
    return to_csv(columns, rows)
