"""`tracker diff` and `tracker runs`: what a run changed, figure by figure, and which runs there were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.cli.options import Database
from tracker.errors import UsageError
from tracker.settings import load_settings

if TYPE_CHECKING:
    from tracker.incidents.changes import Bounds, Stand
    from tracker.ledger import Ledger, Run


def diff(
    before: Annotated[str, typer.Argument(metavar="RUN", help="Id of a run, or its beginning; see `tracker runs`.")],
    after: Annotated[str, typer.Argument(metavar="RUN", help="The run to compare it with.")],
    db: Database = None,
) -> None:
    """List the figures that differ between two runs, and whether texts, rules or judgements changed them.

    Each run stands for all that was known when it had ended, and the judgements made by its day.
    """
    from tracker.incidents.changes import find_changes
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        runs = [record.run for record in ledger.runs()]
        stands = [_stand(ledger, _find(runs, name)) for name in (before, after)]
    changes = find_changes(*stands)
    rows = [
        (c.subject, c.name, c.day, c.about, c.measure, _word(c.before), _word(c.after), "; ".join(c.because))
        for c in changes
    ]
    typer.echo(align(("figure", "id", "day", "about", "measure", "before", "after", "because"), rows))
    typer.echo(f"{len(changes)} figures differ.", err=True)


def runs(db: Database = None) -> None:
    """One line for each run that brought something, oldest first."""
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        rows = [
            (r.run.run_id, f"{r.run.started_at:%Y-%m-%d %H:%M:%S}", r.run.command, r.documents, r.claims, r.set_aside,
             r.run.rules_digest, r.run.program_version)
            for r in ledger.runs()
        ]  # fmt: skip
    typer.echo(align(("run", "started (UTC)", "command", "documents", "claims", "set aside", "rules", "program"), rows))


def _find(runs: list[Run], name: str) -> Run:
    found = [run for run in runs if name and run.run_id.startswith(name)]
    if len(found) != 1:
        many = f"{len(found)} runs have ids that begin" if found else "no run has an id that begins"
        raise UsageError(f"{many} with {name!r}; `tracker runs` prints the ids.")
    return found[0]


def _stand(ledger: Ledger, run: Run) -> Stand:
    from tracker.incidents import draw_up
    from tracker.incidents.changes import Stand

    texts = {document.document_id: document.text_sha256 for document in ledger.documents(run)}
    return Stand(draw_up(ledger, run), texts)


def _word(bounds: Bounds | None) -> str:
    """The bounds with a slash between: ? where one is not known, open where there is none above."""
    if bounds is None:
        return "none"
    *lower, highest = bounds
    known = ["?" if bound is None else str(bound) for bound in lower]
    return "/".join([*known, "open" if highest is None else str(highest)])
