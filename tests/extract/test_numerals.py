"""Numbers of people: every entry of the tables, composed forms, and what home-made parsers get wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tracker.errors import RuleError
from tracker.extract.people.numerals import NumeralReader
from tracker.extract.text.tokens import tokenise
from tracker.rulebook import load_rulebook

RULEBOOK = load_rulebook(Path(__file__).resolve().parents[2] / "rules")
TABLE = RULEBOOK.table("numerals")
POLICIES = RULEBOOK.table("vague")["policies"]
READERS = {name: NumeralReader(RULEBOOK, name) for name in POLICIES}
CODEBOOK = READERS["codebook"]

Bounds = tuple[int | None, int | None]


def read(text: str, reader: NumeralReader = CODEBOOK) -> list[tuple[str, Bounds]]:
    """Every number of `text`: its words, hedge included, and its bounds."""
    tokens = tokenise(text, 0, len(text))
    return [
        (text[tokens[n.first].start : tokens[n.last - 1].end], (n.count.minimum, n.count.maximum))
        for n in reader.read_all(tokens)
    ]


def bounds_of(pair: list[int]) -> Bounds:
    low, high = pair
    return low, None if high < 0 else high


def spell(number: int, *, joined: str = " and ", hyphen: str = "-") -> str:
    """`number` (0 to 9999) in English words, independently of the program and of its tables."""
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    small += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10] + (hyphen + small[number % 10] if number % 10 else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head, rest = divmod(number, size)
    words = f"{small[head]} {name}"
    if not rest:
        return words
    return words + (joined if rest < 100 else " ") + spell(rest, joined=joined, hyphen=hyphen)


class TestEntries:
    """Each line of numerals.toml and vague.toml is a test of its own."""

    @pytest.mark.parametrize(("word", "value"), [*TABLE["units"].items(), *TABLE["tens"].items()])
    def test_unit_or_ten(self, word: str, value: int) -> None:
        assert read(f"{word} people") == [(word, (value, value))]
        assert read(f"{word.upper()} PEOPLE") == [(word.upper(), (value, value))]

    @pytest.mark.parametrize("ten", TABLE["tens"])
    def test_ten_with_a_unit(self, ten: str) -> None:
        value = TABLE["tens"][ten] + 7
        for words in (f"{ten}-seven", f"{ten} seven"):
            assert read(f"{words} people") == [(words, (value, value))]

    @pytest.mark.parametrize(("scale", "value"), TABLE["scales"].items())
    def test_scale(self, scale: str, value: int) -> None:
        assert read(f"3{scale} people") == [(f"3{scale}", (3 * value, 3 * value))]
        if len(scale) > 1:
            assert read(f"3 {scale} people") == [(f"3 {scale}", (3 * value, 3 * value))]
            assert read(f"three {scale} people") == [(f"three {scale}", (3 * value, 3 * value))]

    @pytest.mark.parametrize(("phrase", "value"), TABLE["phrases"].items())
    def test_phrase(self, phrase: str, value: int) -> None:
        assert read(f"{phrase} people") == [(phrase, (value, value))]

    @pytest.mark.parametrize(
        ("bound", "hedge"), [(bound, hedge) for bound, hedges in TABLE["hedges_before"].items() for hedge in hedges]
    )
    def test_hedge_before(self, bound: str, hedge: str) -> None:
        words = f"{hedge.replace(' .', '.')} 40"
        wanted = {"lower": (40, None), "upper": (None, 40), "same": (40, 40)}[bound]
        assert read(f"{words} people") == [(words, wanted)]

    @pytest.mark.parametrize(
        ("bound", "hedge"), [(bound, hedge) for bound, hedges in TABLE["hedges_after"].items() for hedge in hedges]
    )
    def test_hedge_after(self, bound: str, hedge: str) -> None:
        wanted = {"lower": (40, None), "upper": (None, 40), "same": (40, 40)}[bound]
        assert read(f"40 {hedge}") == [(f"40 {hedge}", wanted)]

    @pytest.mark.parametrize(("ordinal", "value"), TABLE["ordinals"].items())
    def test_ordinal(self, ordinal: str, value: int) -> None:
        assert CODEBOOK.ordinals[ordinal] == value
        assert spell(value)[:2] == ordinal[:2] or value in (1, 2)

    @pytest.mark.parametrize(
        "label",
        TABLE["not_counts"]["before"],
    )
    def test_what_makes_a_number_a_label(self, label: str) -> None:
        self.assert_label(f"{label.replace(' .', '.')} 40 was seen")

    @pytest.mark.parametrize("unit", TABLE["not_counts"]["after"])
    def test_what_makes_a_number_an_amount(self, unit: str) -> None:
        self.assert_label(f"it was 40 {unit}")

    @staticmethod
    def assert_label(text: str) -> None:
        tokens = tokenise(text, 0, len(text))
        numerals = CODEBOOK.read_all(tokens)
        assert all(CODEBOOK.is_label(tokens, numeral) for numeral in numerals), text

    @pytest.mark.parametrize(
        ("policy", "word"), [(name, word) for name, entries in POLICIES.items() for word in entries if word != "about"]
    )
    def test_vague_word(self, policy: str, word: str) -> None:
        wanted = bounds_of(POLICIES[policy][word])
        reader = READERS[policy]
        if word == "bare_plural":
            assert reader.bare_plural is not None
            assert (reader.bare_plural.minimum, reader.bare_plural.maximum) == wanted
        else:
            assert read(f"{word} people", reader) == [(word, wanted)]

    @pytest.mark.parametrize("policy", POLICIES)
    def test_a_word_that_a_policy_leaves_out_has_no_figure(self, policy: str) -> None:
        for word in ("several", "countless", "various", "lots of"):
            if word not in POLICIES[policy]:
                assert read(f"{word} people", READERS[policy]) == [], word


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # words
        ("one hundred and twelve", 112, 112),
        ("one hundred twelve", 112, 112),
        ("two thousand and five", 2005, 2005),
        ("nineteen hundred", 1900, 1900),
        ("three hundred thousand", 300_000, 300_000),
        ("ninety-nine thousand nine hundred and ninety-nine", 99_999, 99_999),
        ("one million two hundred thousand", 1_200_000, 1_200_000),
        ("two dozen", 24, 24),
        ("half a dozen", 6, 6),
        ("half a million", 500_000, 500_000),
        ("a quarter of a million", 250_000, 250_000),
        ("a score", 20, 20),
        ("three score", 60, 60),
        ("zero", 0, 0),
        # digits
        ("1250", 1250, 1250),
        ("1,250", 1250, 1250),
        ("12 000", 12_000, 12_000),
        ("12\u00a0000", 12_000, 12_000),
        ("1\u202f000\u202f000", 1_000_000, 1_000_000),
        ("2,000,000", 2_000_000, 2_000_000),
        ("1.2 million", 1_200_000, 1_200_000),
        ("1.2m", 1_200_000, 1_200_000),
        ("300k", 300_000, 300_000),
        ("40 thousand", 40_000, 40_000),
        ("1.5 lakh", 150_000, 150_000),
        ("2 crore", 20_000_000, 20_000_000),
        ("\u0661\u0662", 12, 12),
        ("\u0661\u066c\u0662\u0660\u0660", 1200, 1200),
        ("\u0967\u0968", 12, 12),
        ("\uff11\uff12", 12, 12),
        # bounds and hedges
        ("at least 49", 49, None),
        ("49 or more", 49, None),
        ("more than 1,000", 1000, None),
        ("well over 100", 100, None),
        ("upwards of 90", 90, None),
        ("no fewer than thirty", 30, None),
        ("in excess of 600", 600, None),
        ("at least 1.3 million", 1_300_000, None),
        ("more than a dozen", 12, None),
        ("at least two dozen", 24, None),
        ("up to 20", None, 20),
        ("as many as twenty", None, 20),
        ("fewer than 20", None, 20),
        ("less than ten", None, 10),
        ("no more than five", None, 5),
        ("100 or fewer", None, 100),
        ("about 50", 50, 50),
        ("some 50", 50, 50),
        ("nearly 50", 50, 50),
        ("an estimated 70,000", 70_000, 70_000),
        ("another three", 3, 3),
        ("a further 8", 8, 8),
        ("six more", 6, 6),
        ("all 67", 67, 67),
        ("a total of 33", 33, 33),
        ("20 or so", 20, 20),
        # ranges
        ("20-30", 20, 30),
        ("20\u201330", 20, 30),
        ("20 to 30", 20, 30),
        ("four to six", 4, 6),
        ("between 15 and 20", 15, 20),
        ("between fifteen and twenty", 15, 20),
        ("three or four", 3, 4),
        ("twelve or thirteen", 12, 13),
        ("two or three hundred", 200, 300),
        ("6 to 8 thousand", 6000, 8000),
        # vague
        ("several hundred", 200, None),
        ("several dozen", 24, None),
        ("a few thousand", 2000, None),
        ("dozens", 24, None),
        ("scores", 40, None),
        ("tens of thousands", 20_000, None),
        ("hundreds of thousands", 200_000, None),
        # words that hold a number word inside
        ("a hundred and five", 105, 105),
        ("a hundred thousand", 100_000, 100_000),
        ("one and a half million", 1_500_000, 1_500_000),
        ("two and a half thousand", 2500, 2500),
        ("between two and three dozen", 24, 36),
        ("1,50,000", 150_000, 150_000),
        ("40+", 40, None),
        ("40-plus", 40, None),
        ("40-odd", 40, 40),
        ("twenty-odd", 20, 20),
        ("two hundred-plus", 200, None),
        ("at least 40-odd", 40, None),
        ("a thousand and one", 1001, 1001),
        ("one and a half dozen", 18, 18),
        ("12,34,567", 1_234_567, 1_234_567),
    ],
)
def test_composed_form(text: str, low: int | None, high: int | None) -> None:
    assert read(f"{text} people were hurt") == [(text, (low, high))]


class TestFieldMistakes:
    """What a typical home-made parser was measured to get wrong; each stays right here."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("several hundred killed", [("several hundred", (200, None))]),
            ("tens of thousands dead", [("tens of thousands", (20_000, None))]),
            ("hundreds killed", [("hundreds", (200, None))]),
            ("1,250 killed", [("1,250", (1250, 1250))]),
            ("1250 killed", [("1250", (1250, 1250))]),
            ("2024 killed", [("2024", (2024, 2024))]),
            ("over 500", [("over 500", (500, None))]),
            ("20000 to 50000", [("20000 to 50000", (20_000, 50_000))]),
            ("nine detained", [("nine", (9, 9))]),
            ("a handsome man", []),
            ("awesome, lonesome, gruesome", []),
            ("the tent, the tenth, attention, often", []),
            ("someone, anyone, none, bone, stone", []),
        ],
    )
    def test_it(self, text: str, found: list[tuple[str, Bounds]]) -> None:
        assert read(text) == found


