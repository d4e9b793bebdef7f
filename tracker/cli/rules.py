"""`tracker rules`: the rulebook, listed, shown and checked by its own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import RuleError

if TYPE_CHECKING:
    from tracker.extract.extractor import Extractor
    from tracker.rulebook import Rulebook
    from tracker.rulebook.lint import Reader
    from tracker.rulebook.rules import Example

READ_BY_INCIDENTS = frozenset(
    [
        "anybody_nouns",
        "claimant_openers",
        "further_adverbs",
        "further_counts",
        "known_openers",
        "late_deaths",
        "own_hand",
    ]
)
"""Word lists that another room than that of the extractor reads."""

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
    """Run the examples of every rule and look for what no example tells; print each failure and each thing to mend.

    The exit status is 1 if there is any; a warning may be meant so and does not count.
    """
    from tracker.rulebook.examples import check_examples
    from tracker.rulebook.lint import lint

    extractor, reader = _listen()
    rules = extractor.rulebook.all_rules()
    failures = check_examples(rules, extractor.match_example)
    findings = lint(extractor.rulebook, reader)
    to_mend = [finding for finding in findings if not finding.is_warning]
    for line in (*failures, *to_mend):
        typer.echo(str(line))
    for finding in findings:
        if finding.is_warning:
            typer.echo(f"warning: {finding}", err=True)
    if to_mend:
        typer.echo(f"{len(to_mend)} things to mend.", err=True)
    typer.echo(f"{len(rules)} rules, {len(failures)} examples fail.", err=True)
    if failures or to_mend:
        raise typer.Exit(1)


def _listen() -> tuple[Extractor, Reader]:
    """The extractor by the real rules, and what it asks of them."""
    from tracker.documents import Document
    from tracker.extract.extractor import Extractor
    from tracker.extract.harm import lexicon
    from tracker.extract.text.tokens import tokenise
    from tracker.gazetteer import Gazetteer
    from tracker.rulebook import Rulebook
    from tracker.rulebook.lint import Reader
    from tracker.settings import load_settings

    asked = set(READ_BY_INCIDENTS)

    class Listening(Rulebook):
        """A rulebook that remembers which word lists it was asked for."""

        def words(self, name: str) -> frozenset[str]:
            asked.add(name)
            return super().words(name)

    def fold(text: str) -> str:
        return " ".join(token.folded for token in tokenise(text, 0, len(text)))

    def winner(example: Example) -> str | None:
        claims = extractor.extract(Document(document_id="example", text=example.text))
        spans = {(claim.start, claim.end): claim.rule_id for claim in claims}
        return spans.get((example.start, example.end))

    settings = load_settings()
    book = Listening(settings.rules_folder, settings.language)
    extractor = Extractor(book, Gazetteer.open(settings.rules_folder))
    return extractor, Reader(fold=fold, words_asked=asked, classes_named=lexicon.CODE_CLASSES, winner=winner)


def _rulebook() -> Rulebook:
    from tracker.rulebook import load_rulebook
    from tracker.settings import load_settings

    settings = load_settings()
    return load_rulebook(settings.rules_folder, settings.language)
