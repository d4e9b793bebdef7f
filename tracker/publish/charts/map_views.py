"""Which part of the globe a map shows, and how degrees become inches there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.publish.charts.base_map import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.publish.charts.base_map import Point

KM_PER_DEGREE = 111.195
"""Along a meridian."""

WORLD = Box(-169.0, -56.0, 191.0, 83.7)
"""The world without Antarctica, cut open in the Bering Strait."""

_WIDEST = (75.0, 55.0)
"""Degrees of longitude and latitude beyond which a region is drawn as the world."""
_NEAR = 9.0
"""Degrees between two places of one region, where the regions of a world map are looked for."""
_PADDING = 0.16
_LEAST = {"one": 6.0, "several": 0.9}
"""Degrees of latitude that a view shows at least: around one place, and around several."""

# Equal Earth, of Šavrič, Patterson and Jenny (2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_MIDDLE = (WORLD.west + WORLD.east) / 2


@dataclass(frozen=True, slots=True)
class View:
    """A box of the globe and its projection: equal-area for the world, else true to scale along its middle."""

    box: Box
    is_world: bool = False

    def project(self, longitude: float, latitude: float) -> Point:
        """The place on a plane, in degrees of latitude of a region and in radii of the globe for the world."""
        if self.is_world:
            return _equal_earth(longitude, latitude)
        middle = math.radians((self.box.south + self.box.north) / 2)
        return (longitude * math.cos(middle), latitude)

    def wrap(self, longitude: float) -> float:
        """The same meridian, counted so that it lies in the view where it can."""
        while longitude < self.box.west:
            longitude += 360
        while longitude > self.box.east and longitude - 360 >= self.box.west:
            longitude -= 360
        return longitude

    def edges(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top on the plane."""
        if self.is_world:
            half = _equal_earth(WORLD.east, 0.0)[0]
            return (-half, half, _equal_earth(0.0, self.box.south)[1], _equal_earth(0.0, self.box.north)[1])
        left, bottom = self.project(self.box.west, self.box.south)
        right, top = self.project(self.box.east, self.box.north)
        return (left, right, bottom, top)

    @property
    def shape(self) -> float:
        """Width over height."""
        left, right, bottom, top = self.edges()
        return (right - left) / (top - bottom)

    def km(self, width: float) -> float:
        """How many kilometres an inch is, where the view is `width` inches wide."""
        left, right, _, _ = self.edges()
        return (right - left) * (6371.0 if self.is_world else KM_PER_DEGREE) / width


def _equal_earth(longitude: float, latitude: float) -> Point:
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = math.radians(longitude - _MIDDLE) * math.cos(angle)
    x /= math.sqrt(3) / 2 * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    return (x, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)))


def surround_points(points: Sequence[Point]) -> Box:
    """The smallest box around the points, over the meridian of 180° where that is shorter."""
    meridians = sorted({longitude for longitude, _ in points})
    gaps = [
        ((after - before) % 360 or 360.0, after)
        for before, after in zip(meridians, [*meridians[1:], meridians[0]], strict=True)
    ]
    widest, west = max(gaps)
    latitudes = [latitude for _, latitude in points]
    return Box(west, min(latitudes), west + 360 - widest, max(latitudes))


def choose_view(points: Sequence[Point], boxes: Sequence[Box], shape: tuple[float, float]) -> View:
    """The view of all that is shown: `points`, and the `boxes` of countries, in a panel whose width over height may be
    anything between the two numbers of `shape`.
    """
    corners = [*points, *((x, y) for box in boxes for x in (box.west, box.east) for y in (box.south, box.north))]
    around = surround_points(corners)
    if around.east - around.west > _WIDEST[0] or around.north - around.south > _WIDEST[1]:
        return View(WORLD, is_world=True)
    least = _LEAST["several" if boxes or len(set(points)) > 1 else "one"]
    return View(_frame(around, least, shape))


def _frame(around: Box, least: float, shape: tuple[float, float]) -> Box:
    """The box with room around, in the nearest shape allowed."""
    flatness = math.cos(math.radians((around.south + around.north) / 2))
    height = max((around.north - around.south) * (1 + 2 * _PADDING), least)
    width = max((around.east - around.west) * flatness * (1 + 2 * _PADDING), least)
    if width / height > shape[1]:
        height = width / shape[1]
    elif width / height < shape[0]:
        width = height * shape[0]
    middle_x, middle_y = (around.west + around.east) / 2, (around.south + around.north) / 2
    south = min(max(middle_y - height / 2, -89.0), 89.0 - height)
    west = middle_x - width / flatness / 2
    west += 360 if west < -180 else 0
    # The flatness of the view is that of its own middle, which may have moved from a pole.
    flatness = math.cos(math.radians(south + height / 2))
    return Box(west, south, west + width / flatness, south + height)


def find_regions(points: Sequence[Point], widest: float) -> list[list[int]]:
    """The points, by their places in the list, in groups of neighbours, none of them more than `widest` degrees across.

    Chains of neighbours that reach farther are cut by asking for nearer neighbours.
    """
    return sorted(_find_regions(points, list(range(len(points))), _NEAR, widest))


def _find_regions(points: Sequence[Point], chosen: list[int], near: float, widest: float) -> list[list[int]]:
    cells: dict[tuple[int, int], list[int]] = {}
    for at in chosen:  # what shares a cell is near: thousands of points are a few hundred cells
        cells.setdefault((int(points[at][0] // (near / 4)), int(points[at][1] // (near / 4))), []).append(at)
    groups: list[list[list[int]]] = []
    for members in cells.values():
        first = points[members[0]]
        beside = [group for group in groups if any(_apart(first, points[other[0]]) <= near for other in group)]
        groups = [group for group in groups if group not in beside]
        groups.append([members, *(other for group in beside for other in group)])
    regions = []
    for group in groups:
        region = sorted(at for members in group for at in members)
        around = surround_points([points[at] for at in region])
        if max(around.east - around.west, around.north - around.south) > widest and near > 1:
            regions += _find_regions(points, region, near / 2, widest)
        else:
            regions.append(region)
    return regions


def _apart(a: Point, b: Point) -> float:
    over = abs(a[0] - b[0]) % 360
    over = min(over, 360 - over) * math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot(over, a[1] - b[1])
