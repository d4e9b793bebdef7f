"""`tracker tolls`: claimants' running totals, value by value, with what was revised and what stands still."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.options import Database, KnownOn, day_of
from tracker.errors import UsageError
from tracker.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.incidents import Account, TollPoint

app = typer.Typer(help="List running totals, show one value by value, or list all revisions.", no_args_is_help=True)

StaleAfter = Annotated[
    int,
    typer.Option("--stale-after", metavar="DAYS", min=0, help="How long a part may stand still while the whole moves."),
]


@app.command("list")
def list_tolls(db: Database = None, as_known_on: KnownOn = None, stale_after: StaleAfter = 30) -> None:
    """One line for each series: claimant, area, measure, baseline and, for parts, population."""
    header = (
        "toll", "claimant", "area", "measure", "baseline", "population", "status", "values", "from", "to",
        "low", "high", "corrections", "additions", "stale",
    )  # fmt: skip
    rows = []
    for toll_id, series in groupby(_load(db, as_known_on).tolls, key=lambda point: point.toll_id):
        points = list(series)
        last = points[-1]
        kinds = [point.kind for point in points]
        rows.append(
            (
                toll_id, last.claimant, last.area, last.measure, last.baseline, last.population, last.status,
                len(points), points[0].as_of, last.as_of, last.low, last.high,
                kinds.count("correction"), kinds.count("addition"), _stale(last, stale_after),
            )
        )  # fmt: skip
    typer.echo(align(header, rows))


@app.command("show")
def show_toll(
    toll: Annotated[str, typer.Argument(help="The series' id, or as much of its beginning as is unique.")],
    db: Database = None,
    as_known_on: KnownOn = None,
    stale_after: StaleAfter = 30,
) -> None:
    """Every value of one series with its change, what of it the claimant's own figures explain, and the sentences."""
    account = _load(db, as_known_on)
    points = [point for point in account.tolls if toll and point.toll_id.startswith(toll)]
    if len({point.toll_id for point in points}) != 1:
        many = "several series have ids that begin" if points else "no series has an id that begins"
        raise UsageError(f"{many} with {toll!r}; `tracker tolls list` prints the ids.")
    for line in _describe(points, account, stale_after):
        typer.echo(line)


@app.command("revisions")
def list_revisions(db: Database = None, as_known_on: KnownOn = None) -> None:
    """One line for each correction downwards and each addition for earlier days."""
    from tracker.incidents.revisions import find_revisions

    header = ("day", "kind", "size", "change", "since", "claimant", "area", "measure", "population", "toll")
    rows = [
        (r.day, r.kind, r.size, r.change, r.before, r.claimant, r.area, r.measure, r.population, r.toll_id)
        for r in sorted(find_revisions(_load(db, as_known_on).tolls), key=lambda r: (r.day, r.toll_id))
    ]
    typer.echo(align(header, rows))


def _load(db: str | None, as_known_on: datetime | None) -> Account:
    from tracker.incidents import draw_up
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        return draw_up(ledger, day_of(as_known_on))


def _stale(point: TollPoint, after: int) -> str | None:
    return f"since {point.unmoved} days" if point.is_stale(after) else None


def _describe(points: list[TollPoint], account: Account, stale_after: int) -> Iterator[str]:
    first = points[0]
    yield f"toll       {first.toll_id}"
    yield f"claimant   {first.claimant or 'not named'}"
    yield f"area       {first.area or 'not known'}"
    yield f"measure    {first.measure}"
    yield f"baseline   {first.baseline or 'not stated'}"
    if first.population:
        yield f"population {first.population}"
    yield f"status     {first.status}"
    yield ""
    names = ("as_of", "low", "high", "since", "change", "kind", "reported", "residual", "claim_id")
    rows = [[*(getattr(point, name) for name in names), _stale(point, stale_after)] for point in points]
    yield align((*names, "stale"), rows)
    readings = {reading.claim.claim_id: reading for reading in account.readings}
    for point in points:
        if point.kind in ("correction", "addition"):
            yield ""
            yield f"{point.as_of}  {point.kind}: {_word(point)}"
            said = [readings[claim_id] for claim_id in (point.claim_id, *point.added)]
            for reading in {reading.claim.quote: reading for reading in said}.values():
                yield f"  {' '.join(reading.claim.quote.split())}"
                yield f"  {reading.outlet or reading.claim.document_id}  {reading.url or ''}".rstrip()


def _word(point: TollPoint) -> str:
    change = f"the total changed by {point.change:+d}"
    if point.residual is None:
        return f"{change}; the claimant's own figures of these days are not known"
    what = "added for earlier days" if point.residual > 0 else "taken off"
    return f"{change}, of which the claimant's own figures explain {point.reported}: {abs(point.residual)} {what}"
