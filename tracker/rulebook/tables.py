"""A table of the rulebook: a parsed TOML file in which a part that is missing is a mistake with a name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from tracker.errors import RuleError


class Table(dict[str, Any]):
    """A table whose parts are asked for by name: `table["units"]` is a RuleError where the file has no [units].

    Parts that only give words their values stay plain, since a word that is not listed is no mistake.
    """

    def __init__(self, parts: Mapping[str, Any], origin: str, where: str = "") -> None:
        super().__init__()
        self._origin = origin
        self._where = where
        for name, part in parts.items():
            self[name] = Table(part, origin, f"{where}.{name}" if where else name) if _has_parts(part) else part

    def __missing__(self, name: str) -> Any:
        place = f"[{self._where}] lacks {name!r}" if self._where else f"{name!r} is missing"
        raise RuleError(f"{self._origin}: {place}; restore it.")


def parse_table(data: bytes, origin: str) -> Table:
    """The file `origin`; RuleError where it is no UTF-8 or no TOML."""
    try:
        return Table(tomllib.loads(data.decode("utf-8")), origin)
    except UnicodeDecodeError:
        raise RuleError(f"{origin}: the file is not UTF-8; save it as UTF-8.") from None
    except ValueError as error:  # no TOML, or a number too long to be read
        raise RuleError(f"{origin}: not valid TOML ({error}); correct it.") from None


def _has_parts(part: object) -> bool:
    return isinstance(part, dict) and any(isinstance(inner, list | dict) for inner in part.values())
