"""A report definition: one TOML file under `reports/` that says what a report holds and in which order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.claims import Measure
from tracker.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("summary", "daily", "tolls", "incidents", "evidence", "method")
PAGES = ("a4", "us-letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a report holds. `name` begins the names of its files; `folder` holds its template and its style."""

    name: str
    folder: Path
    title: str
    language: str
    page: str
    window_days: int
    sections: tuple[str, ...]
    measures: tuple[Measure, ...]


def load_definition(folder: Path, name: str = "daily") -> Definition:
    """The definition `name`.toml in `folder`; UsageError naming the file and the key where it cannot be used."""
    path = folder / f"{name}.toml"
    if "/" in name or "\\" in name or not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml"))) or "none"
        raise UsageError(f"there is no report definition {name!r} in {folder}; it knows: {known}.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path} is not valid TOML: {problem}.") from problem
    wanted = ("title", "language", "page", "window_days", "sections", "measures")
    for key in table:
        if key not in wanted:
            raise UsageError(f"{path}: unknown key {key!r}; the keys are {', '.join(wanted)}.")
    for key in wanted:
        if key not in table:
            raise UsageError(f"{path}: the key {key!r} is missing; add it.")
    days = table["window_days"]
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 366:
        raise UsageError(f"{path}: window_days is {days!r}; give a whole number of days from 1 to 366.")
    measures = _choices(path, table, "measures", tuple(measure.value for measure in Measure))
    return Definition(
        name=name,
        folder=folder,
        title=_words(path, table, "title"),
        language=_words(path, table, "language"),
        page=_choices(path, {"page": [table["page"]]}, "page", PAGES)[0],
        window_days=days,
        sections=_choices(path, table, "sections", SECTIONS),
        measures=tuple(Measure(measure) for measure in measures),
    )


def _words(path: Path, table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{path}: {key} is {value!r}; give it as text in quotation marks.")
    return value


def _choices(path: Path, table: dict[str, Any], key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    values = table[key]
    if not isinstance(values, list) or not values:
        raise UsageError(f"{path}: {key} must be a list with at least one of {', '.join(allowed)}.")
    for place, value in enumerate(values):
        if value not in allowed:
            raise UsageError(f"{path}: {key} has the unknown entry {value!r}; choose from {', '.join(allowed)}.")
        if value in values[:place]:
            raise UsageError(f"{path}: {key} names {value!r} twice; name it once.")
    return tuple(values)
