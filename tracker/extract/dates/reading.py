"""One matched date expression as its form sees it: the words of its groups, with their values from `calendar.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import RuleError
from tracker.extract.dates.calendar import Interval

_CENTURY = 2000
_TURN = 70  # a shortened year below this is of this century


@dataclass(frozen=True, slots=True)
class Reading:
    """One matched expression: its named groups, its rule's values, and the days that it is read against."""

    groups: Mapping[str, str]
    values: Mapping[str, Any]
    words: Mapping[str, Mapping[str, Any]]
    published: date | None
    anchor: date | None = None
    period: Interval | None = None
    """The last stretch of days that the text gave before."""

    def value(self, group: str, table: str) -> Any:
        """What the words of `group` stand for in a table of `calendar.toml`; None where the group is absent."""
        written = self.groups.get(group)
        if written is None:
            return None
        try:
            return self.words[table][written]
        except KeyError:
            raise RuleError(f"calendar.toml: [{table}] lacks {written!r}, which dates.toml matches; add it.") from None

    def need_number(self, group: str) -> int:
        """The number in a group that the form cannot do without; RuleError where the rule lacks the group."""
        number = self.number(group)
        if number is None:
            raise RuleError(
                f"dates.toml: the form {self.values['form']!r} needs a group {group!r}; add it to the rule."
            )
        return number

    def number(self, group: str) -> int | None:
        """The whole number in `group`, in digits (with or without an ordinal ending) or words."""
        written = self.groups.get(group)
        if written is None:
            return None
        digits = written.rstrip("abcdefghijklmnopqrstuvwxyz")
        if digits.isdigit():
            return int(digits)
        table = "numbers" if written in self.words["numbers"] else "ordinals"
        return int(self.value(group, table))

    @property
    def year(self) -> int | None:
        """The year: written, or this, last or next year seen from publication."""
        written = self.number("year")
        short = self.number("short_year")
        if short is not None:
            return short + (_CENTURY if short < _TURN else _CENTURY - 100)
        if written is None and "year_which" in self.groups and self.published:
            return self.published.year + int(self.value("year_which", "directions"))
        return written
