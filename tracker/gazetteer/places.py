"""What a place is to this program: a name with a kind, a country and, where known, a point on the globe."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Kind = Literal["country", "admin1", "admin2", "town", "site", "region", "sea"]
KINDS: tuple[Kind, ...] = ("country", "admin1", "admin2", "town", "site", "region", "sea")

_EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    `country` is ISO 3166-1 alpha-3 (Kosovo: XKX), None at sea and where several countries share the ground. `admin1`
    and `admin2` are names; a division carries its own name there too. Degrees are WGS 84, None where unknown; the point
    of a country or division is the middle of its towns, good enough to draw and to compare, not to survey.
    `population` is 0 where unknown; that of a division of the first order is the sum of its towns.
    """

    name: str
    kind: Kind
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    admin1: str | None
    admin2: str | None
    population: int


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle kilometres between two places, None where either has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    half_north = (north_b - north_a) / 2
    half_east = math.radians(b.longitude - a.longitude) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(half_east) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
