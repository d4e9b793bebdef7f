"""`tracker verify`: reads every stored figure again from its stored text, and flags what can hardly be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tracker.cli.options import Database

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.claims import Claim


def verify(db: Database = None) -> None:
    """Prove every stored figure from its stored text; print what fails, and what needs a second look, one line each.

    The exit status is 1 if a figure fails. Flags alone, such as a total that falls, leave it at 0.
    """
    from tracker.extract import load_extractor
    from tracker.incidents import draw_up
    from tracker.incidents.plausibility import find_flags
    from tracker.ledger import Ledger
    from tracker.ledger import verify as verify_ledger
    from tracker.settings import load_settings

    settings = load_settings(db)
    with Ledger.open(settings.database_url, create=False) as ledger:
        findings = verify_ledger(ledger, load_extractor(settings).read_bounds)
        # A row that is no claim was found above, and must not hide the flags of the others; nor can it be read.
        unreadable = any("the row is no claim" in finding.fault for finding in findings)
        account = None if unreadable else draw_up(ledger)
    for finding in findings:
        typer.echo(str(finding))
    flags = find_flags(account, _Populations(settings.rules_folder)) if account else []
    for flag in flags:
        typer.echo(f"flag: {flag}")
    if account is None:
        typer.echo("no flags were looked for, since some rows cannot be read.", err=True)
    typer.echo(f"{len(findings)} faults, {len(flags)} flags.", err=True)
    if findings:
        raise typer.Exit(1)


class _Populations:
    """How many people live where a claim tells of harm, as the gazetteer knows; of towns and countries only, since a
    province's people are known by its towns."""

    def __init__(self, rules_folder: Path) -> None:
        from tracker.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open(rules_folder)

    def __call__(self, claim: Claim) -> int | None:
        if not claim.places or claim.geonames_id is None:
            return None
        for place in self._gazetteer.candidates(claim.places[0], cued=True):
            if place.geonames_id == claim.geonames_id and place.kind in ("town", "country"):
                return place.population or None
        return None
