"""A convention as data: one file of `rules/conventions/` that lists its columns, mappings and reasons of loss."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import RuleError
from tracker.publish.tables.dictionary import Column
from tracker.rulebook.tables import Table, parse_table
from tracker.settings import locate

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tracker.publish.tables.csvfile import Row

NAMES = ("ucdp", "acled", "t4p", "hxl")
"""The conventions that incidents and totals can be written in."""

EFFECTS = ("left_out", "changed", "empty", "file")
"""What a loss does: the figure is in no row; it is in a row but says less; a cell is empty; it is of the whole file."""

_HEAD = ("title", "version", "source", "about", "columns", "reasons")
_COLUMN_TEXTS = ("name", "type", "unit", "meaning", "allowed", "tag")
_TYPES = frozenset({"text", "integer", "decimal", "date", "list"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is lost: what it does to the figure, and the sentence with its gaps in braces."""

    code: str
    effect: str
    text: str


@dataclass(frozen=True, slots=True)
class Convention:
    """One layout. `columns` are in the order in which they are written; `mappings` is the rest of its file."""

    name: str
    title: str
    version: str
    source: str
    about: str
    columns: tuple[Column, ...]
    tags: Mapping[str, str]
    """Hashtags by column, where the convention has them."""
    reasons: Mapping[str, Reason]
    mappings: Mapping[str, Any]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The header of the file."""
        return tuple(column.name for column in self.columns)

    def row(self, cells: Mapping[str, object]) -> Row:
        """The cells in the order of the columns, empty where nothing is given; ValueError for an unknown column."""
        unknown = cells.keys() - set(self.column_names)
        if unknown:
            raise ValueError(f"{self.name} has no column {sorted(unknown)[0]!r}")
        return [cells.get(name) for name in self.column_names]


def load_convention(name: str, mappings: tuple[str, ...] = ()) -> Convention:
    """The convention `name`; RuleError naming the file and the key where it cannot be used.

    `mappings` are the tables that the file must have beside those that every convention has.
    """
    return _load(folder(), name, mappings)


@lru_cache(maxsize=16)
def _load(folder: Path, name: str, mappings: tuple[str, ...]) -> Convention:
    origin = f"conventions/{name}.toml"
    table = read_table(folder, name)
    check_keys(table, origin, (*_HEAD, *mappings))
    columns = tuple(_column(entry, origin, table["source"]) for entry in table["columns"])
    names = [column.name for column in columns]
    for at, column in enumerate(names):
        if column in names[:at]:
            raise RuleError(f"{origin}: column {column!r} stands there twice; name it once.")
    return Convention(
        name=name,
        title=table["title"],
        version=table["version"],
        source=table["source"],
        about=table["about"],
        columns=columns,
        tags={entry["name"]: entry["tag"] for entry in table["columns"] if "tag" in entry},
        reasons={code: _reason(code, entry, origin) for code, entry in table["reasons"].items()},
        mappings={key: table[key] for key in mappings},
    )


def read_table(folder: Path, name: str) -> Table:
    """The parsed file `<name>.toml` of the folder; RuleError where it is missing or no TOML."""
    path = folder / f"{name}.toml"
    origin = f"conventions/{name}.toml"
    if not path.is_file():
        raise RuleError(f"{origin}: this file is missing; restore it.")
    return parse_table(path.read_bytes(), origin)


def folder() -> Path:
    """Where the conventions' files lie."""
    return _folder(os.environ.get("TRACKER_RULES"))


@lru_cache(maxsize=4)
def _folder(chosen: str | None) -> Path:
    # Looked for once and not for every row: it is asked for with each country and each victim.
    return locate("rules", "TRACKER_RULES") / "conventions"


def check_keys(table: Mapping[str, Any], origin: str, known: Collection[str], where: str = "") -> None:
    """RuleError where the table has a key that is not `known`, or lacks one of them."""
    place = f"{origin}: {where}" if where else f"{origin}:"
    for key in table:
        if key not in known:
            raise RuleError(f"{place} unknown key {key!r}; remove or correct it.")
    for key in known:
        if key not in table:
            raise RuleError(f"{place} the key {key!r} is missing; restore it.")


def _column(entry: Mapping[str, Any], origin: str, source: str) -> Column:
    name = entry.get("name")
    where = f"{origin}: column {name!r}"
    for key, value in entry.items():
        if key not in _COLUMN_TEXTS:
            raise RuleError(f"{where}: unknown key {key!r}; remove or correct it.")
        if not isinstance(value, str) or not value:
            raise RuleError(f"{where}: {key} is {value!r}; give it as text.")
    if not isinstance(name, str) or entry.get("type") not in _TYPES or "meaning" not in entry:
        raise RuleError(f"{where}: it needs a name, a meaning and a type of {', '.join(sorted(_TYPES))}.")
    return Column(name, entry["type"], entry.get("unit", ""), entry["meaning"], entry.get("allowed", ""), source)


def _reason(code: str, entry: object, origin: str) -> Reason:
    if not isinstance(entry, dict) or set(entry) != {"effect", "text"} or entry["effect"] not in EFFECTS:
        raise RuleError(f"{origin}: reason {code!r} needs a text and an effect of {', '.join(EFFECTS)}.")
    return Reason(code, entry["effect"], entry["text"])
