"""What a report is made from: the findings of one window, and what is known of the run that made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.incidents import Account, Incident, TollPoint
    from tracker.incidents.changes import Change
    from tracker.incidents.plausibility import Flag
    from tracker.judgements import Judgement
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

    def before(self, number: int = 1) -> Window:
        """The window of the same length that ends where this one, or the one `number` - 1 before it, begins."""
        back = timedelta(days=self.length * number)
        return Window(self.first - back, self.last - back)

    def reaching_back(self, days: int) -> Window:
        """The window that ends on the same day and holds at least so many days."""
        return Window(min(self.first, self.last - timedelta(days=days - 1)), self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is not as it was when `before` was drawn up; `since` says when that was, in words."""

    since: str
    changes: tuple[Change, ...]
    before: Account
    after: Account

    @property
    def is_first(self) -> bool:
        """Whether nothing was known before."""
        return not self.before.readings


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The rules as they stand on disk, to print the method from."""

    digest: str
    stages: Mapping[str, int]
    """How many rules there are by stage."""
    files: int
    """How many files hold them."""
    vague: str
    """The name of the policy for vague numbers."""
    vague_about: str
    """What it does, in a sentence."""
    examples: tuple[tuple[str, int, int | None], ...] = ()
    """Some words with the least and the most that they stand for."""


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
    area: str | None = None
    """The area that incidents and totals are limited to, as it is printed."""
    known_incidents: tuple[Incident, ...] = ()
    """Those of all times, for comparing windows and for setting against a toll."""
    known_tolls: tuple[TollPoint, ...] = ()
    """The points of all times."""
    read_since: date | None = None
    """The first day of publication of all that was read."""
    news: News | None = None
    rules: RulesInForce | None = None
    subject: Incident | None = None
    """The one incident that a dossier is about."""
    judgements: tuple[Judgement, ...] = ()
    """Those that stand."""
    flags: tuple[Flag, ...] = ()
    """What needs a second look in the subject's claims."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest of each document's text by document id."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Full texts by digest, kept where names are asked for: they tell which may be a minor's."""
