"""Harm to what is no person: after "ninety-six whales died" a number without a noun counts whales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.claims import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extract.harm.units import Unit
    from tracker.extract.people.groups import Group

Place = tuple[int, int]
"""A sentence of the story and a token in it."""

_BETWEEN = ("adverb", "be", "remain", "severity")
_STILL_MEANT = 1  # sentences after the one that told of the things


def dead_things(row: Sequence[Unit]) -> list[int]:
    """Where the row has counted things that died or were killed: the first token of each."""
    return [unit.first for at, unit in enumerate(row) if unit.has("counted_thing") and _is_dead(row, at)]


def _is_dead(row: Sequence[Unit], at: int) -> bool:
    before, after = row[at - 1] if at else None, at + 1
    if before is not None and before.measure is Measure.DEATHS and before.has("tv_past"):
        return True
    is_passive = False
    while after < len(row) and row[after].has_any(_BETWEEN):
        is_passive |= row[after].has("be")
        after += 1
    if after == len(row) or row[after].measure is not Measure.DEATHS:
        return False
    return row[after].has_any(("iv_past", "iv_part")) or (is_passive and row[after].has_any(("tv_part", "harm_adj")))


def counts_things(group: Group, at: Place, things: Sequence[Place], people: Sequence[Place]) -> bool:
    """Whether the group, a number without a noun, was told after dead `things` and no harmed `people` since."""
    if group.victims is not None or "count" not in group.classes:
        return False
    told = max((place for place in things if place < at), default=None)
    if told is None or at[0] - told[0] > _STILL_MEANT:
        return False
    return not any(told < place < at for place in people)
