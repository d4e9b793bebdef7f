"""The scenario told in words: twelve texts, five outlets, two agencies, through extraction and database, in any order.

Everything in these texts is invented.
"""

from __future__ import annotations

import tempfile
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
    from tracker.extract.extractor import Extractor
    from tracker.incidents import Account

WIRE_ONE = (
    "Gunmen opened fire on a market in the Nigerian town of Bama on Monday and killed at least eight people, the "
    "governor's office said. Witnesses said that the attackers came on motorcycles and fled towards the hills before "
    "soldiers arrived. Shops in the town stayed closed, and the road to the north was blocked for hours."
)
TEXTS = (
    # The market of Bama: an agency, two outlets that print it (one of them cut), the police, who then say fewer, and a
    # look back at another event.
    ("wire-1", "Wire One", 5, WIRE_ONE),
    ("morning-1", "Morning", 5, WIRE_ONE),
    ("evening-1", "Evening", 6, WIRE_ONE.rsplit(". ", 1)[0].replace("opened fire on", "shot at people in") + "."),
    ("daily-1", "Daily", 6, "Police said on Tuesday that 14 people were killed and 21 wounded when gunmen attacked the "
     "market in Bama, Nigeria, on Monday."),
    ("morning-2", "Morning", 7, "Police on Wednesday lowered the number of people killed in Monday's attack on the "
     "market in Bama, Nigeria, to 12. Two of the names had been counted twice, they said."),
    ("radio-1", "Radio", 7, "In Bama, Nigeria, where gunmen killed 12 people at the market on Monday, shops opened "
     "again. On 30 January 2023 a bomb killed 67 people in the town of Konduga."),
    # The ferry near Lokoja: feared dead, then counted.
    ("radio-2", "Radio", 6, "A ferry sank on the Niger River near Lokoja, Nigeria, on Tuesday. As many as 60 people "
     "are feared dead, the boat's owner said."),
    ("river-1", "River Post", 8, "Rescuers said on Thursday that 27 people drowned when a ferry sank near Lokoja, "
     "Nigeria, on Tuesday."),
    ("wire-2", "Wire Two", 8, "A ferry that sank near the Nigerian town of Lokoja on Tuesday cost 27 people their "
     "lives, the emergency agency said."),
    # The raid on Kurebe, which no gazetteer has: denied.
    ("daily-2", "Daily", 8, "The army denied that an air strike on the village of Kurebe in Nigeria on Wednesday had "
     "killed 10 people."),
    ("river-2", "River Post", 8, "Four people were wounded in an air strike on the village of Kurebe in Nigeria on "
     "Wednesday, a nurse said."),
    # A text without a figure.
    ("evening-2", "Evening", 9, "The market of Bama in Nigeria reopened on Friday. Traders swept the stalls, and the "
     "governor bought the first basket of onions."),
)  # fmt: skip

INCIDENTS = [
    # Place, day, measure, low, best, high, origins, texts.
    ("Konduga", date(2023, 1, 30), Measure.DEATHS, 67, 67, 67, ("Radio",), 1),
    ("Bama", date(2025, 5, 5), Measure.DEATHS, 8, 12, 12, ("Police", "Radio", "the governor's office"), 6),
    ("Bama", date(2025, 5, 5), Measure.INJURIES, 21, 21, 21, ("Police",), 6),
    ("Lokoja", date(2025, 5, 6), Measure.DEATHS, 27, 27, 60,
     ("Rescuers", "the boat's owner", "the emergency agency"), 3),
    ("Kurebe", date(2025, 5, 7), Measure.DEATHS, 10, 10, 10, ("Daily",), 2),
    ("Kurebe", date(2025, 5, 7), Measure.INJURIES, 4, 4, 4, ("a nurse",), 2),
]  # fmt: skip


@pytest.fixture(name="read", scope="module")
def _read(extractor: Extractor) -> list[tuple[Document, list]]:
    documents = [
        Document(document_id=name, text=text, outlet=outlet, published=date(2025, 5, day))
        for name, outlet, day, text in TEXTS
    ]
    return [(document, list(extractor.extract(document))) for document in documents]


def ingested(read: list, order: list[int]) -> Account:
    """The account after a run for each text, in this order."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"sqlite:///{folder}/tracker.db") as ledger:
        for minute, at in enumerate(order):
            moment = datetime(2025, 5, 10, 6, minute, tzinfo=UTC)
            run = begin_run(started_at=moment, rules_digest="r", command="test")
            ledger.record(run, *read[at])
            ledger.compare_texts(run)
        return draw_up(ledger)


def test_every_order_of_arrival_gives_what_a_person_would_write_down(read: list) -> None:
    series = []

    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.permutations(range(len(read))))
    def check(order: list[int]) -> None:
        incidents = ingested(read, order).incidents
        assert [
            (i.place, i.date_end, measure, f.low, f.best, f.high, f.origins, len(i.document_ids))
            for i in incidents
            for measure, f in i.figures.items()
        ] == INCIDENTS
        series.append(series_rows(incidents))
        assert all(rows == series[0] for rows in series)

    check()
    assert [(row.date, row.low, row.best, row.high) for row in series[0] if row.measure is Measure.DEATHS] == [
        (day, low, best, high) for _, day, measure, low, best, high, *_ in INCIDENTS if measure is Measure.DEATHS
    ]


def test_the_copies_are_one_origin_and_the_denial_shows(read: list) -> None:
    account = ingested(read, list(range(len(read))))
    market = next(incident for incident in account.incidents if incident.place == "Bama")
    assert market.outlets == ("Daily", "Evening", "Morning", "Radio", "Wire One")
    assert {reading.claim.document_id for reading in account.readings if reading.copies} == {
        "wire-1", "morning-1", "evening-1",
    }  # fmt: skip
    raid = account.incidents[-1]
    assert [s.status.value for s in raid.figures[Measure.DEATHS].statements] == ["disputed"]
