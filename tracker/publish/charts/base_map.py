"""The base map: coasts and borders of Natural Earth, read from the file beside the code, cut to what a view shows."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BORDERS = Path(__file__).parent / "data" / "borders.json.gz"
"""Written by `data/convert.py`; what it is made of stands there and in NOTICE."""

CREDIT = "Base map: Natural Earth. Boundaries imply no opinion on the status of any territory."

Point = tuple[float, float]
"""Longitude and latitude, degrees."""

Scale = Literal["50m", "10m"]

_THOUSANDTHS = 1000
_HALF = 180.0


class Box(NamedTuple):
    """What lies between two meridians and two parallels, in degrees; `east` may exceed 180."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, other: Box) -> bool:
        """Whether the two have any ground in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies inside."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def shifted(self, degrees: float) -> Box:
        """The same box, farther east."""
        return self._replace(west=self.west + degrees, east=self.east + degrees)


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166-1 alpha-3 ("" where there is none), name, and rings as numbers of arcs (~n: backwards)."""

    code: str
    name: str
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class BaseMap:
    """One scale of the base map: the lines that neighbours share, and the countries that they bound."""

    arcs: tuple[tuple[Point, ...], ...]
    boxes: tuple[Box, ...]
    countries: tuple[Country, ...]
    inner: frozenset[int]
    """The arcs with two different countries beside them."""
    outer: frozenset[int]
    """The arcs with a country on one side and water on the other."""

    def fill(self, countries: Iterable[Country], box: Box, coarseness: float) -> list[list[Point]]:
        """The rings of these countries, cut to the box; no detail finer than `coarseness` degrees."""
        rings = []
        for country in countries:
            for ring in country.rings:
                around = surround(self.boxes[~arc if arc < 0 else arc] for arc in ring)
                is_speck = max(around.east - around.west, around.north - around.south) < coarseness
                for shift in (-360.0, 0.0, 360.0):
                    if around.shifted(shift).touches(box) and not is_speck:
                        cut = cut_ring([(x + shift, y) for x, y in self._join(ring, coarseness)], box)
                        if len(cut) > 2:
                            rings.append(cut)
        return rings

    def lines(self, chosen: Iterable[int], box: Box, coarseness: float) -> list[list[Point]]:
        """These arcs as lines near the box. The seam at 180°, where the source is cut open, is no line."""
        lines = []
        for number in sorted(chosen):
            around = self.boxes[number]
            if (
                self.arcs[number][0] == self.arcs[number][-1]
                and max(around.east - around.west, around.north - around.south) < coarseness
            ):
                continue  # a speck
            for shift in (-360.0, 0.0, 360.0):
                if around.shifted(shift).touches(box):
                    points = [(x + shift, y) for x, y in coarsen(self.arcs[number], coarseness)]
                    lines += _split(points, box)
        return lines

    def seen_in(self, box: Box) -> list[Country]:
        """The countries of which a part may lie in the box."""
        shifts = (-360.0, 0.0, 360.0)
        return [
            country
            for country in self.countries
            if any(
                surround(self.boxes[~arc if arc < 0 else arc] for arc in ring).shifted(shift).touches(box)
                for ring in country.rings
                for shift in shifts
            )
        ]

    def box_of(self, code: str | None) -> Box | None:
        """The box of the largest part of a country; None where the map does not know it."""
        parts = [
            surround(self.boxes[~arc if arc < 0 else arc] for arc in ring)
            for country in self.countries
            if code and country.code == code
            for ring in country.rings
        ]
        return max(parts, key=lambda box: (box.east - box.west) * (box.north - box.south), default=None)

    def _join(self, ring: Sequence[int], coarseness: float) -> list[Point]:
        points: list[Point] = []
        for number in ring:
            arc = coarsen(self.arcs[~number if number < 0 else number], coarseness)
            arc = arc[::-1] if number < 0 else arc
            points += arc[1:] if points else arc
        if abs(points[-1][0] - points[0][0]) > _HALF:  # Antarctica goes round the pole
            points += [(points[-1][0], -90.0), (points[0][0], -90.0)]
        return points


@cache
def read_base_map(scale: Scale) -> BaseMap:
    """The base map at 1:50 million, for continents, or 1:10 million, for what is smaller."""
    data = _read_borders()[scale]
    arcs = tuple(_decode(arc) for arc in data["arcs"])
    countries = tuple(Country(code, name, tuple(map(tuple, rings))) for code, name, rings in data["countries"])
    sides: list[set[str]] = [set() for _ in arcs]
    uses = [0] * len(arcs)
    for country in countries:
        for ring in country.rings:
            for number in ring:
                sides[~number if number < 0 else number].add(country.code or country.name)
                uses[~number if number < 0 else number] += 1
    return BaseMap(
        arcs=arcs,
        boxes=tuple(_box(arc) for arc in arcs),
        countries=countries,
        inner=frozenset(number for number, codes in enumerate(sides) if len(codes) > 1),
        outer=frozenset(number for number, used in enumerate(uses) if used == 1),
    )


@cache
def _read_borders() -> dict[str, Any]:
    borders: dict[str, Any] = json.loads(gzip.decompress(BORDERS.read_bytes()))
    return borders


def _decode(arc: Sequence[int]) -> tuple[Point, ...]:
    """The points of an arc. A step over the meridian of 180° goes on beyond it, so that no line crosses the map."""
    round_trip = 2 * _HALF * _THOUSANDTHS
    steps = [arc[0], *(step - round(step / round_trip) * round_trip for step in arc[2::2])]
    xs, ys = accumulate(steps), accumulate(arc[1::2])
    return tuple((x / _THOUSANDTHS, y / _THOUSANDTHS) for x, y in zip(xs, ys, strict=True))


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def surround(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return Box(min(wests), min(souths), max(easts), max(norths))


def coarsen(points: Sequence[Point], coarseness: float) -> list[Point]:
    """The points that are at least `coarseness` apart from the last one kept; both ends stay."""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) >= coarseness or abs(y - kept[-1][1]) >= coarseness:
            kept.append((x, y))
    return [*kept, points[-1]] if len(points) > 1 else kept


def cut_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a ring's area inside the box (Sutherland and Hodgman); [] where there is none."""
    points = list(ring)
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        kept: list[Point] = []
        for before, point in pairwise([points[-1], *points] if points else []):
            was, now = sign * (before[axis] - limit), sign * (point[axis] - limit)
            if (was < 0) != (now < 0):
                share = was / (was - now)
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if now >= 0:
                kept.append(point)
        points = kept
    return points


def _split(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """The stretches of a line that come near the box, without those that run along the meridian of 180°."""
    stretches: list[list[Point]] = []
    going = False
    for start, end in pairwise(points):
        seam = start[0] == end[0] and abs(start[0]) % 360 == 180
        near = Box(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        if seam or not near.touches(box):
            going = False
            continue
        if not going:
            stretches.append([start])
        stretches[-1].append(end)
        going = True
    return stretches
