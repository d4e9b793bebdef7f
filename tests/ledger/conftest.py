"""An open, empty ledger for every test, on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    """An open, empty ledger."""
    with Ledger.open(database_url) as opened:
        yield opened
