"""One panel of a map: land, borders, marks and labels, all in points of the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.claims import Measure
from tracker.publish.charts.drawing import COLOURS, INK, QUIET
from tracker.publish.charts.labels import AIR, POINTS_PER_INCH, Frame, Placed, Wish, can_be_set, place_labels, shorten
from tracker.publish.charts.map_ground import (
    BORDER,
    centres_of,
    draw_ground,
    draw_names,
    draw_scale_bar,
    ground_of,
    outline_of,
    shade,
)
from tracker.publish.charts.map_marks import Mark, Precision, merge, word_mark
from tracker.publish.wording import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.path import Path

    from tracker.publish.charts.base_map import BaseMap, Country, Point
    from tracker.publish.charts.map_views import View

HARM = COLOURS[Measure.DEATHS]
OTHER = "#4a4f54"
WASH, HATCH = (0.0, 0.447, 0.698, 0.16), (0.0, 0.447, 0.698, 0.55)

LARGEST, SMALLEST, OTHER_SIDE = 10.0, 1.6, 2.0
"""Points: the radius of the dot with most dead, that below which no dot falls, and half the side of other squares."""
VAGUE = 7.0
"""Points: the radius of a vague mark at least."""
_VAGUEST = 60.0
_SAME_SPOT, _SAME_CROWDED, _CROWD = 3.0, 5.0, 300
"""Points: dots whose middles are nearer than the first become one; where there are more than `_CROWD`, the second."""

_LONGEST_NAME = 30
_LABEL, _COUNTRY_LABEL = 6.2, 6.0
_MOST_LABELS, _LABELS_PER_INCH = 16, 1.4
"""Labels in a panel, and on a square inch of it, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What one panel shows, and where it stands: left, bottom, width and height in inches of the figure."""

    view: View
    place: tuple[float, float, float, float]
    marks: Sequence[Mark]
    letter: str = ""
    windows: Sequence[tuple[str, View]] = ()
    """The panels that enlarge a part of this one, by letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What all panels of a map share."""

    base: BaseMap
    measures: Sequence[Measure]
    country_names: Mapping[str, str]
    most: int
    """The persons of the largest dot."""

    def radius(self, persons: int) -> float:
        """Points: the area of a dot is in proportion to the persons, but none is too small to be seen."""
        return max(SMALLEST, LARGEST * math.sqrt(persons / max(self.most, 1)))

    def name(self, country: Country) -> str:
        """The country as the report calls it, else as the base map does."""
        return clean(self.country_names.get(country.code, country.name))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mark at its point of the panel."""

    mark: Mark
    x: float
    y: float
    reach: float
    ground: Path | None = None
    """The country that it lies in, where it covers ground enough to be cut to it."""


def draw_panel(figure: Figure, panel: Panel, look: Look) -> None:
    """Draw one panel into the figure."""
    left, bottom, width, height = panel.place
    full_width, full_height = figure.get_size_inches()
    axes = figure.add_axes((left / full_width, bottom / full_height, width / full_width, height / full_height))
    wide, high = width * POINTS_PER_INCH, height * POINTS_PER_INCH
    axes.set(xlim=(0, wide), ylim=(0, high), xticks=[], yticks=[])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(not panel.view.is_world)
        spine.set(edgecolor=BORDER, linewidth=0.6)
    to_points = _projector(panel.view, wide, high)
    draw_ground(axes, look.base, panel.view, to_points, wide)

    inside = Frame(1.5, 1.5, wide - 1.5, high - 1.5)
    countries = {country.code for country in look.base.countries}
    shaded = [mark for mark in panel.marks if mark.precision is Precision.COUNTRY and mark.country in countries]
    for mark in shaded:
        shade(axes, look.base, [c for c in look.base.countries if c.code == mark.country], panel.view, to_points, wide)
    spots = _find_spots(panel, look, to_points, inside, width)
    for spot in spots:
        _draw_spot(axes, spot)
    taken = [_around(spot) for spot in spots if spot.mark.precision is Precision.POINT]
    if panel.letter:
        axes.text(4, high - 4, panel.letter, ha="left", va="top", fontsize=8, fontweight="bold", color=INK)
        taken.append(Frame(0, high - 14, 13, high))
    if not panel.view.is_world:
        taken.append(draw_scale_bar(axes, panel.view.km(width), wide, high, taken))
    wishes = _draw_windows(axes, panel, to_points)
    hidden = [view.box for _, view in panel.windows]
    centres = {mark.country: _centre(mark.country, panel, look, to_points, inside) for mark in shaded}
    by_mark = {id(spot.mark): spot for spot in spots}
    wishes += [
        wish
        for mark in sorted([*(spot.mark for spot in spots), *shaded], key=lambda mark: mark.gravity)
        if (wish := _wish(mark, by_mark, centres, look.country_names)) is not None
        and not any(
            mark.longitude is not None and box.holds(panel.view.wrap(mark.longitude), mark.latitude or 0.0)
            for box in hidden
        )
    ]
    room = min(_MOST_LABELS, int(width * height * _LABELS_PER_INCH)) + len(panel.windows)
    placed = place_labels(wishes, taken, inside, room)
    for label in placed:
        wish = label.wish
        if label.leads_to is not None:
            # The line begins at the edge of what it names, so that it hides nothing of it.
            end_x, end_y = label.leads_to
            far = math.hypot(end_x - wish.x, end_y - wish.y) or 1.0
            share = min(wish.reach / far, 1.0)
            axes.plot(
                [wish.x + share * (end_x - wish.x), end_x],
                [wish.y + share * (end_y - wish.y), end_y],
                color=QUIET, linewidth=0.4, zorder=6,
            )  # fmt: skip
        _print(axes, label)
    if not panel.view.is_world:
        draw_names(axes, look, panel.view, to_points, inside, [*taken, *(label.frame for label in placed)],
                   {mark.country for mark in shaded})  # fmt: skip


