"""`tracker rules`: the rulebook, listed, shown and checked by its own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import RuleError

if TYPE_CHECKING:
    from tracker.rulebook import Rulebook

app = typer.Typer(help="The rules that read texts: list, show and check them.", no_args_is_help=True)


@app.command("list")
def list_rules() -> None:
    """List every rule: its id, stage, file and reason."""
    for rule in _rulebook().all_rules():
        typer.echo(f"{rule.id:34} {rule.stage:8} {rule.origin:24} {rule.rationale}")


@app.command()
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, as `tracker rules list` gives it.")],
) -> None:
    """Show one rule: reason, pattern and examples."""
    from tracker.rulebook.showing import describe

    found = {rule.id: rule for rule in _rulebook().all_rules()}
    if rule_id not in found:
        raise RuleError(f"there is no rule {rule_id!r}; `tracker rules list` names them all.")
    for line in describe(found[rule_id]):
        typer.echo(line)


@app.command()
def check() -> None:
    """Load every rule and run its examples; print each that fails. The exit status is 1 if any does."""
    from tracker.extract import load_extractor
    from tracker.rulebook.examples import check_examples
    from tracker.settings import load_settings

    extractor = load_extractor(load_settings())
    rules = extractor.rulebook.all_rules()
    failures = check_examples(rules, extractor.match_example)
    for failure in failures:
        typer.echo(str(failure))
    typer.echo(f"{len(rules)} rules, {len(failures)} examples fail.", err=True)
    if failures:
        raise typer.Exit(1)


def _rulebook() -> Rulebook:
    from tracker.extract import load_extractor
    from tracker.settings import load_settings

    return load_extractor(load_settings()).rulebook
