"""What a ledger amounts to: its readings as they were known on a day, and the incidents and tolls they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.incidents.finding import find_incidents
from tracker.incidents.tolls import find_tolls

if TYPE_CHECKING:
    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint
    from tracker.judgements import Judgement
    from tracker.ledger import Ledger, Run
    from tracker.readings import Reading


@dataclass(frozen=True)
class Account:
    """Claims with what people have said of them. Equal readings and judgements, in any order, make equal accounts."""

    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...] = ()

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents, by date, country, place and id."""
        return find_incidents(self.readings, self.judgements)

    @cached_property
    def tolls(self) -> list[TollPoint]:
        """The points of all running totals, by series and day."""
        return find_tolls(self.readings, self.judgements)


def draw_up(ledger: Ledger, as_known_on: date | Run | None = None) -> Account:
    """The account as of the end of a day (UTC), or of a run, with the judgements made by that day; else of now."""
    day = as_known_on if isinstance(as_known_on, date) or as_known_on is None else as_known_on.started_at.date()
    return Account(tuple(ledger.readings(as_known_on)), tuple(ledger.judgements(as_known_on=day)))