class _Projector:
    """Longitude and latitude to points of the panel."""

    def __init__(self, view: View, wide: float, high: float) -> None:
        self._view = view
        left, right, bottom, top = view.edges()
        self._left, self._bottom = left, bottom
        self._across, self._up = wide / (right - left), high / (top - bottom)

    def __call__(self, longitude: float, latitude: float) -> Point:
        x, y = self._view.project(longitude, latitude)
        return ((x - self._left) * self._across, (y - self._bottom) * self._up)


def _projector(view: View, wide: float, high: float) -> _Projector:
    return _Projector(view, wide, high)


def _centre(code: str | None, panel: Panel, look: Look, to_points: _Projector, inside: Frame) -> Point | None:
    """Where the label of a country begins; None where nothing of the country is in the panel."""
    countries = [country for country in look.base.countries if country.code == code]
    rings = [ring for c in countries for ring in outline_of(look.base, c, panel.view, to_points, inside.right)]
    if rings:
        return next(iter(centres_of(rings, inside)), None)
    box = look.base.box_of(code)  # a country of small islands, of which nothing is drawn at this scale
    if box is None:
        return None
    x, y = to_points(panel.view.wrap((box.west + box.east) / 2), (box.south + box.north) / 2)
    return (x, y) if inside.left <= x <= inside.right and inside.bottom <= y <= inside.top else None


