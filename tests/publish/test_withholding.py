"""Which words are names of victims, and that no quote or address of their text spells them."""

from __future__ import annotations

import pytest

from tracker.publish.withholding import Withholding, names_victims


@pytest.mark.parametrize(
    ("sentence", "words", "low", "high", "victims", "is_name"),
    [
        ("Ana Roe was killed.", "Ana Roe", 1, 1, "Ana Roe", True),
        ("Ana and Tom Roe were killed.", "Ana and Tom Roe", 2, 2, "Ana and Tom Roe", True),
        ("Ana Roe fled, but she was killed.", "she", 1, 1, "Ana Roe", True),
        ("Li Wu was killed.", "Li Wu", 1, 1, "Li Wu", True),
        ("ana roe was killed.", "ana roe", 1, 1, "ana roe", True),
        ("Palestinians were killed.", "Palestinians", 2, None, "Palestinians", False),
        ("Two Hungarians were killed.", "Two", 2, 2, "Hungarians", False),
        ("A Hungarian was killed.", "A Hungarian", 1, 1, "Hungarian", False),
        ("One of the Hungarians was killed.", "One", 1, 1, "Hungarians", False),
        ("A waitress was killed.", "A waitress", 1, 1, "waitress", False),
        ("12 people were killed.", "12", 12, 12, "people", False),
        ("Twelve were killed.", "Twelve", 12, 12, None, False),
    ],
)
def test_names_are_told_from_kinds_of_people(state, sentence, words, low, high, victims, is_name):
    assert names_victims(state(sentence, words, low, high, victims=victims).claim) is is_name


def test_a_name_is_hidden_in_every_quote_of_its_text_but_not_of_others(state):
    named = state("Ana Roe was killed.", "Ana Roe", 1, 1, victims="Ana Roe", text="one")
    other = state("Ana Roe spoke of 4 dead.", "4", 4, 4, text="two", url="https://news.example/ana-roe")
    withholding = Withholding([named, other])
    assert withholding.hide("Roe, Ana Roe and Roehampton", named.text_sha256) == "[name withheld] and Roehampton"
    assert withholding.hide("ANA ROE SHOT", named.text_sha256) == "[name withheld] SHOT"
    assert withholding.hide("Ana Roe", other.text_sha256) == "Ana Roe"
    assert withholding.url(other) == "https://news.example/ana-roe"


def test_a_place_in_a_name_stays(state):
    named = state("Omar Gaza was killed.", "Omar Gaza", 1, 1, victims="Omar Gaza", places=("Gaza",))
    assert Withholding([named]).hide("Omar Gaza died in Gaza.", named.text_sha256) == "[name withheld] died in Gaza."


def test_an_address_that_spells_a_name_is_cut_to_its_site(state):
    named = state("Ana Roe was killed.", "Ana Roe", 1, 1, victims="Ana Roe", url="https://news.example/ana-ROE-dead")
    assert Withholding([named]).url(named) == "https://news.example/ [name withheld]"
    assert Withholding([named], names=True).url(named) == "https://news.example/ana-ROE-dead"
