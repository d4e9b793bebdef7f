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
    other = state(
        "Ana Roe spoke of 4 dead.", "4", 4, 4, text="two", url="https://news.example/ana-roe", source="Ana Roe"
    )
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


@pytest.mark.parametrize(
    ("quote", "hidden"),
    [
        ("A fifth child, nine-year-old Tavo, lost a leg.", "A fifth child, nine-year-old [name withheld], lost a leg."),
        ("Two died, Oru Zeff (17) and a cook.", "Two died, [name withheld] (17) and a cook."),
        ("Two died: Oru Zeff, 41, and Illa Zeff, aged six.",
         "Two died: [name withheld], 41, and [name withheld], aged six."),
        ("Two died, among them Oru Zeff.", "Two died, among them [name withheld]."),
        ("Two died, identified by police as Oru Zeff and a guest.",
         "Two died, identified by police as [name withheld] and a guest."),
        ("TWO DIED, AMONG THEM MARIA ZEFF, POLICE SAID.", "TWO DIED, AMONG THEM [name withheld], POLICE SAID."),
        ("Two died and Maria Zeff was hurt.", "Two died and [name withheld] was hurt."),
    ],
)  # fmt: skip
def test_names_in_passing_are_hidden(state, quote, hidden):
    words = quote.split()[0] if quote.startswith(("Two", "TWO")) else "A fifth child"
    count = 2 if quote.startswith(("Two", "TWO")) else 1
    reading = state(quote, words, count, count)
    assert Withholding([reading]).hide(quote, reading.text_sha256) == hidden


@pytest.mark.parametrize(
    "quote",
    [
        "Two died in Kharkiv, police chief Maria Zeff said.",
        "Two died when Hurricane Maria struck San Martin.",
        "Two died at the Maria Zeff Hospital.",
        "Two died on Monday, 12, and on 12 March, 9, others did.",
    ],
)
def test_who_speaks_and_what_is_no_person_keeps_its_name(state, quote):
    source = "police chief Maria Zeff" if "police" in quote else None
    reading = state(quote, "Two", 2, 2, source=source, places=("Kharkiv",))
    assert Withholding([reading]).hide(quote, reading.text_sha256) == quote


@pytest.mark.parametrize(
    ("quote", "printed"),
    [
        ("Oru Zeff, 41, was killed.", True),
        ("Oru Zeff, 17, was killed.", False),
        ("Oru Zeff, a three-month-old girl, was killed.", False),
        ("Oru Zeff was killed.", True),
        ("Oru Zeff was killed on the way to school with other pupils.", False),
        ("Oru Zeff was killed; the boy was nine.", False),
    ],
)
def test_names_asked_for_are_printed_but_for_those_that_may_be_minors(state, quote, printed):
    reading = state(quote, "Oru Zeff", 1, 1, victims="Oru Zeff")
    withholding = Withholding([reading], names=True)
    assert ("Zeff" in withholding.hide(quote, reading.text_sha256)) is printed
    assert withholding.count == (0 if printed else 1)


def test_the_whole_text_tells_who_may_be_a_minor(state):
    reading = state("Oru Zeff was killed.", "Oru Zeff", 1, 1, victims="Oru Zeff")
    texts = {reading.text_sha256: "Oru Zeff was killed. She had just turned out for her school; the girl was ten."}
    assert "Zeff" not in Withholding([reading], names=True, texts=texts).hide("Oru Zeff", reading.text_sha256)


def test_a_script_without_capitals_is_withheld_too(state):
    reading = state("قُتلت ليلى سمير في القصف", "ليلى سمير", 1, 1, victims="ليلى سمير")
    assert (
        Withholding([reading]).hide("قُتلت ليلى سمير في القصف", reading.text_sha256) == "قُتلت [name withheld] في القصف"
    )


def test_words_for_people_are_no_names(state):
    reading = state("The owner and two of his sons were killed.", "The owner and two of his sons", 3, 3,
                    victims="The owner and two of his sons", url="https://news.example/the-owner")  # fmt: skip
    withholding = Withholding([reading])
    assert withholding.hide("The owner and two of his sons", reading.text_sha256) == "The owner and two of his sons"
    assert withholding.url(reading) == "https://news.example/the-owner"


def test_names_are_counted_once_however_often_they_are_hidden(state):
    reading = state("Ana Roe was killed.", "Ana Roe", 1, 1, victims="Ana Roe")
    withholding = Withholding([reading])
    withholding.hide("Ana Roe, and again Roe", reading.text_sha256)
    assert withholding.count == 1
