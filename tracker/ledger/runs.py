"""A run: one execution of the program with the digest of its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tracker import __version__
from tracker.digests import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Who says so, and when: every stored row names the run that first brought it. Make one with `begin_run`."""

    run_id: str
    started_at: datetime
    """UTC. Its date is the day from which what the run found is known."""
    program_version: str
    rules_digest: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A stored run and what it brought, counted from its rows."""

    run: Run
    documents: int
    """Document versions that it processed: new, changed, or read with other rules than before."""
    claims: int
    """Readings in them, those included that an earlier run had read alike."""
    set_aside: int
    """Inputs that it was the first to set aside."""


class Outcome(StrEnum):
    """What recording a document changed."""

    NEW = "new"
    UPDATED = "updated"
    """A new version: the text or a detail of a known document differs."""
    REREAD = "reread"
    """A known version, read with other rules than before."""
    UNCHANGED = "unchanged"


def begin_run(*, started_at: datetime, rules_digest: str, command: str, program_version: str = __version__) -> Run:
    """A run that starts at `started_at` (UTC where it names no zone).

    Its id is a digest of the rest, so that a run which is begun again after an interruption, with the same time, goes
    on as the same run.
    """
    moment = started_at.astimezone(UTC) if started_at.tzinfo else started_at.replace(tzinfo=UTC)
    return Run(
        run_id=digest(moment.isoformat(), program_version, rules_digest, command)[:24],
        started_at=moment,
        program_version=program_version,
        rules_digest=rules_digest,
        command=command,
    )
