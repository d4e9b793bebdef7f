"""`tracker verify`: reads every stored figure again from its stored text."""

from __future__ import annotations

from typing import Annotated

import typer


def verify(
    db: Annotated[
        str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
    ] = None,
) -> None:
    """Prove every stored figure from its stored text; print what fails, one line each.

    The exit status is 0 if all is well, and 1 if anything was found.
    """
    from tracker.extract import load_extractor
    from tracker.ledger import Ledger
    from tracker.ledger import verify as verify_ledger
    from tracker.settings import load_settings

    settings = load_settings(db)
    with Ledger.open(settings.database_url, create=False) as ledger:
        findings = verify_ledger(ledger, load_extractor(settings).read_bounds)
    for finding in findings:
        typer.echo(str(finding))
    if findings:
        raise typer.Exit(1)
