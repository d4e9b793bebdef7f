"""Ids are remembered in a file, however many they are."""

from __future__ import annotations

import sqlite3

import pytest

from tracker.collect.taken import TakenIds
from tracker.errors import LedgerError


def test_who_comes_first_has_the_id() -> None:
    with TakenIds() as taken:
        assert taken.take("a", b"1", "x.txt") is None
        assert taken.take("b", b"1", "x.txt") is None
        assert taken.take("a", b"2", "y.txt") == (b"1", "x.txt")
        assert taken.take("a", b"2", "y.txt") == (b"1", "x.txt")


def test_a_full_disk_is_told_in_a_sentence() -> None:
    with TakenIds() as taken:
        taken._file.execute("PRAGMA max_page_count = 3")
        taking = (taken.take(f"document {number}", b"1", "x.jsonl") for number in range(10_000))
        with pytest.raises(LedgerError, match="database or disk is full; make room in the folder of temporary files"):
            list(taking)
    with pytest.raises(sqlite3.ProgrammingError):
        taken._file.execute("SELECT 1")
