"""A table, its columns, and the columns that several tables share: name, type, unit, values, meaning, convention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.claims import Cause, Measure

TYPES = {
    "text": "text as it was read; where it begins with = + - @, tab or carriage return, an apostrophe stands in front",
    "integer": "a whole number",
    "decimal": "a number with a decimal point",
    "date": "a day as YYYY-MM-DD",
    "datetime": "a moment in UTC as YYYY-MM-DDThh:mm:ssZ",
    "boolean": "true or false",
    "list": 'several texts joined by "; ", a semicolon or backslash inside a text having a backslash in front; in a '
    "data package a JSON array, in Parquet a list",
}
"""The types of columns, in words."""

CODEBOOK = "codebook of this project"
ISO_DATE = "ISO 8601"
ISO_COUNTRY = "ISO 3166-1 alpha-3"
GEONAMES = "GeoNames"
METHOD = "docs/method.md"

CLAIM_ID = "[0-9a-f]{24}"
SHORT_ID = "[0-9a-f]{12}"
SHA256 = "[0-9a-f]{64}"


class Kind(StrEnum):
    """The tables that can be exported."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    INCIDENT_CLAIMS = "incident_claims"
    SERIES = "series"
    TOLLS = "tolls"
    REVISIONS = "revisions"
    DOCUMENTS = "documents"
    JUDGEMENTS = "judgements"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; an empty cell is null. What is checked by machines stands in `values` to `required`."""

    name: str
    type: str = "text"
    """One of `TYPES`."""
    unit: str = ""
    meaning: str = ""
    allowed: str = ""
    """The values that may stand here, in words where they are not listed."""
    source: str = "tracker"
    """Whose convention it is."""
    values: tuple[str, ...] = ()
    """All values there are, where they are few."""
    pattern: str = ""
    """A regular expression for the whole cell."""
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    """Whether the cell is never empty."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose cells, where not empty, are found in the like columns of another table."""

    columns: tuple[str, ...]
    table: Kind
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file: what a row is, in which order rows stand, what tells them apart, and the columns in their order."""

    kind: Kind
    row: str
    """What one row is."""
    order: str
    """By what the rows are sorted, always alike."""
    day: str
    """Which day `--from` and `--to` look at; "" where rows have none."""
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order in which they are written."""
        return tuple(column.name for column in self.columns)


def one_of(kind: type[StrEnum]) -> tuple[str, ...]:
    """The values of an enum."""
    return tuple(member.value for member in kind)


def text(name: str, meaning: str, allowed: str = "", source: str = "tracker", *, required: bool = False) -> Column:
    """A column of text."""
    return Column(name=name, meaning=meaning, allowed=allowed, source=source, required=required)


def choice(
    name: str, meaning: str, values: tuple[str, ...], source: str = "tracker", *, required: bool = False
) -> Column:
    """A column that holds one of a few values."""
    return Column(
        name=name, meaning=meaning, allowed="; ".join(values), source=source, values=values, required=required
    )


def key(
    name: str, meaning: str, pattern: str, allowed: str, source: str = "tracker", *, required: bool = False
) -> Column:
    """A column that holds an id."""
    return Column(name=name, meaning=meaning, allowed=allowed, source=source, pattern=pattern, required=required)


def day(name: str, meaning: str, source: str = ISO_DATE, *, required: bool = False) -> Column:
    """A column of days."""
    return Column(name=name, type="date", meaning=meaning, allowed="YYYY-MM-DD", source=source, required=required)


def persons(name: str, meaning: str, source: str = CODEBOOK) -> Column:
    """A column that counts people: empty where not known, 0 where somebody stated none."""
    allowed = "0 or more; 0 is a stated zero"
    return Column(name=name, type="integer", unit="persons", meaning=meaning, allowed=allowed, source=source, minimum=0)


def number(name: str, unit: str, meaning: str, source: str = "tracker", *, required: bool = True) -> Column:
    """A column that counts anything else."""
    return Column(
        name=name, type="integer", unit=unit, meaning=meaning, allowed="0 or more", source=source, minimum=0,
        required=required,
    )  # fmt: skip


def several(name: str, meaning: str, allowed: str = "", source: str = "tracker") -> Column:
    """A column of lists of texts."""
    return Column(name=name, type="list", meaning=meaning, allowed=allowed, source=source)


MEASURE = choice(
    "measure",
    "What was counted. Deaths never include deaths of malnutrition, and casualties are dead and injured in one figure "
    "that is not split: adding measures up counts people twice.",
    one_of(Measure),
    CODEBOOK,
    required=True,
)
CAUSE = choice("cause", "What harmed the people; empty where no text gives it.", one_of(Cause), CODEBOOK)
COUNTRY = key("country", "Country of the harm; empty where it is not known.", "[A-Z]{3}", "three letters", ISO_COUNTRY)
LATITUDE = Column(
    name="latitude", type="decimal", unit="degrees", meaning="Latitude of the place; see place_precision.",
    allowed="-90 to 90", source="WGS 84", minimum=-90, maximum=90,
)  # fmt: skip
LONGITUDE = Column(
    name="longitude", type="decimal", unit="degrees", meaning="Longitude of the place; see place_precision.",
    allowed="-180 to 180", source="WGS 84", minimum=-180, maximum=180,
)  # fmt: skip
ADMIN1 = text("admin1", "Name of the first-order division of the place.", "", GEONAMES)
PRECISION = choice(
    "place_precision",
    "How finely the place is known. exact: the town or site itself; vicinity: near it. The coordinates of a country, a "
    "division, a region or a sea are those of its centre: no harm is known to have happened there.",
    ("exact", "vicinity", "admin2", "admin1", "country", "region", "sea"),
)
