"""Animals and things that died lend a number without a noun no people; people told of in between do."""

from __future__ import annotations

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor


def counts_of(extractor: Extractor, text: str) -> list[str]:
    return [claim.count_text for claim in extractor.extract(Document(document_id="things", text=text))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Twelve horses died in the fire and three were injured.", []),
        ("Sixty goats were killed by the cold. Twenty were badly hurt.", []),
        ("Lightning killed 30 cows. Four more died on Sunday.", []),
        ("Forty seals were found on the sand. Five of them died.", ["Five"]),  # nothing was said to have died
        ("Lightning killed 30 cows. Four herders died and two were hurt.", ["Four", "two"]),
        ("Twelve horses died. The vet came. Three were injured when the stable fell.", ["Three"]),
        ("Two buses collided. Twelve were killed.", ["Twelve"]),
        ("Six trucks burned and 14 were killed.", ["14"]),
    ],
)
def test_a_number_without_a_noun_counts_what_died_before_it(extractor: Extractor, text: str, counts: list[str]):
    assert counts_of(extractor, text) == counts
