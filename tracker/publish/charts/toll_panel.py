"""One running total as a step line: its values, what was revised, and the days of which nothing was said."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.publish.charts.drawing import COLOURS, INK, QUIET, mark_persons, round_ceiling
from tracker.publish.charts.labels import AIR, Frame, Wish, as_set, fit, measure_text, place_labels
from tracker.publish.wording import MEASURE_WORDS, clean, word_bounds, word_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tracker.incidents import TollPoint
    from tracker.publish.charts.tolls import TollLine

_SILENT = 3
"""Days between two values after which the level between them is only carried on, and drawn so."""
_FLAT = 0.12
"""Where all values lie within this part of the highest, the axis does not begin at zero, and says so."""
_LABEL = 6.3

UNSET = "(in letters that cannot be set here)"


def draw_panel(axes: Axes, line: TollLine, wide: float, high: float) -> None:
    """Draw the line; the axes' days are marked already. `wide` and `high` are the panel's in points."""
    heights = [value_of(point) for point in line.points]
    bottom, top = choose_axis(heights)
    axes.set_ylim(bottom, top)
    mark_persons(axes, most=4)
    _head(axes, line, bottom, wide)
    colour = COLOURS[line.measure]
    for start, end in pairwise(line.points):
        _step(axes, start, end, colour)
    stale_until = _stale_until(line)
    if stale_until is not None:
        last = line.points[-1]
        axes.plot([last.as_of.toordinal(), stale_until], [value_of(last)] * 2, color=colour, linestyle=(0, (3, 2)))
    values = [(point.as_of.toordinal(), value_of(point)) for point in line.points]
    size = 2.6 if len(values) <= 60 else 1.5
    axes.plot([x for x, _ in values], [y for _, y in values], linestyle="", marker="o", markersize=size, color=colour,
              markeredgewidth=0)  # fmt: skip
    for point in line.revisions:
        marker = "v" if point.kind == "correction" else "^"
        axes.plot(point.as_of.toordinal(), value_of(point), marker=marker, markersize=4.5, color=INK, markeredgewidth=0)
    _label(axes, line, wide, high)


def choose_axis(heights: Sequence[int]) -> tuple[int, float]:
    """The ends of the axis: from zero, unless all values are so near one another that nothing would be seen."""
    least, most = min(heights), max(heights)
    spread = most - least
    if 0 < spread < most * _FLAT:
        room = max(spread, 4)
        start = least - 0.45 * room
        unit = 10 ** max(len(str(room)) - 2, 0)
        return (max(0, int(start // unit) * unit), most + 0.35 * room)
    return (0, round_ceiling(most))


def _head(axes: Axes, line: TollLine, bottom: int, wide: float) -> None:
    unit = "persons so far" + (f"; the axis begins at {word_number(bottom)}, not at zero" if bottom else "")
    area = as_set(clean(line.area), "")
    origin = ", ".join(part for part in (as_set(line.baseline, UNSET) or "baseline not stated", area) if part)
    claimant = as_set(clean(line.claimant), UNSET) or "no claimant named"
    heading = as_set(line.heading, MEASURE_WORDS[line.measure])
    lines = ((33.5, heading, "bold", INK, 7.5), (24.5, claimant, "normal", INK, 6.5),
             (16, origin, "normal", QUIET, 6.5), (8, unit, "normal", QUIET, 6.0))  # fmt: skip
    for above, words, weight, ink, size in lines:
        axes.annotate(
            fit(clean(words), wide + 16, size, bold=weight == "bold"), (0, 1), (-16, above), xycoords="axes fraction",
            textcoords="offset points", fontsize=size, fontweight=weight, color=ink,
        )  # fmt: skip


def _step(axes: Axes, start: TollPoint, end: TollPoint, colour: str) -> None:
    """From one value to the next: the level, thin where it is only carried on, and the change."""
    x, next_x, y, next_y = start.as_of.toordinal(), end.as_of.toordinal(), value_of(start), value_of(end)
    is_carried = next_x - x > _SILENT
    style = (0, (3, 2)) if end.is_stale() else "-"
    axes.plot([x, next_x], [y, y], color=colour, linestyle=style, linewidth=0.6 if is_carried else 1.2,
              alpha=0.6 if is_carried and style == "-" else 1.0, solid_capstyle="butt")  # fmt: skip
    axes.plot([next_x, next_x], [y, next_y], color=colour, solid_capstyle="projecting")


def _stale_until(line: TollLine) -> int | None:
    """The day up to which a part stood still while the whole moved, where that is after its last value."""
    last = line.points[-1]
    if not last.is_stale() or last.unmoved is None:
        return None
    moved = max(point.as_of for point in line.points if point.change or point.kind == "first")
    until = moved + timedelta(days=last.unmoved)
    return until.toordinal() if until > last.as_of else None


def _label(axes: Axes, line: TollLine, wide: float, high: float) -> None:
    """The last value, what was revised by how much, the first value: as far as they find room."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()

    def place(day: int, persons: float) -> tuple[float, float]:
        return ((day - left) / (right - left) * wide, (persons - bottom) / (top - bottom) * high)

    taken = list(_frames(line, place))
    first, last = line.points[0], line.points[-1]
    wanted: list[tuple[TollPoint, str, bool]] = []
    stale = f", unmoved for {last.unmoved} days" if last.is_stale() else ""
    wanted.append((last, word_bounds(last.low, last.high) + stale, True))
    wanted += [(p, word_size(p), False) for p in sorted(line.revisions, key=lambda p: (-abs(p.change or 0), p.as_of))]
    if first.as_of != last.as_of:
        wanted.append((first, word_bounds(first.low, first.high), False))
    wishes = []
    for point, words, bold in wanted:
        x, y = place(point.as_of.toordinal(), value_of(point))
        wishes.append(Wish(words=words, x=x, y=y, reach=3.0, size=_LABEL, bold=bold))
    for label in place_labels(wishes, taken, Frame(1, 1, wide + 6, high + 4), most=12):
        wish, frame = label.wish, label.frame
        if label.leads_to is not None:
            leader = {"arrowstyle": "-", "linewidth": 0.4, "color": QUIET, "shrinkA": 3, "shrinkB": 0}
            axes.annotate("", label.leads_to, (wish.x, wish.y), xycoords="axes points", textcoords="axes points",
                          arrowprops=leader)  # fmt: skip
        _, tall = measure_text(wish.words, wish.size, wish.bold)
        axes.annotate(
            wish.words, (frame.left + AIR, frame.bottom + tall * 0.2), xycoords="axes points", fontsize=_LABEL,
            fontweight="bold" if wish.bold else "normal", color=INK, annotation_clip=False,
        )  # fmt: skip


