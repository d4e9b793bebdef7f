"""The incidents that a run touched are the same, however much is looked at together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tracker.extract.extractor import Extractor
from tracker.incidents.touched import _stretches, count_touched
from tracker.ingest import ingest
from tracker.ledger import Ledger

NEWSROOM = Path(__file__).parents[2] / "examples" / "newsroom"
FIRST = date(2025, 3, 1)


def days(*counted: tuple[int, int]) -> list[tuple[date, int]]:
    return [(FIRST + timedelta(days=day), count) for day, count in counted]


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ([], []),
        ([(0, 1)], [(0, 0)]),
        ([(0, 1), (42, 1), (84, 9)], [(0, 84)]),
        ([(0, 1), (43, 1)], [(0, 0), (43, 43)]),
        ([(0, 4000), (1, 900), (2, 200), (3, 9000), (4, 1)], [(0, 1), (2, 2), (3, 3), (4, 4)]),
        ([(day, 1) for day in range(0, 800, 40)], [(0, 360), (400, 760)]),
    ],
)
def test_a_stretch_ends_at_a_long_pause_or_where_it_is_full(
    given: list[tuple[int, int]], ends: list[tuple[int, int]]
) -> None:
    found = list(_stretches(days(*given)))
    assert found == [(FIRST + timedelta(days=first), FIRST + timedelta(days=last)) for first, last in ends]


def test_each_incident_counts_once_in_however_many_stretches(
    tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "undated.txt").write_text("A landslide killed 12 people in Bududa, Uganda.")
    now = datetime(2025, 3, 17, 6, tzinfo=UTC)
    with Ledger.open(f"sqlite:///{tmp_path / 'tracker.db'}") as ledger:
        together = ingest([NEWSROOM, tmp_path], ledger, extractor, now, count_incidents=True).incidents_touched
        (record,) = ledger.runs()
        monkeypatch.setattr("tracker.incidents.touched._MOST_DOCUMENTS", 1)
        assert count_touched(ledger, record.run) == together
        assert together is not None
        assert together > 40
