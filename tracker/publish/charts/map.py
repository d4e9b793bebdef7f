"""The map: where harm was reported, each mark as vague as what is known of its place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.publish.charts.base_map import CREDIT, read_base_map
from tracker.publish.charts.drawing import INK, QUIET, Chart, house_style, new_figure, to_svg
from tracker.publish.charts.labels import POINTS_PER_INCH, wrap
from tracker.publish.charts.map_key import SIZE, choose_key, draw_notes, height_of, lay_out
from tracker.publish.charts.map_marks import Precision, sift
from tracker.publish.charts.map_panel import Look, Panel, draw_panel
from tracker.publish.charts.map_views import KM_PER_DEGREE, choose_view, find_regions
from tracker.publish.charts.map_words import describe_map, head_map, note_map, tabulate_map
from tracker.publish.wording import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tracker.claims import Measure
    from tracker.incidents import Incident
    from tracker.publish.charts.base_map import Point
    from tracker.publish.charts.map_marks import Mark
    from tracker.publish.charts.map_views import View
    from tracker.publish.material import Window

_WIDTH, _HEAD, _GAP = 6.7, 0.34, 0.07
"""Inches: the figure's width, the room for its heading, and that between panels."""
_SHAPE = (1.5, 2.5)
"""Width over height of a map of one region, from and to."""
_ZOOM_HEIGHT = {1: 2.5, 2: 2.3, 3: 2.05}
"""Inches: of the panels that enlarge regions of the world, by their number."""
_MOST_ZOOMS = 3
_MOST_AROUND = 25.0
"""Kilometres around the middle of a vague place that a view shows at least."""
_WIDEST_ZOOM = 24.0
"""Degrees that a region of the world may measure, to be worth enlarging."""
_LEAST_DOT = 30
"""The persons of the largest dot at least, so that one dead person is no disc."""
_FINE = 14.0
"""Degrees of latitude up to which a view is drawn from the finer scale."""


def draw_map(
    incidents: Iterable[Incident],
    window: Window,
    measures: Sequence[Measure],
    folder: Path,
    country_names: Mapping[str, str],
) -> Chart | None:
    """The map of the window's incidents that speak of one of `measures`; None where none has a place.

    `country_names` by ISO 3166-1 alpha-3; a country that is missing there is called as on the base map.
    """
    world = read_base_map("50m")
    names = {c.code: clean(country_names.get(c.code, c.name)) for c in reversed(world.countries) if c.code}
    sifting = sift(incidents, window, measures, names)
    marks = sifting.marks
    if not marks:
        return None
    points = _reach_of(marks)
    boxes = [box for mark in marks if mark.longitude is None and (box := world.box_of(mark.country))]
    view = (
        choose_view(points, boxes, _SHAPE) if points or boxes else choose_view([(11.0, 0.0), (191.0, 0.0)], [], _SHAPE)
    )
    zooms = _choose_zooms(marks) if view.is_world else []
    sizes = [mark.size for mark in marks if mark.precision is Precision.POINT and mark.size is not None]
    look = Look(base=world, measures=measures, country_names=names, most=max([_LEAST_DOT, *sizes]))
    with house_style(folder):
        inner = _WIDTH * POINTS_PER_INCH - 6
        rows = lay_out(choose_key(marks, look), inner)
        lines = wrap(" ".join([*note_map(sifting), CREDIT]), inner, SIZE)
        foot = height_of(rows, lines)
        main = _WIDTH / view.shape
        row = _ZOOM_HEIGHT[len(zooms)] + _GAP if zooms else 0.0
        height = _HEAD + main + row + foot
        figure = new_figure(_WIDTH, height)
        panels = [
            Panel(
                view=view,
                place=(0.01, foot + row, _WIDTH - 0.02, main),
                marks=marks,
                windows=[(letter, zoom) for letter, zoom in zip("ABC", zooms, strict=False)],
            )
        ]
        wide = (_WIDTH - 0.02 - _GAP * (len(zooms) - 1)) / max(len(zooms), 1)
        for at, zoom in enumerate(zooms):
            place = (0.01 + at * (wide + _GAP), foot, wide, _ZOOM_HEIGHT[len(zooms)])
            inside = [
                mark
                for mark in marks
                if mark.longitude is None or zoom.box.holds(zoom.wrap(mark.longitude), mark.latitude or 0)
            ]
            panels.append(Panel(view=zoom, place=place, marks=inside, letter="ABC"[at]))
        for panel in panels:
            box = panel.view.box
            is_fine = not panel.view.is_world and box.north - box.south <= _FINE
            base = read_base_map("10m") if is_fine else world
            draw_panel(figure, panel, Look(base=base, measures=measures, country_names=names, most=look.most))
        _draw_head(figure, height, head_map(sifting, window))
        draw_notes(figure, rows, lines, look)
        svg = to_svg(figure)
    return Chart(name="map", svg=svg, alt=describe_map(sifting, window), csv=tabulate_map(sifting, measures))


def _draw_head(figure, height: float, words: str) -> None:  # type: ignore[no-untyped-def]
    figure.text(
        0.004, 1 - 0.11 / height, "Where harm was reported", fontsize=7.5, fontweight="bold", color=INK, va="center"
    )
    figure.text(0.004, 1 - 0.245 / height, words, fontsize=6.5, color=QUIET, va="center")


def _point(mark: Mark) -> Point:
    return (mark.longitude or 0.0, mark.latitude or 0.0)


def _reach_of(marks: Iterable[Mark]) -> list[Point]:
    """The points that a view of the marks must hold: of a vague one those at the edge of the ground it stands for."""
    points = []
    for mark in marks:
        if mark.longitude is not None:
            x, y = _point(mark)
            up = min(mark.around_km, _MOST_AROUND) / KM_PER_DEGREE
            across = up / max(math.cos(math.radians(y)), 0.1)
            points += [(x, y)] if not up else [(x - across, y - up), (x + across, y + up)]
    return points


def _choose_zooms(marks: Sequence[Mark]) -> list[View]:
    """The regions of a world map that are worth enlarging: those with several places, the gravest first."""
    located = [mark for mark in marks if mark.longitude is not None]
    regions = find_regions([_point(mark) for mark in located], _WIDEST_ZOOM)
    several = [[located[at] for at in region] for region in regions if len(region) > 1]
    several.sort(key=lambda region: min(mark.gravity for mark in region))
    several.sort(key=lambda region: -sum(mark.size or 0 for mark in region))
    chosen = several[:_MOST_ZOOMS]
    wide = (_WIDTH - 0.02 - _GAP * (len(chosen) - 1)) / max(len(chosen), 1)
    shape = wide / _ZOOM_HEIGHT[len(chosen)] if chosen else 1.0
    views = [choose_view(_reach_of(region), [], (shape, shape)) for region in chosen]
    return [view for view in views if not view.is_world]
