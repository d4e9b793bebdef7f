"""Who the victims are where the count itself does not say: the name behind a pronoun, the noun of a number."""

from __future__ import annotations

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor


def victims_of(extractor: Extractor, text: str) -> list[str | None]:
    return [claim.victims for claim in extractor.extract(Document(document_id="victims", text=text))]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Karim Odeh was head of the force. He was killed by a mine.", "Karim Odeh"),
        ("A mine hit Ali Noor, a baker from Homs. She died.", "Ali Noor"),
        ("Karim Odeh's brother was a guard. He was killed.", "Karim Odeh's brother"),
        # a speaker is not who died; neither is one of two
        ("Ana Roe, his mother, said he was killed.", None),
        ("Karim Odeh shot a guard. He later died.", None),
        ("Karim Odeh and Ali Noor were friends. He was killed.", None),
        ("He was killed.", None),
    ],
)
def test_a_pronoun_is_named_where_one_person_alone_was_told_of(extractor: Extractor, text: str, victims: str | None):
    assert victims_of(extractor, text) == [victims]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("The number of villagers who had been killed rose to 40.", "villagers"),
        ("The clinic put at 78 the number of aid workers treated for wounds.", "aid workers"),
        ("The number of people killed in the floods has risen to 12.", "people"),
        ("The number of wounded rose to 15.", None),
    ],
)
def test_a_number_told_of_people_has_them_as_victims(extractor: Extractor, text: str, victims: str | None):
    assert victims_of(extractor, text) == [victims]
