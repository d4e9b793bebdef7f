"""What people added by hand: the CSV files of `rules/places/`, read and checked when the gazetteer opens."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.errors import RuleError
from tracker.gazetteer.names import ROMANISED, name_key, sound_key
from tracker.gazetteer.places import KINDS, Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COUNTRY_COLUMNS = "alpha3 alpha2 name alternates demonyms latitude longitude population geonames_id note"
_PLACE_COLUMNS = (
    "name alternates kind country admin1 town parts demonyms latitude longitude population geonames_id note"
)
_REQUIRED = {"countries.csv": ("alpha3", "alpha2", "name"), "divisions.csv": ("word", "kind")}
_PLACE_FILES: dict[str, Kind] = {"regions.csv": "region", "seas.csv": "sea", "sites.csv": "site"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file, its cells by column, empty where missing."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell between `|`."""
        return tuple(part for cell in self[column].split("|") if (part := cell.strip()))

    def error(self, what: str) -> RuleError:
        """A `RuleError` that names file and line."""
        return RuleError(f"{self.path.parent.name}/{self.path.name} line {self.line}: {what}.")


@dataclass(slots=True)
class Overlays:
    """The hand-made places by key, and what else the files say about names."""

    countries: dict[str, Place] = field(default_factory=dict)
    names: dict[str, list[Place]] = field(default_factory=dict)
    sounds: dict[str, list[Place]] = field(default_factory=dict)
    capitals: dict[str, list[Place]] = field(default_factory=dict)  # "US", "UAE": read only in capitals
    firsts: dict[str, int] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    parts: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    towns: dict[Place, str] = field(default_factory=dict)
    divisions: dict[str, frozenset[str]] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()  # places only after a preposition of place
    never: frozenset[str] = frozenset()  # ordinary words, whatever towns are called so
    aliases: list[tuple[Row, Place]] = field(
        default_factory=list
    )  # rows without a point: other names of a place of the index

    def add(self, place: Place, names: tuple[str, ...]) -> None:
        """Make `place` findable under each of `names`."""
        for name in names:
            bare = name.replace(".", "")
            if len(bare) <= 3 and bare.isupper():
                self._put(self.capitals, bare, place)
                continue
            key = name_key(name)
            self._put(self.names, key, place)
            self._lengthen(key)
            if place.country in ROMANISED and place.kind != "country" and (sound := sound_key(key)):
                self._put(self.sounds, sound, place)
                self._lengthen("~" + sound)

    @staticmethod
    def _put(table: dict[str, list[Place]], key: str, place: Place) -> None:
        if place not in (known := table.setdefault(key, [])):
            known.append(place)

    def _lengthen(self, key: str) -> None:
        words = key.split()
        self.firsts[words[0]] = max(self.firsts.get(words[0], 0), len(words))


def read_overlays(folder: Path) -> Overlays:
    """All files of `rules/places/`; `RuleError` names the file and line of the first fault."""
    overlays = Overlays()
    for row in read_rows(folder / "countries.csv", _COUNTRY_COLUMNS):
        _add_country(overlays, row)
    for name, kind in _PLACE_FILES.items():
        for row in read_rows(folder / name, _PLACE_COLUMNS):
            _add_place(overlays, row, kind)
    divisions: dict[str, set[str]] = {}
    for row in read_rows(folder / "divisions.csv", "word kind note"):
        divisions.setdefault(row["word"].casefold(), set()).add(_kind(row))
    overlays.divisions = {word: frozenset(kinds) for word, kinds in divisions.items()}
    overlays.ambiguous = frozenset(read_list(folder / "ambiguous.txt"))
    overlays.never = frozenset(read_list(folder / "never.txt"))
    return overlays


