"""How each source stands: when it last answered, what it brought, and whether it has gone silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.collect.sources import Source
from tracker.ledger.collection import Collection, SourceRun


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source at a moment."""

    name: str
    last_tried: datetime | None
    last_succeeded: datetime | None
    last_new: datetime | None
    """When it last brought a document that was new or changed."""
    documents: int
    """New and changed documents of the last seven days."""
    claims: int
    """Claims in them."""
    quarantined: int
    """Inputs of it that wait in quarantine now."""
    warnings: tuple[str, ...]
    """What a person should look at, in a few words each."""


def source_statuses(
    sources: Iterable[Source], collection: Collection, now: datetime, *, others: bool = False
) -> list[SourceStatus]:
    """The sources in their order; with `others`, then those that were only ever given by hand, by name."""
    runs: dict[str, list[SourceRun]] = {}
    for run in collection.source_runs():
        runs.setdefault(run.origin, []).append(run)
    waiting: dict[str, int] = {}
    for one in collection.quarantined():
        waiting[one.origin] = waiting.get(one.origin, 0) + (not one.dropped)
    listed = list(sources)
    found = [
        _status(source.name, source.silent_days, runs.get(source.name, []), waiting.get(source.name, 0), now)
        for source in listed
    ]
    if others:
        names = sorted(set(runs) - {source.name for source in listed})
        found += [_status(name, None, runs[name], waiting.get(name, 0), now) for name in names]
    return found


def _status(name: str, silent_days: int | None, runs: list[SourceRun], waiting: int, now: datetime) -> SourceStatus:
    week = [run for run in runs if run.started_at > now - timedelta(days=7)]
    succeeded = [run.started_at for run in runs if run.succeeded]
    brought = [run.started_at for run in runs if run.new or run.updated]
    return SourceStatus(
        name=name,
        last_tried=max((run.started_at for run in runs), default=None),
        last_succeeded=max(succeeded, default=None),
        last_new=max(brought, default=None),
        documents=sum(run.new + run.updated for run in week),
        claims=sum(run.claims for run in week),
        quarantined=waiting,
        warnings=tuple(_warnings(silent_days, runs, now)),
    )


def _warnings(silent_days: int | None, runs: list[SourceRun], now: datetime) -> Iterable[str]:
    if silent_days is None:
        return
    if not runs:
        yield "never ingested"
        return
    last = runs[-1]
    if last.problem:
        yield f"failed: {last.problem.rstrip('.')}"
    elif not last.finished:
        yield "its last run was interrupted; run tracker ingest again"
    since = max((run.started_at for run in runs if run.new or run.updated), default=runs[0].started_at)
    days = (now - since).days
    if days >= silent_days:
        yield f"silent: nothing new for {days} days"
    if (now - last.started_at).days >= max(2, silent_days):
        yield f"not ingested for {(now - last.started_at).days} days"
