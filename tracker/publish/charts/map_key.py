"""Below the map: what its signs mean, and what is not on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.publish.charts.drawing import QUIET
from tracker.publish.charts.labels import POINTS_PER_INCH, measure_text
from tracker.publish.charts.map_ground import SHADE, SHADE_HATCH
from tracker.publish.charts.map_marks import Precision
from tracker.publish.charts.map_panel import point_patch, vague_patches
from tracker.publish.wording import word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tracker.publish.charts.map_marks import Mark
    from tracker.publish.charts.map_panel import Look

SIZE = 6.3
_ROW, _LINE = 13.0, 9.0
"""Points: the height of a row of signs, and of a line of a note."""
_ROOM = 12.0
"""Points: for a sign before its words."""


def choose_key(marks: Sequence[Mark], look: Look) -> list[tuple[str, str]]:
    """The signs that the map uses, each with its words."""
    kinds = {mark.precision for mark in marks}
    points = [mark for mark in marks if mark.precision is Precision.POINT]
    stated = [mark.size for mark in points if mark.size is not None and not mark.is_hollow]
    key = []
    if stated:
        sizes = [size for size in _round_sizes(max(stated)) if 2.2 < look.radius(size) < _ROW / 2] or [1]
        key += [(f"dot {size}", word_number(size)) for size in sizes[-3:-1]]
        key.append(
            (f"dot {sizes[-1]}", f"{word_number(sizes[-1])} dead at this place (best figure; area in proportion)")
        )
    if any(mark.is_hollow for mark in points):
        key.append(("hollow", "only feared, or denied"))
    if any(mark.size is None for mark in points):
        key.append(("square", "harm without a figure of deaths"))
    if Precision.AREA in kinds:
        key.append(("area", "somewhere in this province, district or region"))
    if Precision.SEA in kinds:
        key.append(("sea", "on this water, about here"))
    if Precision.COUNTRY in kinds:
        key.append(("country", "somewhere in this country"))
    return key


def _round_sizes(most: int) -> list[int]:
    """Round numbers up to `most`: 1, 5, 10, 50, 100 …"""
    return [step * 10**power for power in range(7) for step in (1, 5) if step * 10**power <= most]


def lay_out(key: Sequence[tuple[str, str]], width: float) -> list[list[tuple[str, str]]]:
    """The signs in rows that are not wider than so many points."""
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for sign, words in key:
        needed = _ROOM + measure_text(words, SIZE)[0] + 12
        if rows[-1] and used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append((sign, words))
        used += needed
    return rows


def height_of(rows: Sequence[object], lines: Sequence[str]) -> float:
    """Inches that key and notes take."""
    return (len(rows) * _ROW + len(lines) * _LINE + 6) / POINTS_PER_INCH


def draw_notes(figure: Figure, rows: Sequence[Sequence[tuple[str, str]]], lines: Sequence[str], look: Look) -> None:
    """The rows of signs and the lines of notes at the foot of the figure."""
    width, height = (float(inches) for inches in figure.get_size_inches())
    tall = height_of(rows, lines)
    axes = figure.add_axes((0, 0, 1, tall / height))
    axes.set(xlim=(0, width * POINTS_PER_INCH), ylim=(0, tall * POINTS_PER_INCH))
    axes.set_axis_off()
    y = tall * POINTS_PER_INCH - _ROW / 2 - 2
    for row in rows:
        x = 2.0
        for sign, words in row:
            _draw_sign(axes, sign, x + 5, y, look)
            axes.text(x + _ROOM, y, words, ha="left", va="center_baseline", fontsize=SIZE, color=QUIET)
            x += _ROOM + measure_text(words, SIZE)[0] + 12
        y -= _ROW
    y += _ROW / 2 - _LINE / 2 - 1
    for line in lines:
        axes.text(2, y, line, ha="left", va="center_baseline", fontsize=SIZE, color=QUIET)
        y -= _LINE


def _draw_sign(axes: Axes, sign: str, x: float, y: float, look: Look) -> None:
    from matplotlib.patches import Rectangle

    if sign.startswith("dot"):
        axes.add_artist(point_patch((x, y), look.radius(int(sign[4:])), has_deaths=True, is_hollow=False))
    elif sign == "hollow":
        axes.add_artist(point_patch((x, y), 3.2, has_deaths=True, is_hollow=True))
    elif sign == "square":
        axes.add_artist(point_patch((x, y), 0, has_deaths=False, is_hollow=False))
    elif sign in ("area", "sea"):
        for patch in vague_patches(Precision(sign), (x, y), 4.6):
            axes.add_artist(patch)
    else:
        axes.add_artist(
            Rectangle((x - 5, y - 3.5), 10, 7, facecolor=SHADE, hatchcolor=SHADE_HATCH, hatch="/////", linewidth=0)
        )