def _find_spots(panel: Panel, look: Look, to_points: _Projector, inside: Frame, width: float) -> list[_Spot]:
    """The marks that lie in the panel, the largest first; dots on one another are one."""
    groups: list[tuple[float, float, list[Mark]]] = []
    cells: dict[tuple[int, int], list[int]] = {}
    spots = []
    grounds: dict[str | None, Path | None] = {}
    near = _SAME_CROWDED if len(panel.marks) > _CROWD else _SAME_SPOT
    km_per_point = panel.view.km(width) / POINTS_PER_INCH
    for mark in panel.marks:
        if mark.longitude is None or mark.latitude is None:
            continue
        x, y = to_points(panel.view.wrap(mark.longitude), mark.latitude)
        if not (inside.left <= x <= inside.right and inside.bottom <= y <= inside.top):
            continue
        if mark.precision is not Precision.POINT:
            reach = min(max(mark.around_km / km_per_point, VAGUE), _VAGUEST)
            is_cut = reach > VAGUE and mark.precision is Precision.AREA and mark.country is not None
            if is_cut and mark.country not in grounds:
                grounds[mark.country] = ground_of(look.base, mark.country, panel.view, to_points, inside.right)
            ground = grounds.get(mark.country) if is_cut else None
            spots.append(_Spot(mark, x, y, reach, ground))
            continue
        cell = (int(x // near), int(y // near))
        beside = [
            at for over in (-1, 0, 1) for up in (-1, 0, 1) for at in cells.get((cell[0] + over, cell[1] + up), ())
        ]
        same = next((at for at in beside if math.hypot(x - groups[at][0], y - groups[at][1]) < near), None)
        if same is not None:
            groups[same][2].append(mark)
        else:
            cells.setdefault(cell, []).append(len(groups))
            groups.append((x, y, [mark]))
    for x, y, marks in groups:
        mark = merge(marks, look.measures)
        reach = OTHER_SIDE * 1.3 if mark.size is None else look.radius(mark.size)
        spots.append(_Spot(mark, x, y, reach))
    return sorted(spots, key=lambda spot: (spot.mark.precision is Precision.POINT, -spot.reach, spot.x, spot.y))


def _draw_spot(axes: Axes, spot: _Spot) -> None:
    mark, at = spot.mark, (spot.x, spot.y)
    if mark.precision is Precision.POINT:
        axes.add_artist(point_patch(at, spot.reach, has_deaths=mark.size is not None, is_hollow=mark.is_hollow))
        return
    for patch in vague_patches(mark.precision, at, spot.reach):
        axes.add_artist(patch)
        if spot.ground is not None:
            patch.set_clip_path(spot.ground, axes.transData)


def vague_patches(precision: Precision, at: Point, reach: float) -> list[Patch]:
    """The wash and the sign of a place of which only the surroundings are known: a disc on land, a diamond at sea."""
    from matplotlib.patches import Circle, RegularPolygon

    is_sea = precision is Precision.SEA
    wash: dict[str, Any] = {"facecolor": WASH, "linewidth": 0}
    sign: dict[str, Any] = {"facecolor": "none", "edgecolor": HARM, "hatchcolor": HATCH, "linewidth": 0.8}
    sign |= {"hatch": "----", "linestyle": ":"} if is_sea else {"hatch": "....", "linestyle": (0, (3, 2))}
    if is_sea:
        return [RegularPolygon(at, 4, radius=reach * 1.15, zorder=4, **look) for look in (wash, sign)]
    return [Circle(at, reach, zorder=4, **look) for look in (wash, sign)]


def point_patch(at: Point, radius: float, *, has_deaths: bool, is_hollow: bool) -> Patch:
    """A dot for deaths, hollow where they are only feared; a square where no figure of deaths is known."""
    from matplotlib.patches import Circle, Rectangle

    if not has_deaths:
        corner = (at[0] - OTHER_SIDE, at[1] - OTHER_SIDE)
        return Rectangle(
            corner, OTHER_SIDE * 2, OTHER_SIDE * 2, facecolor=OTHER, edgecolor="white", linewidth=0.5, zorder=5
        )
    if is_hollow:
        return Circle(at, radius, facecolor=(1, 1, 1, 0.75), edgecolor=HARM, linewidth=1.1, zorder=5)
    return Circle(at, radius, facecolor=HARM, alpha=0.88, edgecolor="white", linewidth=0.5, zorder=5)


def _around(spot: _Spot) -> Frame:
    return Frame(spot.x - spot.reach, spot.y - spot.reach, spot.x + spot.reach, spot.y + spot.reach)


def _wish(
    mark: Mark, spots: Mapping[int, _Spot], centres: Mapping[str | None, Point | None], country_names: Mapping[str, str]
) -> Wish | None:
    """The label of a mark; None of a country of which nothing is seen."""
    if mark.precision is Precision.COUNTRY:
        centre = centres.get(mark.country)
        if centre is None:
            return None
        words = f"{label_name(mark)}: {word_mark(mark)}; place unknown"
        return Wish(words=words, x=centre[0], y=centre[1], reach=0.0, size=_COUNTRY_LABEL, is_inside=True, colour=HARM)
    spot = spots[id(mark)]
    # A wide vague mark may bear its label inside: nothing exact is hidden there.
    is_wide = mark.precision is not Precision.POINT and spot.reach > 2 * VAGUE
    reach = min(spot.reach * 0.7, 16.0) if is_wide else spot.reach
    words = f"{label_name(mark, country_names.get(mark.country or '', ''))}: {word_mark(mark)}"
    return Wish(words=words, x=spot.x, y=spot.y, reach=reach, size=_LABEL, is_inside=is_wide)


def label_name(mark: Mark, country: str = "") -> str:
    """The mark's name as it can be set: shortened where it is long, and kept from turning its number round."""
    words = shorten(mark.name, _LONGEST_NAME)
    if not can_be_set(words):
        return f"a place in {country}" if country and can_be_set(country) else "a place"
    is_rightward = any("\u0590" <= letter <= "\u08ff" for letter in words)
    return f"\u200e{words}\u200f\u200e" if is_rightward else words


def _print(axes: Axes, label: Placed) -> None:
    from matplotlib.patches import Rectangle

    wish, frame = label.wish, label.frame
    width, height = frame.right - frame.left, frame.top - frame.bottom
    axes.add_artist(Rectangle((frame.left, frame.bottom), width, height, facecolor=(1, 1, 1, 0.72), zorder=6.5))
    axes.text(
        frame.left + AIR, (frame.bottom + frame.top) / 2, wish.words, ha="left", va="center_baseline",
        fontsize=wish.size, fontweight="bold" if wish.bold else "normal", color=wish.colour, zorder=7,
    )  # fmt: skip


def _draw_windows(axes: Axes, panel: Panel, to_points: _Projector) -> list[Wish]:
    """The frames of the parts that other panels enlarge; the wishes for their letters."""
    from matplotlib.patches import Rectangle

    wishes = []
    for letter, view in panel.windows:
        west = panel.view.wrap(view.box.west)
        left, bottom = to_points(west, view.box.south)
        right, top = to_points(west + view.box.east - view.box.west, view.box.north)
        grow = max(0.0, (15.0 - min(right - left, top - bottom)) / 2)
        left, bottom, right, top = left - grow, bottom - grow, right + grow, top + grow
        axes.add_artist(
            Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, linewidth=0.7, zorder=6)
        )
        wishes.append(
            Wish(words=letter, x=(left + right) / 2, y=(bottom + top) / 2,
                 reach=max(right - left, top - bottom) / 2, size=8.0, bold=True)
        )  # fmt: skip
    return wishes
