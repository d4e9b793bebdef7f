"""Sentences and paragraphs: no letter is lost, abbreviations do not end a sentence, wrapped lines do not either."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.text.sentences import Sentence, is_hard_wrapped, split_paragraphs, split_sentences
from tracker.rulebook import load_rulebook

ABBREVIATIONS = load_rulebook(Path(__file__).resolve().parents[2] / "rules").words("abbreviations")

WRAPPED = (
    "At least four people were killed on Friday when a minibus left the\n"
    "road above the gorge and came to rest in the river below it, the\n"
    "district police said.\n"
    "\n"
    "Two more were taken to the clinic in the next village, where they\n"
    "were said to be out of danger.\n"
)


def sentences_of(text: str) -> list[str]:
    return [sentence.quote for sentence in split_sentences(text, 0, len(text), 0, ABBREVIATIONS)]


def paragraphs_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "Four men died.| Two were hurt.",
        "Four men died!| Two?| One\u2026| None.",
        "Gen. Haddad was killed.| Col. Nour was hurt.",
        "J. Smith and A. B. Jones died.| They were 40.",
        "The U.S. embassy was hit.| Nobody died.",
        "\u201cFour men died.\u201d| He wept.",
        "He wept (four men died.)| Then he left.",
        "Some 1.2 million people fled.| They walked.",
        "Four men died at 5 p.m. on Monday.| Two were hurt.",
        "He died... and two were hurt.",
        "Four men died.| 12 were hurt.",
        "Four men died.| \u201cTwo were hurt,\u201d she said.",
        "Mr. Odeh died.| Dr. Rahal and Mrs. Sabbagh were hurt.",
        "The mines in St. Helen's closed.",
        "the man, no. 12 on the list, died.| He was 40.",
    ],
)
def test_sentence_ends(marked: str) -> None:
    assert sentences_of(marked.replace("|", "")) == [piece.strip() for piece in marked.split("|")]


def test_a_line_break_ends_a_paragraph() -> None:
    assert paragraphs_of("Four dead in quake\n\nTwo hurt\nOne missing\n") == [
        "Four dead in quake",
        "Two hurt",
        "One missing",
    ]


def test_wrapped_lines_are_one_paragraph_until_a_blank_line() -> None:
    first, second = paragraphs_of(WRAPPED)
    assert first.startswith("At least")
    assert first.endswith("police said.")
    assert second.startswith("Two more")


def test_bullets_of_a_wrapped_text_stand_alone() -> None:
    text = WRAPPED + "\n- Four dead\n- Twelve hurt\n\u2022 One missing\n"
    assert paragraphs_of(text)[-3:] == ["- Four dead", "- Twelve hurt", "\u2022 One missing"]


@pytest.mark.parametrize(
    "block",
    [
        "",
        "Four people were killed when a minibus left the road above the gorge,",
        "Four dead\nTwo hurt\nOne missing",
        "four dead\ntwo hurt\none missing",
        # headlines, one below the other
        "Four people killed as a minibus leaves the road above the gorge\nTwo clerks shot in the market of Lima",
        "Two clerks shot in the market of Lima\nFour people killed as a minibus leaves the road above the gorge\n"
        "Nine wounded by a falling bridge near the harbour",
        "FOUR KILLED ON THE GORGE ROAD\nTWO CLERKS SHOT IN LIMA",
        "The minibus left the road above the gorge on Friday.\nTwo more people were taken to the clinic that night.",
    ],
)
def test_lines_that_are_not_wrapped(block: str) -> None:
    assert not is_hard_wrapped(block)


@pytest.mark.parametrize(
    "block",
    [
        "Two more were taken to the clinic in the next village, where they\nwere said to be out of danger.",
        "FOUR PEOPLE WERE KILLED ON FRIDAY WHEN A MINIBUS LEFT THE ROAD ABOVE\n"
        "THE GORGE AND CAME TO REST IN THE RIVER BELOW IT, THE POLICE OF THE\nDISTRICT SAID.",
        "ON FRIDAY A MINIBUS LEFT THE ROAD ABOVE THE GORGE, INJURING\nFIVE HERDERS AND A GUIDE.",
        "FOUR PEOPLE WERE KILLED AND TWO OTHERS HURT ON THE ROAD ABOVE\nTHE GORGE, THE POLICE SAID IN A STATEMENT.\n"
        "THE MINIBUS HAD LEFT THE ROAD.",
    ],
)
def test_lines_that_are_wrapped(block: str) -> None:
    assert is_hard_wrapped(block)


def test_what_is_added_changes_no_paragraph_before_it() -> None:
    for text in (WRAPPED, "Four dead in quake\nTwo hurt\n"):
        for addition in ("The library closes.", WRAPPED, "A\nB\nC", "An open line of more than a hundred letters " * 5):
            assert paragraphs_of(f"{text}\n{addition}")[: len(paragraphs_of(text))] == paragraphs_of(text)


@pytest.mark.parametrize(
    ("words", "lengths"),
    [
        ("dead " * 400, [400]),
        ("dead " * 1001, [400, 400, 201]),
        ("dead, " * 500, [400, 400, 200]),
        ("one two three four five, " * 100, [396, 204]),
        ("!" * 1000, [400, 400, 200]),
    ],
)
def test_a_sentence_without_end_is_cut(words: str, lengths: list[int]) -> None:
    text = words.strip()
    pieces = split_sentences(text, 0, len(text), 7, ABBREVIATIONS)
    assert [len(piece.tokens) for piece in pieces] == lengths
    assert {piece.paragraph for piece in pieces} == {7}
    for piece in pieces:
        assert piece.quote == piece.quote.strip()
        assert all(text[token.start : token.end] == token.text for token in piece.tokens)
    tokens = [token for piece in pieces for token in piece.tokens]
    assert tokens == Sentence(text, 0, len(text), 7).tokens


def test_words_of_a_line_lead_back_to_tokens() -> None:
    text = "Some \ufdfa 12\u00a0000 men\u200b  were   killed."
    sentence = Sentence(text, 0, len(text), 0)
    for word in ("12 000", "were", "killed"):
        at = sentence.line.index(word)
        first, last = sentence.tokens_at(at, at + len(word))
        assert [token.folded for token in sentence.tokens[first:last]] == [word]


MARKS = [".", "!", "\u2026", "\n", "\n\n", " ", "\u201d", ")", "- ", "\u200b", "\r\n"]
PIECES = st.lists(st.sampled_from(["Four men died", "Gen.", "A.", "12", *MARKS]) | st.text(max_size=5), max_size=30)


@given(PIECES.map("".join))
def test_nothing_is_lost_or_read_twice(text: str) -> None:
    end = 0
    for number, (start, stop) in enumerate(split_paragraphs(text)):
        for sentence in split_sentences(text, start, stop, number, ABBREVIATIONS):
            assert start <= sentence.start < sentence.end <= stop
            assert not text[end : sentence.start].strip()
            assert sentence.quote == sentence.quote.strip()
            end = sentence.end
    assert not text[end:].strip()


def test_a_wire_in_capitals_may_break_its_lines_a_word_early() -> None:
    wide = (
        "   THE GOVERNOR OF THE DISTRICT TOLD REPORTERS ON MONDAY MORNING THAT\n"
        "BOTH ROADS INTO THE VALLEY WOULD STAY CLOSED UNTIL SUNDAY BECAUSE OF\n"
        "THE RAIN THAT HAS FALLEN ALL OVER THE PROVINCE SINCE THE WEEK BEFORE.\n\n"
    )
    narrow = (
        "   IT BECAME KNOWN THAT ONE OF THE BUSES OF THE COMPANY\n"
        "FELL FROM THE OLD WOODEN BRIDGE NEAR THE UPPER MILL, INJURING\n"
        "FIVE OF ITS PASSENGERS AND THE DRIVER.\n"
    )
    text = wide + wide + narrow
    starts = [text[start:end] for start, end in split_paragraphs(text)]
    assert len(starts) == 3
    assert starts[2].endswith("THE DRIVER.")
    short = "   TO THE EDITOR\nSIR\n"
    assert len(split_paragraphs(wide + wide + short)) == 4
