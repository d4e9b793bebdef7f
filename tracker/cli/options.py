"""Options that several commands share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from tracker.errors import UsageError

Database = Annotated[
    str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
]
KnownOn = Annotated[
    datetime | None,
    typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Author = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
Reason = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept with the judgement.")]
JudgedOn = Annotated[
    datetime | None,
    typer.Option("--now", formats=["%Y-%m-%d"], help="The day of the judgement (UTC); else today's."),
]


def day_of(moment: datetime | None) -> date | None:
    """The day that an option gives."""
    return moment.date() if moment else None


def today(moment: datetime | None) -> date:
    """The day that an option gives, else the clock's."""
    return moment.date() if moment else datetime.now(UTC).date()


def require_words(option: str, value: str) -> str:
    """The words given for an option; UsageError where there are none."""
    if not value.strip():
        raise UsageError(f"{option} must say something; a judgement needs a name and a reason.")
    return " ".join(value.split())
