"""What one outlet takes over from another is a copy, cut or edited; what it writes itself is none."""

import random
from datetime import date

import pytest

from tracker.collect.likeness import Index, are_near, likeness, pack, shingles, sketch, unpack

WIRE = (
    "Gunmen on motorcycles opened fire on a market in Dalori on Monday and killed at least eight traders, three of "
    "them children, police said. The attackers fled towards the hills before soldiers arrived from the garrison, and "
    "residents buried the dead the same evening. No group has said that it was behind the attack, the third in the "
    "district since the harvest began. The governor called for calm and promised that the road would be patrolled."
)
OWN = (
    "Eight people died when armed men attacked the market of Dalori, according to the police. Our reporter saw burnt "
    "stalls and a long line of families in front of the clinic, where doctors from Maiduguri had come to help. Traders "
    "say that they had asked for guards for weeks; the army did not answer questions about its patrols on that road."
)


def edited(text: str, seed: int) -> str:
    """The text with a word changed, another left out and the last sentence cut."""
    chosen = random.Random(seed)
    words = text.rsplit(". ", 1)[0].split()
    words[chosen.randrange(len(words))] = "altered"
    del words[chosen.randrange(len(words))]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(20))
def test_an_edited_text_is_found_and_told_as_a_copy(seed: int) -> None:
    index: Index[str] = Index()
    index.add("wire", sketch(shingles(WIRE)))
    other = shingles(edited(WIRE, seed))
    assert index.candidates(sketch(other)) == {"wire"}
    assert likeness(shingles(WIRE), other) is not None


def test_the_first_half_alone_is_a_copy() -> None:
    half = shingles(WIRE[: len(WIRE) // 2])
    share = likeness(half, shingles(WIRE))
    assert share is not None
    assert 0.4 < share < 0.6


def test_an_own_report_of_the_same_event_is_none() -> None:
    assert likeness(shingles(WIRE), shingles(OWN)) is None


def test_case_and_punctuation_make_no_difference() -> None:
    assert likeness(shingles(WIRE), shingles(WIRE.upper().replace(",", " -"))) == 1.0


def test_a_text_of_a_few_words_is_too_short_to_tell() -> None:
    flash = "Police say eight traders were killed in Dalori."
    assert likeness(shingles(flash), shingles(flash)) is None
    assert sketch(shingles(flash)) == ()


def test_a_sketch_is_the_same_in_every_process_and_survives_storage() -> None:
    numbers = sketch(shingles(WIRE))
    assert unpack(pack(numbers)) == numbers
    assert numbers[:2] == sketch(shingles(WIRE))[:2]
    assert len(numbers) == 64


def test_copies_appear_within_a_week() -> None:
    assert are_near(date(2025, 3, 1), date(2025, 3, 8))
    assert not are_near(date(2025, 3, 1), date(2025, 3, 9))
    assert are_near(None, date(2025, 3, 9))
