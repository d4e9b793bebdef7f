"""Statements to one figure: low, best and high by the rule that docs/method.md prints; never an average."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Status
from tracker.incidents.bounds import floor, is_exact, is_looser, looseness
from tracker.incidents.incident import Figure, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NO_OFFICE = frozenset({"witness", "relative", "anonymous", "armed_group"})


def weigh(statements: Sequence[Statement], claim_ids: Iterable[str]) -> Figure:
    """The figure that statements of one measure and incident, with their origins, amount to.

    `claim_ids` are all claims of the measure in the incident. Raises ValueError where there is no statement.
    """
    if not statements:
        raise ValueError("a figure needs at least one statement")
    wholes = [statement for statement in statements if not statement.is_part] or list(statements)
    current = _current(wholes)
    stated = [statement for statement in current if statement.status is Status.STATED]
    possible = [statement for statement in current if statement.status is Status.POSSIBLE]
    disputed = [statement for statement in current if statement.status is Status.DISPUTED]
    firm = stated or ([] if possible else disputed)
    weak = [statement for statement in current if statement not in firm]
    recommended, reason = _recommend(firm or possible)
    return Figure(
        low=min((floor(s.count) for s in firm if s.count.minimum is not None), default=None),
        best=_best(recommended) if firm else None,
        high=_high([*_tight(firm), *weak]),
        claim_ids=tuple(sorted(set(claim_ids))),
        recommended=recommended.claim_ids[0],
        reason=reason,
        origins=tuple(sorted({statement.origin for statement in statements})),
        statements=tuple(
            replace(statement, current=any(statement is kept for kept in current))
            for statement in sorted(statements, key=_order)
        ),
    )


def _order(statement: Statement) -> tuple[date, str, str, tuple[str, ...]]:
    return (statement.published or date.max, statement.origin, statement.status, statement.claim_ids)


def _day(statement: Statement) -> date:
    return statement.published or date.min


def _tight(statements: Sequence[Statement]) -> list[Statement]:
    """Without those that are looser than another: "at least 5" says nothing against "8"."""
    return [s for s in statements if not any(is_looser(s.count, other.count) for other in statements)]


def _latest(statements: Sequence[Statement]) -> Statement:
    return max(_tight(statements), key=lambda s: (_day(s), floor(s.count), -looseness(s.count), s.claim_ids))


def _current(statements: Sequence[Statement]) -> list[Statement]:
    """Each origin's figure as it stands: its latest; beside it a fear or a denial that is not older."""
    by_origin: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_origin[statement.origin].append(statement)
    current = []
    for _, own in sorted(by_origin.items()):
        since = date.min
        for status in (Status.STATED, Status.POSSIBLE, Status.DISPUTED):
            alike = [statement for statement in own if statement.status is status and _day(statement) >= since]
            if not alike:
                continue
            latest = _latest(alike)
            current.append(latest)
            if status is Status.STATED:
                since = _day(latest)
    return current


def _recommend(candidates: Sequence[Statement]) -> tuple[Statement, str]:
    tight = _tight(candidates)
    agreeing = Counter((s.count.minimum, s.count.maximum) for s in tight)

    def merit(statement: Statement) -> tuple[date, int, int, int, int, tuple[str, ...]]:
        count = statement.count
        agreement = agreeing[(count.minimum, count.maximum)]
        return (_day(statement), agreement, _standing(statement), -looseness(count), floor(count), statement.claim_ids)

    best = max(tight, key=merit)
    agreement = agreeing[(best.count.minimum, best.count.maximum)]
    words = [f"the latest figure of {best.origin}"]
    if best.published:
        words.append(f"reported on {best.published.isoformat()}")
    if agreement > 1:
        words.append(f"in which {agreement} independent origins agree")
    if len(candidates) > 1:
        words.append(f"out of {len(candidates)} figures that stand")
    return best, ", ".join(words)


def _standing(statement: Statement) -> int:
    """2 an office or the outlet's own words, 1 a source of no known kind, 0 a party to the harm or no office at all."""
    if statement.source is None:
        return 2
    if statement.source_kind is None:
        return 1
    return 0 if statement.source_kind in _NO_OFFICE else 2


def _best(statement: Statement) -> int | None:
    if is_exact(statement.count):
        return statement.count.minimum
    if statement.count.maximum is None and statement.exact_bound and not statement.is_part:
        return statement.count.minimum  # "at least 49": the printed number
    return None


def _high(statements: Sequence[Statement]) -> int | None:
    """The highest figure's upper bound; None where that figure is open."""
    tops = [(floor(s.count), True) if s.count.maximum is None else (s.count.maximum, False) for s in statements]
    top, is_open = max(tops)
    return None if is_open else top
