"""`tracker reconcile`: incidents beside the change of an official toll, and what may explain the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.options import Database, KnownOn, day_of
from tracker.errors import UsageError
from tracker.settings import load_settings


def reconcile(
    toll: Annotated[
        str | None, typer.Argument(help="A series' id, or its beginning: every step. Else all, from end to end.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From the last value by this day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="To the last value by this day.")
    ] = None,
    db: Database = None,
    as_known_on: KnownOn = None,
) -> None:
    """Set the sum of incidents against the change of each toll over the same days and area; print the residual."""
    from tracker.incidents import draw_up
    from tracker.incidents.reconciliation import reconcile as set_against
    from tracker.ledger import Ledger

    if first and last and first > last:
        raise UsageError(f"--from {first.date()} is later than --to {last.date()}; give the earlier day first.")
    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        account = draw_up(ledger, day_of(as_known_on))
    points = [point for point in account.tolls if toll is None or (toll and point.toll_id.startswith(toll))]
    if toll is not None and len({point.toll_id for point in points}) != 1:
        many = "several series have ids that begin" if points else "no series has an id that begins"
        raise UsageError(f"{many} with {toll!r}; `tracker tolls list` prints the ids.")
    found = set_against(points, account.incidents, first=day_of(first), last=day_of(last), steps=toll is not None)
    names = ("toll_id", "claimant", "area", "measure", "since", "until", "change", "low", "best", "high", "incidents",
             "residual")  # fmt: skip
    rows = [[*(getattr(row, name) for name in names), "; ".join(row.reasons) or None] for row in found]
    typer.echo(align((*names, "possible reasons"), rows))
