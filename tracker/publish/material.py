"""What a report is made from: the findings of one window, and what is known of the run that made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.incidents import Incident, TollPoint
    from tracker.readings import Reading


@dataclass(frozen=True, slots=True)
class Window:
    """The days `first` to `last`, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise UsageError(f"a window cannot run from {self.first} to {self.last}; give the earlier day first.")

    @property
    def length(self) -> int:
        """How many days the window holds."""
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        """Every day of the window, in order."""
        for offset in range(self.length):
            yield self.first + timedelta(days=offset)

    def touches(self, first: date | None, last: date | None) -> bool:
        """Whether at least one of the days `first` to `last` lies inside the window."""
        return first is not None and last is not None and first <= self.last and self.first <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that a report prints. `incidents` and `tolls` are those of the window; `readings` prove them.

    `documents` and `claims` count what was read in all; `set_aside` counts inputs that could not be read, and is None
    where the runs kept no count of them.
    """

    window: Window
    generated_for: date
    incidents: tuple[Incident, ...] = ()
    tolls: tuple[TollPoint, ...] = ()
    readings: tuple[Reading, ...] = ()
    runs: tuple[str, ...] = ()
    """The ids of the runs behind the data, oldest first."""
    rules_digest: str | None = None
    """The digest of the rules of the newest run."""
    documents: int = 0
    claims: int = 0
    set_aside: int | None = None
    as_known_on: date | None = None
    country_names: Mapping[str, str] = field(default_factory=dict)
    """English country names by ISO 3166-1 alpha-3; a country that is missing here is printed as its code."""