def read_rows(path: Path, columns: str) -> Iterator[Row]:
    """The lines of a CSV file with a header; every column must be one of `columns`, the required cells filled."""
    required = _REQUIRED.get(path.name, ("name",))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            row = Row(path, 1, {})
            if unknown := sorted(set(header) - set(columns.split())):
                raise row.error(f"unknown column {unknown[0]!r}; the columns are {', '.join(columns.split())}")
            if missing := [column for column in required if column not in header]:
                raise row.error(f"the column {missing[0]!r} is missing from the header")
            for cells in reader:
                row = Row(path, reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)))
                if not any(row.cells.values()):
                    continue
                if len(cells) != len(header):
                    raise row.error(f"{len(cells)} cells where the header has {len(header)}; quote cells with commas")
                if empty := [column for column in required if not row[column]]:
                    raise row.error(f"the cell {empty[0]!r} is empty")
                yield row
    except OSError as error:
        raise RuleError(f"{path} cannot be read ({error.strerror}); restore the file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleError(f"{path} is not a UTF-8 CSV file ({error}); save it as one.") from error


def read_list(path: Path) -> Iterator[str]:
    """The keys of a word list, one name a line, `#` begins a comment."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path} cannot be read as UTF-8 text ({error}); restore the file.") from error
    for number, line in enumerate(lines, start=1):
        if name := line.split("#")[0].strip():
            if name != name.lower():
                raise RuleError(f"{path.parent.name}/{path.name} line {number}: {name!r} must be lower-case.")
            yield name_key(name)


def _add_country(overlays: Overlays, row: Row) -> None:
    code = row["alpha3"]
    if not (len(code) == 3 and code.isalpha() and code.isupper()):
        raise row.error(f"{code!r} is not an ISO 3166-1 alpha-3 code")
    if code in overlays.countries:
        raise row.error(f"the country {code} is listed twice")
    place = Place(row["name"], "country", code, *_point(row), _whole(row, "geonames_id") or None, None, None,
                  _whole(row, "population"))  # fmt: skip
    overlays.countries[code] = place
    overlays.add(place, (row["name"], *row.many("alternates")))
    _add_demonyms(overlays, row, code)


def _add_place(overlays: Overlays, row: Row, kind: Kind) -> None:
    country = row["country"] or None
    if country and country not in overlays.countries:
        raise row.error(f"{country!r} is not an alpha-3 code of countries.csv")
    kind = _kind(row) if row["kind"] else kind
    admin1 = row["admin1"] or None
    if admin1 and not country:
        raise row.error("a row with admin1 needs a country")
    place = Place(row["name"], kind, country, *_point(row), _whole(row, "geonames_id") or None,
                  row["name"] if kind == "admin1" else admin1, row["name"] if kind == "admin2" else None,
                  _whole(row, "population"))  # fmt: skip
    if place.latitude is None:
        overlays.aliases.append((row, place))
    else:
        overlays.add(place, (row["name"], *row.many("alternates")))
    if row["parts"]:
        overlays.parts[place] = row.many("parts")
    if row["town"]:
        overlays.towns[place] = name_key(row["town"])
    _add_demonyms(overlays, row, country)


def _add_demonyms(overlays: Overlays, row: Row, country: str | None) -> None:
    for word in row.many("demonyms"):
        if country is None:
            raise row.error("demonyms need a country")
        known = overlays.demonyms.setdefault(word.casefold(), country)
        if known != country:
            raise row.error(f"the demonym {word!r} already stands for {known}")


def _kind(row: Row) -> Kind:
    for kind in KINDS:
        if row["kind"] == kind:
            return kind
    raise row.error(f"the kind {row['kind']!r} is none of {', '.join(KINDS)}")


def _point(row: Row) -> tuple[float | None, float | None]:
    if not row["latitude"] and not row["longitude"]:
        return None, None
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise row.error("latitude and longitude must both be degrees such as 31.53") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise row.error(f"{latitude}, {longitude} is not a point on the globe")
    return latitude, longitude


def _whole(row: Row, column: str) -> int:
    if not row[column]:
        return 0
    if not row[column].isdecimal():
        raise row.error(f"{column} must be a whole number, not {row[column]!r}")
    return int(row[column])
