"""Daily bulletins of a ministry, ingested in any order, give the toll series that the ministry published.

The figures are those of the Gaza health ministry's bulletins of June to August 2026; the wording is ours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.documents import Document
from tracker.incidents import draw_up
from tracker.incidents.series import series_rows
from tracker.ledger import Ledger, begin_run

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.extract.extractor import Extractor

PUBLISHED = (
    # Day, hours, killed, killed in all, injured, injured in all.
    (date(2026, 6, 15), 24, 7, 73003, 6, 173252),
    (date(2026, 6, 16), 24, 5, 73008, 8, 173260),
    (date(2026, 6, 24), 24, 2, 73041, 14, 173402),
    (date(2026, 6, 28), 24, 3, 73054, 43, 173480),
    (date(2026, 6, 29), 24, 4, 73058, 8, 173488),
    (date(2026, 7, 25), 48, 6, 73317, 37, 173961),
    (date(2026, 7, 29), 24, 2, 73335, 29, 174052),
    (date(2026, 7, 30), 24, 6, 73341, 34, 174086),
    (date(2026, 8, 1), 48, 8, 73349, 76, 174162),
    (date(2026, 8, 2), 24, 7, 73356, 23, 174185),
    (date(2026, 8, 3), 24, 19, 73375, 35, 174220),
    (date(2026, 8, 12), 24, 1, 73388, 2, 174259),
    (date(2026, 8, 13), 24, 1, 73389, 7, 174266),
)


def bulletin(day: date, hours: int, killed: int, killed_in_all: int, injured: int, injured_in_all: int) -> Document:
    text = (
        f"The Palestinian Ministry of Health in Gaza said on {day:%A} that {killed} people were killed and {injured} "
        f"were injured in the Gaza Strip in the past {hours} hours.\n\n"
        f"The ministry said {killed_in_all:,} people have been killed and {injured_in_all:,} injured in the Strip "
        "since October 7, 2023.\n"
    )
    return Document(document_id=f"bulletin-{day}", text=text, published=day, outlet="Daily report")


@pytest.fixture(name="read", scope="module")
def _read(extractor: Extractor) -> list[tuple[Document, list]]:
    return [(document, list(extractor.extract(document))) for document in (bulletin(*row) for row in PUBLISHED)]


def test_every_order_of_arrival_gives_the_published_series(read: list, tmp_path: Path) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.permutations(range(len(read))))
    def check(order: list[int]) -> None:
        path = tmp_path / f"{'-'.join(map(str, order))}.db"
        path.unlink(missing_ok=True)
        with Ledger.open(f"sqlite:///{path}") as ledger:
            for step, at in enumerate(order):  # a run for each bulletin: texts of one form are compared in turn
                moment = datetime(2026, 9, 1, step, tzinfo=UTC)
                run = begin_run(started_at=moment, rules_digest="r", command="test")
                ledger.record(run, *read[at])
                ledger.compare_texts(run)
            account = draw_up(ledger)
        for measure, day_column, total_column in ((Measure.DEATHS, 2, 3), (Measure.INJURIES, 4, 5)):
            points = [point for point in account.tolls if point.measure is measure]
            assert len({point.toll_id for point in points}) == 1
            assert [(p.as_of, p.low, p.high) for p in points] == [
                (row[0], row[total_column], row[total_column]) for row in PUBLISHED
            ]
            rows = [row for row in series_rows(account.incidents) if row.measure is measure]
            assert [(row.date, row.best) for row in rows] == [(row[0], row[day_column]) for row in PUBLISHED]
            assert {point.residual for point in points} <= {0, None}

    check()