SAMPLE = random.Random(20250331).sample(range(10_000), 500)


def test_numbers_in_words_are_read_whole() -> None:
    for number in [*range(100), *SAMPLE]:
        for joined, hyphen in ((" and ", "-"), (" ", "-"), (" and ", " ")):
            words = spell(number, joined=joined, hyphen=hyphen)
            assert read(f"{words} people") == [(words, (number, number))]


def test_numbers_in_digits_are_read_whole() -> None:
    for number in SAMPLE:
        for written in (str(number), f"{number:,}"):
            assert read(f"{written} people") == [(written, (number, number))]


def test_two_numbers_in_a_row_stay_two() -> None:
    assert [bounds for _, bounds in read("at least two are killed and 35 injured")] == [(2, None), (35, 35)]
    assert [bounds for _, bounds in read("of the twelve, five died")] == [(12, 12), (5, 5)]
    assert [bounds for _, bounds in read("in 2024, 12 people died")] == [(2024, 2024), (12, 12)]


def test_and_between_two_numbers_joins_them_only_where_they_make_one() -> None:
    for text, numbers in (
        ("two thousand and five hundred fled", [2000, 500]),
        ("one and a half fled", [1]),
        ("twenty and five fled", [20, 5]),
    ):
        assert [bounds for _, bounds in read(text)] == [(number, number) for number in numbers], text


def test_number_words_without_end_are_many_numbers() -> None:
    found = read("two hundred and thirty " * 2000)
    assert len(found) == 1000
    assert {bounds for _, bounds in found} == {(3232, 3232), (3230, 3230)}


def test_money_is_no_number_of_people() -> None:
    for text in ("$40", "€ 40", "£40", "₹40"):
        assert read(text) == []


@pytest.mark.parametrize("digits", [11, 18, 40, 4299, 4301, 50_000])
def test_more_people_than_there_are_is_no_count(digits: int) -> None:
    assert read("7" * digits + " people") == []


def test_an_unknown_policy_is_named() -> None:
    with pytest.raises(RuleError, match=r"vague\.toml: there is no policy 'wild'; choose one of"):
        NumeralReader(RULEBOOK, "wild")
