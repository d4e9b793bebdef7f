"""Whom "he" and "she" stand for: the one person told of right before, and nobody where there may be another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extract.people.groups import ONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.extract.harm.units import Unit

_FURTHEST = 3  # sentences before the pronoun's own
_SAYING = ("saying", "say_verb")

Words = tuple[int, int, int]
"""A sentence of the story, and a half-open range of its tokens."""


def find_antecedent(sentence: int, pronoun: int, row_of: Callable[[int], Sequence[Unit]]) -> Words | None:
    """The words that name who the pronoun at token `pronoun` is; `row_of` reads the units of a sentence.

    The nearest sentence that tells of a person decides, speakers apart; None where it tells of several.
    """
    for number in range(sentence, max(-1, sentence - _FURTHEST - 1), -1):
        row = row_of(number)
        if number == sentence:
            row = [unit for unit in row if unit.last <= pronoun]
        found = _persons(row)
        if found:
            names = {row[at].last for at in found}
            unit = row[found[0]]
            if len(names) > 1 or unit.group is None or unit.group.victims is None:
                return None
            return number, *unit.group.victims
    return None


def _persons(row: Sequence[Unit]) -> list[int]:
    """Where the row tells of single persons, those apart that speak, own what is told of, or say who another is."""
    found: list[int] = []
    for at, unit in enumerate(row):
        if not _is_person(unit) or _describes(row, at) or _speaks(row, at):
            continue
        if at + 1 < len(row) and row[at + 1].has("possessive_mark") and _is_person_behind(row, at + 2):
            continue  # "Odeh's brother"
        found.append(at)
    return found


def _is_person(unit: Unit) -> bool:
    return unit.group is not None and unit.group.count == ONE and not unit.has_any(("pronoun", "count", "zero"))


def _is_person_behind(row: Sequence[Unit], at: int) -> bool:
    return at < len(row) and _is_person(row[at])


def _describes(row: Sequence[Unit], at: int) -> bool:
    """Whether the phrase says who somebody is: "Odeh, a teacher", "Odeh was a teacher"."""
    if at < 2 or row[at].has("name"):
        return False
    return row[at - 1].has("be") or (row[at - 1].has("comma") and _is_person(row[at - 2]))


def _speaks(row: Sequence[Unit], at: int) -> bool:
    after = at + 1
    if after + 2 < len(row) and row[after].has("comma") and row[after + 2].has("comma"):
        after += 3  # "Roe, his mother, said"
    said_after = after < len(row) and row[after].has_any(_SAYING)
    return said_after or (at > 0 and (row[at - 1].has_any(_SAYING) or row[at - 1].has("to")))
