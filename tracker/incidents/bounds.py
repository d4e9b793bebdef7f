"""Arithmetic on counts with open bounds: what a count allows, and what two of them add up to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.claims import Count

if TYPE_CHECKING:
    from collections.abc import Sequence


def floor(count: Count) -> int:
    """The fewest persons that the count allows."""
    return count.minimum or 0


def ceiling(count: Count) -> float:
    """The most persons that the count allows; infinity where it is open."""
    return math.inf if count.maximum is None else count.maximum


def is_exact(count: Count) -> bool:
    """Whether the count allows one number only."""
    return count.minimum is not None and count.minimum == count.maximum


def looseness(count: Count) -> int:
    """0 exact, 1 bounded on both sides, 2 "at least", 3 "up to"."""
    if is_exact(count):
        return 0
    if count.maximum is None:
        return 2
    return 3 if count.minimum is None else 1


def is_looser(count: Count, other: Count) -> bool:
    """Whether the count allows all that the other allows, and more: "at least 5" beside "8"."""
    inside = floor(count) <= floor(other) and ceiling(other) <= ceiling(count)
    return inside and (floor(count), ceiling(count)) != (floor(other), ceiling(other))


def overlap(count: Count, other: Count) -> bool:
    """Whether one number of persons would satisfy both."""
    return floor(count) <= ceiling(other) and floor(other) <= ceiling(count)


def add(counts: Sequence[Count]) -> Count:
    """The count of disjoint groups together: open above if one is; an unknown lower bound adds nothing."""
    if len(counts) == 1:
        return counts[0]
    maxima = [count.maximum for count in counts if count.maximum is not None]
    return Count(sum(map(floor, counts)), sum(maxima) if len(maxima) == len(counts) else None)