def _frames(line: TollLine, place: Callable[[int, float], tuple[float, float]]) -> Iterator[Frame]:
    """The ground that the line itself takes."""
    spots = [place(point.as_of.toordinal(), value_of(point)) for point in line.points]
    for x, y in spots:
        yield Frame(x - 2, y - 2, x + 2, y + 2)
    for (x, y), (next_x, next_y) in pairwise(spots):
        yield Frame(x, y - 0.8, next_x, y + 0.8)
        yield Frame(next_x - 0.8, min(y, next_y), next_x + 0.8, max(y, next_y))


def value_of(point: TollPoint) -> int:
    """The height at which a point is drawn: its lower bound, else the upper one."""
    return point.low if point.low is not None else point.high or 0


def word_change(change: int | None) -> str:
    """A change with its sign: +234, −7."""
    if change is None:
        return "an unknown number"
    return f"−{word_number(-change)}" if change < 0 else f"+{word_number(change)}"


def word_size(point: TollPoint) -> str:
    """What is written at a revision: how far the total fell, or how many were added for earlier days."""
    return word_change(point.change) if point.kind == "correction" else f"{word_change(point.residual)} earlier"


def draw_key(figure: Figure, lines: Sequence[TollLine]) -> None:
    """Below the panels: the signs that occur."""
    from matplotlib.lines import Line2D

    grey = "#5d646a"
    points = [point for line in lines for point in line.points]
    gaps = any(
        end.as_of - start.as_of > timedelta(days=_SILENT) for line in lines for start, end in pairwise(line.points)
    )
    handles = [Line2D([], [], color=grey, marker="o", markersize=2.6, label="value as reported")]
    if gaps:
        handles.append(Line2D([], [], color=grey, linewidth=0.6, alpha=0.6, label="no value reported between"))
    if any(point.kind == "correction" for point in points):
        handles.append(Line2D([], [], color=INK, linestyle="", marker="v", markersize=4.5, label="correction"))
    if any(point.kind == "addition" for point in points):
        label = "people of earlier days added"
        handles.append(Line2D([], [], color=INK, linestyle="", marker="^", markersize=4.5, label=label))
    if any(point.is_stale() for point in points):
        label = "part that stands still while the whole moves"
        handles.append(Line2D([], [], color=grey, linestyle=(0, (3, 2)), label=label))
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.005, 0.0), ncols=5, labelcolor=QUIET)
