"""Makes borders.json.gz from the npm package world-atlas 2.0.2: run by hand, never by the program or its build.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tracker/publish/charts/data/convert.py package

Two scales of Natural Earth's countries, each a list of arcs (lines that neighbours share, so that thinning them leaves
no gaps) and a list of countries that are made of them. Degrees are whole thousandths, each point the step from the one
before it.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from tracker.gazetteer.sources import find_package_data, read_json

Point = tuple[int, int]

STEPS_PER_DEGREE = 1000
SCALES = {"50m": (15, 2500), "10m": (5, 60)}
"""By scale in thousandths of a degree: how far a thinned line may stray, and in their square: the least islet kept."""

WITHOUT_ISO = {
    "Kosovo": "XKX",
    # As in GeoNames, from which the places come: a place somewhere in Somalia may lie here.
    "Somaliland": "SOM",
    "N. Cyprus": "CYP",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Baikonur": "KAZ",
}
OF_ITS_OWN = (
    # The source counts Crimea to Russia; GeoNames and the General Assembly (68/262) count it to Ukraine.
    ("RUS", (32_000, 44_000, 37_000, 46_500), "UKR", "Ukraine"),
    # Overseas parts with codes of their own, by which GeoNames calls them.
    ("FRA", (-55_000, 1_500, -51_000, 6_500), "GUF", "French Guiana"),
    ("FRA", (-62_500, 15_700, -60_800, 16_700), "GLP", "Guadeloupe"),
    ("FRA", (-61_500, 14_200, -60_600, 15_000), "MTQ", "Martinique"),
    ("FRA", (44_500, -13_500, 45_800, -12_300), "MYT", "Mayotte"),
    ("FRA", (54_500, -22_000, 56_500, -20_300), "REU", "Réunion"),
    ("NOR", (-10_000, 70_500, -7_000, 71_500), "SJM", "Svalbard and Jan Mayen"),
    ("NOR", (8_000, 73_500, 35_000, 82_000), "SJM", "Svalbard and Jan Mayen"),
)
"""Parts of a country that lie in a box (west, south, east, north) and are drawn as another one's."""


def main(folder: Path) -> None:
    """Write the file beside this one."""
    codes = iso_codes()
    scales = {name: convert(json.loads((folder / f"countries-{name}.json").read_text("utf-8")), codes, *limits)
              for name, limits in SCALES.items()}  # fmt: skip
    fill_up(scales["50m"], scales["10m"])
    plain = json.dumps(scales, ensure_ascii=False, separators=(",", ":")).encode()
    path = Path(__file__).with_name("borders.json.gz")
    path.write_bytes(gzip.compress(plain, 9, mtime=0))
    print(f"{path}: {path.stat().st_size} bytes")


def iso_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by the three digits of the same standard."""
    countries = read_json(find_package_data() / "countries.json").values()
    return {f"{country['isonumeric']:03}": country["iso3"] for country in countries if country["isonumeric"]}


def convert(topology: dict[str, Any], codes: dict[str, str], stray: int, islet: int) -> dict[str, Any]:
    """One scale: `arcs`, each x, y, then steps; `countries`, each its code, its name and its rings of arc numbers."""
    arcs = [thin(decode(arc, topology["transform"]), stray) for arc in topology["arcs"]]
    countries: list[list[Any]] = []
    used: set[int] = set()
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes.get(shape.get("id", ""), WITHOUT_ISO.get(name, ""))
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for polygon in polygons:
            outer = join(polygon[0], arcs)
            if len(polygons) > 1 and area(outer) < islet:
                continue
            owner = own(outer, code) or (code, name)
            entry = next((known for known in countries if (known[0], known[1]) == owner), None)
            if entry is None:
                entry = [*owner, []]
                countries.append(entry)
            kept = [ring for ring in polygon if area(join(ring, arcs)) > 0]
            entry[2] += kept
            used.update(~arc if arc < 0 else arc for ring in kept for arc in ring)
    numbers = {old: new for new, old in enumerate(sorted(used))}
    for entry in countries:
        entry[2] = [[~numbers[~arc] if arc < 0 else numbers[arc] for arc in ring] for ring in entry[2]]
    return {
        "arcs": [encode(arcs[old]) for old in sorted(used)],
        "countries": sorted((entry for entry in countries if entry[2]), key=lambda entry: (entry[0], entry[1])),
    }


def decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc of the topology in thousandths of a degree."""
    (scale_x, scale_y), (west, south) = transform["scale"], transform["translate"]
    xs, ys = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
    return [
        (round((west + x * scale_x) * STEPS_PER_DEGREE), round((south + y * scale_y) * STEPS_PER_DEGREE))
        for x, y in zip(xs, ys, strict=True)
    ]


def encode(arc: list[Point]) -> list[int]:
    """First point, then steps, in one flat list."""
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(arc)]
    return [number for point in (arc[0], *steps) for number in point]


def thin(arc: list[Point], stray: int) -> list[Point]:
    """The arc without the points that lie less than `stray` beside the line of the rest (Douglas and Peucker)."""
    kept = {0, len(arc) - 1}
    if arc[0] == arc[-1]:  # an island: the farthest point keeps it from becoming nothing
        kept.add(max(range(len(arc)), key=lambda at: (arc[at][0] - arc[0][0]) ** 2 + (arc[at][1] - arc[0][1]) ** 2))
    marks = sorted(kept)
    waiting = list(pairwise(marks))
    while waiting:
        start, end = waiting.pop()
        farthest = max(range(start + 1, end), key=lambda at: distance(arc[at], arc[start], arc[end]), default=None)
        if farthest is not None and distance(arc[farthest], arc[start], arc[end]) > stray**2:
            kept.add(farthest)
            waiting += [(start, farthest), (farthest, end)]
    thinned = [arc[at] for at in sorted(kept)]
    return [point for at, point in enumerate(thinned) if not at or point != thinned[at - 1]] or thinned[:1]


def distance(point: Point, start: Point, end: Point) -> float:
    """The square of the distance from a point to a stretch."""
    (x, y), (west, south) = point, start
    over, up = end[0] - west, end[1] - south
    length = over * over + up * up
    along = 0.0 if not length else min(1.0, max(0.0, ((x - west) * over + (y - south) * up) / length))
    return (x - west - along * over) ** 2 + (y - south - along * up) ** 2


def join(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring; a negative number n is the arc ~n backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def area(ring: list[Point]) -> float:
    """The area inside a ring, in squares of a thousandth of a degree."""
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))) / 2


def own(ring: list[Point], code: str) -> tuple[str, str] | None:
    """Code and name of what the part of a country is drawn as, where it is not drawn as the country's."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    for country, (west, south, east, north), own_code, name in OF_ITS_OWN:
        if country == code and west <= min(xs) and max(xs) <= east and south <= min(ys) and max(ys) <= north:
            return (own_code, name)
    return None


def fill_up(coarse: dict[str, Any], fine: dict[str, Any]) -> None:
    """Add to the coarser scale the small countries that only the finer one has."""
    known = {code for code, _, _ in coarse["countries"]}
    for code, name, rings in fine["countries"]:
        if code not in known:
            moved: list[list[int]] = []
            for ring in rings:
                moved.append([])
                for number in ring:
                    arc = ~number if number < 0 else number
                    moved[-1].append(~len(coarse["arcs"]) if number < 0 else len(coarse["arcs"]))
                    coarse["arcs"].append(fine["arcs"][arc])
            coarse["countries"].append([code, name, moved])
    coarse["countries"].sort(key=lambda entry: (entry[0], entry[1]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
