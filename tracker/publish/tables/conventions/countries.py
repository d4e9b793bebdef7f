"""What numbers and regions other data sets give a country, and which cell of their grid a point lies in."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tracker.errors import RuleError
from tracker.publish.tables.conventions.convention import check_keys, folder, read_table

CELLS_A_DEGREE = 2
COLUMNS = 360 * CELLS_A_DEGREE
ROWS = 180 * CELLS_A_DEGREE
"""PRIO-GRID: cells of half a degree, 720 a row and 360 rows."""

_ORIGIN = "conventions/countries.toml"


class CountryCodes(NamedTuple):
    """None where the other data set does not have the country."""

    iso: int | None = None
    """ISO 3166-1 numeric."""
    gw: int | None = None
    """State number of Gleditsch and Ward."""
    region: str | None = None
    """Region as ACLED names it."""


@lru_cache(maxsize=4)
def _countries(folder: Path) -> dict[str, CountryCodes]:
    table = read_table(folder, "countries")
    check_keys(table, _ORIGIN, ("about", "countries"))
    for code, entry in table["countries"].items():
        wrong = set(entry) - set(CountryCodes._fields)
        if wrong:
            raise RuleError(f"{_ORIGIN}: {code}: unknown key {sorted(wrong)[0]!r}; remove or correct it.")
    return {code: CountryCodes(**entry) for code, entry in table["countries"].items()}


def country_codes(alpha3: str | None) -> CountryCodes:
    """The numbers of the country with this ISO 3166-1 alpha-3 code; all None where it is not listed."""
    return _countries(folder()).get(alpha3 or "", CountryCodes())


def priogrid_cell(latitude: float, longitude: float) -> int:
    """The id of the PRIO-GRID cell that holds the point (degrees, WGS 84).

    Counted from 1 in the south-west corner, eastwards and then northwards; a point on an edge belongs to the cell north
    and east of it, on the last edge to the last cell. Convention: the PRIO-GRID codebook and UCDP's own priogridtools.
    """
    row = min(math.floor((latitude + 90) * CELLS_A_DEGREE), ROWS - 1)
    column = min(math.floor((longitude + 180) * CELLS_A_DEGREE), COLUMNS - 1)
    return row * COLUMNS + column + 1
