"""A line of progress on standard error that a person can follow; nothing where no person looks."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from tracker.collect import Source
    from tracker.ingest import Tally


class Progress:
    """Follows an ingest: which source is being read, and what came of it so far."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._wanted:
            from rich import progress
            from rich.console import Console

            self._bar = progress.Progress(
                progress.SpinnerColumn(),
                progress.TextColumn("{task.description}", markup=False),
                progress.BarColumn(bar_width=20),
                progress.MofNCompleteColumn(),
                progress.TextColumn("{task.fields[says]}", markup=False),
                progress.TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("opening", total=None, says="")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, source: Source, number: int, total: int) -> None:
        """Shows the source."""
        if self._bar is not None:
            self._bar.update(self._task, description=source.name[:40], completed=number - 1, total=total, says="")

    def step(self, tally: Tally) -> None:
        """Shows what came of it so far."""
        if self._bar is not None:
            documents = ", ".join(f"{count} {outcome.value}" for outcome, count in sorted(tally.outcomes.items()))
            says = f"{documents or 'nothing yet'}; {tally.claims} claims; {len(tally.set_aside)} set aside"
            self._bar.update(self._task, says=says)

    def end(self, _source: Source, _tally: Tally, _problem: str | None) -> None:
        """One source more is done."""
        if self._bar is not None:
            self._bar.advance(self._task)
