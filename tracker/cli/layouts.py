"""The layouts of other data sets on their way out: what is asked of them, and what they cannot carry beside them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import date

    from tracker.ledger import Ledger
    from tracker.publish.tables.conventions.writing import Choices


def choose(rules_folder: Path, *, area: str | None, claimant: str | None, sidecar: bool, names: bool) -> Choices:
    """What is asked of a layout, countries named in English."""
    from tracker.cli.naming import country_names
    from tracker.publish.tables.conventions.writing import Choices

    return Choices(name_country=country_names(rules_folder), names=names, area=area, claimant=claimant, sidecar=sidecar)


def export_layout(name: str, output: Path, ledger: Ledger, day: date | None, choices: Choices) -> None:
    """Write one layout with its losses beside it; to standard output the table alone."""
    from dataclasses import replace

    from tracker.incidents import draw_up
    from tracker.publish.tables.conventions.writing import losses, losses_path, write_convention, write_table

    asked = replace(choices, read_at=ledger.read_at(day)) if name == "acled" else choices
    account = draw_up(ledger, day)
    if output == Path("-"):
        write_table(name, account, sys.stdout.buffer, asked)
        sys.stdout.buffer.flush()
        lost = sum(1 for _ in losses(name, account, asked))
        typer.echo(f"{lost} losses; name a file with -o to have them listed beside it.", err=True)
    else:
        rows = write_convention(name, account, output, asked)
        typer.echo(f"{output}: {rows} {'row' if rows == 1 else 'rows'}", err=True)
        typer.echo(f"{losses_path(output).with_suffix('.md')}: what the layout cannot carry", err=True)
