"""Disjoint sets that grow together."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Unions(Generic[T]):
    """Which things have been joined, directly or through others."""

    def __init__(self) -> None:
        self._parents: dict[T, T] = {}

    def root(self, item: T) -> T:
        """The one member that stands for all that the item was joined with."""
        parent = self._parents.setdefault(item, item)
        while parent != self._parents[parent]:
            parent = self._parents[parent] = self._parents[self._parents[parent]]
        self._parents[item] = parent
        return parent

    def join(self, item: T, other: T) -> None:
        """Make the two, and all that either was joined with, one set."""
        self._parents[self.root(other)] = self.root(item)
