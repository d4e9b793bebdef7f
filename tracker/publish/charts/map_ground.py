"""The ground of a map's panel: land, coasts, borders, quiet names and a bar of kilometres."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.publish.charts.drawing import QUIET
from tracker.publish.charts.labels import Frame, can_be_set, measure_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from tracker.publish.charts.base_map import BaseMap, Country, Point
    from tracker.publish.charts.map_panel import Look
    from tracker.publish.charts.map_views import View

SEA, LAND, COAST, BORDER = "#f3f6f8", "#e7e6e1", "#9aa2a8", "#aeb2b5"
SHADE, SHADE_HATCH = "#d3e2ec", "#7fa9c6"

ToPoints = Callable[[float, float], "tuple[float, float]"]

_DETAIL, _WORLD_DETAIL = 0.35, 0.55
"""Points: no bend of a coast that is smaller is drawn."""
_NAME = 5.6


def draw_ground(axes: Axes, base: BaseMap, view: View, to_points: ToPoints, wide: float) -> None:
    """Land, coasts and borders."""
    axes.set_facecolor("white" if view.is_world else SEA)
    detail = _detail(view, wide)
    _fill(axes, base.fill(base.seen_in(view.box), view.box, detail), to_points, facecolor=LAND, zorder=1)
    for arcs, colour, weight in ((base.outer, COAST, 0.35), (base.inner, BORDER, 0.45)):
        _rule(axes, base.lines(arcs, view.box, detail), to_points, colour, weight)


def shade(
    axes: Axes, base: BaseMap, countries: Iterable[Country], view: View, to_points: ToPoints, wide: float
) -> None:
    """Countries somewhere in which harm was done, hatched as a whole."""
    rings = base.fill(countries, view.box, _detail(view, wide))
    _fill(axes, rings, to_points, facecolor=SHADE, hatchcolor=SHADE_HATCH, hatch="/////", linewidth=0, zorder=1.5)


def _detail(view: View, wide: float) -> float:
    return (view.box.east - view.box.west) / wide * (_WORLD_DETAIL if view.is_world else _DETAIL)


def _fill(axes: Axes, rings: Sequence[Sequence[Point]], to_points: ToPoints, **look: object) -> None:
    from matplotlib.patches import PathPatch

    if rings:
        path = _path_of([[to_points(*point) for point in ring] for ring in rings])
        axes.add_artist(PathPatch(path, **look))


def _rule(axes: Axes, lines: Sequence[Sequence[Point]], to_points: ToPoints, colour: str, weight: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    paths = [Path([to_points(*point) for point in line]) for line in lines]
    if paths:
        path = Path.make_compound_path(*paths)
        axes.add_artist(PathPatch(path, fill=False, edgecolor=colour, linewidth=weight, joinstyle="round", zorder=2))


def outline_of(base: BaseMap, country: Country, view: View, to_points: ToPoints, wide: float) -> list[list[Point]]:
    """What the panel shows of a country, as rings in points."""
    rings = base.fill([country], view.box, _detail(view, wide))
    return [[to_points(*point) for point in ring] for ring in rings]


def ground_of(base: BaseMap, code: str | None, view: View, to_points: ToPoints, wide: float) -> Path | None:
    """What the panel shows of a country as one path, to cut by; None where it shows nothing."""
    countries = [country for country in base.countries if country.code == code]
    rings = [ring for country in countries for ring in outline_of(base, country, view, to_points, wide)]
    return _path_of(rings) if rings else None


def _path_of(rings: Sequence[Sequence[Point]]) -> Path:
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path([*ring, ring[0]], closed=True) for ring in rings))


def centres_of(rings: Sequence[Sequence[Point]], inside: Frame) -> list[Point]:
    """Points of an area's largest part, those farthest from its edges first; [] where nothing is in the frame."""
    from matplotlib.path import Path

    if not rings:
        return []
    ring = max(rings, key=_extent)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, right = max(min(xs), inside.left), min(max(xs), inside.right)
    bottom, top = max(min(ys), inside.bottom), min(max(ys), inside.top)
    steps = 14
    grid = [
        (left + (right - left) * (across + 0.5) / steps, bottom + (top - bottom) * (up + 0.5) / steps)
        for across in range(steps)
        for up in range(steps)
    ]
    within = Path([*ring, ring[0]], closed=True).contains_points(grid)
    edge = ring[:: max(1, len(ring) // 200)]
    found = [point for point, is_in in zip(grid, within, strict=True) if is_in]
    if not found:
        return [(sum(xs) / len(xs), sum(ys) / len(ys))]
    # A name is wide and low: room beside it counts for less than room above.
    clear = {point: min(math.hypot((point[0] - x) / 2, point[1] - y) for x, y in edge) for point in found}
    return sorted(found, key=lambda point: (-clear[point], point))


def _extent(ring: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def draw_names(
    axes: Axes, look: Look, view: View, to_points: ToPoints, inside: Frame,
    taken: Sequence[Frame], without: Collection[str | None],
) -> None:  # fmt: skip
    """The names of the countries in the panel, quietly, where they fit in and touch nothing."""
    frames = list(taken)
    named = set(without)
    for country in look.base.seen_in(view.box):
        name = look.name(country)
        if not country.code or country.code in named or not can_be_set(name):
            continue
        rings = outline_of(look.base, country, view, to_points, inside.right)
        width, height = measure_text(name, _NAME)
        for x, y in centres_of(rings, inside)[:40]:
            frame = Frame(x - width / 2 - 2, y - height / 2, x + width / 2 + 2, y + height / 2)
            if frame.lies_in(inside) and not any(frame.hits(other) for other in frames) and _holds(rings, frame):
                axes.text(x, y, name, ha="center", va="center", fontsize=_NAME, color="#7d8388", zorder=3)
                frames.append(frame)
                named.add(country.code)
                break


def _holds(rings: Sequence[Sequence[Point]], frame: Frame) -> bool:
    from matplotlib.path import Path

    ring = max(rings, key=_extent)
    corners = [
        (x, y) for x in (frame.left, (frame.left + frame.right) / 2, frame.right) for y in (frame.bottom, frame.top)
    ]
    return bool(Path([*ring, ring[0]], closed=True).contains_points(corners).sum() >= 4)


def draw_scale_bar(axes: Axes, km_per_inch: float, wide: float, high: float, taken: Sequence[Frame]) -> Frame:
    """A bar of a round number of kilometres in the emptiest corner; the frame that it takes."""
    longest = km_per_inch * wide / 72 / 4.5
    power = 10 ** math.floor(math.log10(longest))
    km = max(step * power for step in (1, 2, 5) if step * power <= longest)
    length = km / km_per_inch * 72
    corners = [
        Frame(x, y, x + length + 8, y + 15)
        for x, y in ((4.0, 3.0), (wide - length - 12, 3.0), (wide - length - 12, high - 18.0), (14.0, high - 18.0))
    ]
    frame = min(corners, key=lambda corner: sum(corner.hits(other) for other in taken))
    left, bottom = frame.left + 4, frame.bottom + 4
    axes.plot([left, left, left + length, left + length], [bottom + 2, bottom, bottom, bottom + 2],
              color=QUIET, linewidth=0.7, zorder=6, solid_joinstyle="miter")  # fmt: skip
    axes.text(
        left + length / 2, bottom + 2.5, f"{km:g} km", ha="center", va="bottom", fontsize=5.5, color=QUIET, zorder=6
    )
    return frame
