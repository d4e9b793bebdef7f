"""A report definition: one TOML file under `reports/` that says what a report holds and in which order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.pages.sections import sections_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

KINDS = ("window", "incident", "toll")
"""What a report may be about: the days of a window, one incident, or one claimant's running totals."""
PAGES = ("a4", "us-letter")

_FOR_ALL = ("kind", "title", "language", "page", "sections", "measures")
_FOR_WINDOWS = {
    "window_days": (1, 366, "days"),
    "chart_days": (1, 366, "days"),
    "compare_windows": (0, 26, "windows"),
    "most_incidents": (1, 2000, "incidents"),
    "most_changes": (1, 500, "rows"),
}
"""The keys that only a report on a window has, each a whole number of so many things, with the least and the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a report holds. `name` begins the names of its files; `folder` holds its template, words and style."""

    name: str
    folder: Path
    kind: str
    title: str
    language: str
    page: str
    sections: tuple[str, ...]
    measures: tuple[Measure, ...]
    window_days: int = 1
    """How many days it looks back where nobody says from when."""
    chart_days: int = 1
    """How many days the charts show at least."""
    compare_windows: int = 0
    """With how many earlier windows of the same length figures are compared."""
    most_incidents: int = 200
    """How many incidents are printed; of more than that only the gravest, and all stand in the CSV file."""
    most_changes: int = 24
    """How many changes are printed of each sort."""


def load_definition(folder: Path, name: str = "daily") -> Definition:
    """The definition `name`.toml in `folder`; UsageError naming the file and the key where it cannot be used."""
    path = folder / f"{name}.toml"
    if "/" in name or "\\" in name or not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.toml"))
        near = get_close_matches(name, known, n=1)
        hint = f" (perhaps {near[0]!r} is meant)" if near else ""
        raise UsageError(
            f"there is no report definition {name!r} in {folder}{hint}; it knows: {', '.join(known) or 'none'}."
        )
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:  # no TOML, no UTF-8, or a number too long to be read
        raise UsageError(f"{path} is not valid TOML: {problem}.") from problem
    if "kind" not in table:
        raise UsageError(f"{path}: the key 'kind' is missing; add it, one of {', '.join(KINDS)}.")
    kind = _choices(path, {"kind": [table["kind"]]}, "kind", KINDS)[0]
    wanted = (*_FOR_ALL, *_FOR_WINDOWS) if kind == "window" else _FOR_ALL
    for key in table:
        if key not in wanted:
            raise UsageError(f"{path}: unknown key {key!r}; the keys of this kind are {', '.join(wanted)}.")
    for key in wanted:
        if key not in table:
            raise UsageError(f"{path}: the key {key!r} is missing; add it.")
    measures = _choices(path, table, "measures", tuple(measure.value for measure in Measure))
    return Definition(
        name=name,
        folder=folder,
        kind=kind,
        title=_words(path, table, "title"),
        language=_words(path, table, "language"),
        page=_choices(path, {"page": [table["page"]]}, "page", PAGES)[0],
        sections=_choices(path, table, "sections", sections_of(kind)),
        measures=tuple(Measure(measure) for measure in measures),
        **{key: _number(path, table, key) for key in (_FOR_WINDOWS if kind == "window" else ())},
    )


def with_measures(definition: Definition, measures: Sequence[Measure]) -> Definition:
    """The definition limited to these measures, in its own order and then that given; as it is where none is given."""
    if not measures:
        return definition
    own = [measure for measure in definition.measures if measure in measures]
    return replace(definition, measures=(*own, *(m for m in dict.fromkeys(measures) if m not in own)))


def _number(path: Path, table: Mapping[str, Any], key: str) -> int:
    least, most, what = _FOR_WINDOWS[key]
    value = table[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UsageError(f"{path}: {key} is {value!r}; give a whole number of {what} from {least} to {most}.")
    return value


def _words(path: Path, table: Mapping[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{path}: {key} is {value!r}; give it as text in quotation marks.")
    return value


def _choices(path: Path, table: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    values = table[key]
    if not isinstance(values, list) or not values:
        raise UsageError(f"{path}: {key} must be a list with at least one of {', '.join(allowed)}.")
    for place, value in enumerate(values):
        if value not in allowed:
            raise UsageError(f"{path}: {key} has the unknown entry {value!r}; choose from {', '.join(allowed)}.")
        if value in values[:place]:
            raise UsageError(f"{path}: {key} names {value!r} twice; name it once.")
    return tuple(values)
