"""Stories of a page: notices end them, teasers are dropped, and nothing leaks from one story into the next."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor
from tracker.extract.text.stories import StorySplitter
from tracker.rulebook import load_rulebook
from tracker.settings import load_settings

PUBLISHED = date(2025, 3, 6)  # a Thursday


@pytest.fixture(scope="module")
def splitter() -> StorySplitter:
    return StorySplitter(load_rulebook(load_settings().rules_folder))


def page(*paragraphs: str, title: str | None = None) -> Document:
    return Document(document_id="page", text="\n\n".join(paragraphs), title=title, published=PUBLISHED)


def stories_of(splitter: StorySplitter, *paragraphs: str) -> list[list[str]]:
    return [[sentence.quote for sentence in story.sentences] for story in splitter.split(page(*paragraphs))]


def claims_of(extractor: Extractor, *paragraphs: str) -> list[Claim]:
    return extractor.extract(page(*paragraphs))


CAIRO = "Four people were killed in Cairo on Monday when a wall fell."
LIMA = "Two clerks were shot dead in Lima on Tuesday."
PLAIN = "Nine people were wounded when a bridge fell."


class TestSplitting:
    def test_paragraphs_are_one_story(self, splitter: StorySplitter) -> None:
        assert stories_of(splitter, CAIRO, PLAIN) == [[CAIRO, PLAIN]]

    @pytest.mark.parametrize("mark", ["* * *", "***", "---", "_____", "=====", "###"])
    def test_a_line_of_marks_parts_stories(self, splitter: StorySplitter, mark: str) -> None:
        assert stories_of(splitter, CAIRO, mark, LIMA) == [[CAIRO], [LIMA]]

    @pytest.mark.parametrize(
        "notice",
        [
            "Copyright 2025 Harbour Herald. All rights reserved.",
            "\u00a9 2025 Harbour Herald",
            "(C) Harbour Herald",
            "(C) 2024 Harbour Herald",
            "Legal notice: these pages belong to Harbour Herald.",
            "No part of this page may be copied.",
            "Our reports may not be reproduced without written permission.",
        ],
    )
    def test_a_notice_ends_the_article_and_what_follows_is_one_story_a_paragraph(
        self, splitter: StorySplitter, notice: str
    ) -> None:
        assert stories_of(splitter, CAIRO, notice, LIMA, PLAIN) == [[CAIRO], [LIMA], [PLAIN]]

    def test_an_agency_tag_closes_its_story(self, splitter: StorySplitter) -> None:
        tagged = "The wall was a century old. (NEWSAG)"
        first, second = stories_of(splitter, CAIRO, tagged, LIMA)
        assert " ".join(first) == f"{CAIRO} {tagged}"
        assert second == [LIMA]

    @pytest.mark.parametrize(
        "teaser",
        [
            "Read also: 41 feared dead as ferry sinks",
            "READ MORE: 41 feared dead as ferry sinks",
            "Watch: 41 feared dead as ferry sinks",
            "Related: 41 feared dead as ferry sinks",
            "Photo: mourners bury four of the dead",
            "Tags: 12 dead, flood",
        ],
    )
    def test_a_teaser_or_credit_is_left_out_and_the_story_goes_on(self, splitter: StorySplitter, teaser: str) -> None:
        assert stories_of(splitter, CAIRO, teaser, PLAIN) == [[CAIRO, PLAIN]]

    def test_a_long_paragraph_is_news_whatever_it_begins_with(self, splitter: StorySplitter) -> None:
        long = "Copyright was at the heart of the dispute. " + "The court sat for days. " * 60
        assert len(stories_of(splitter, long)) == 1

    def test_the_title_belongs_to_the_first_story_only(self, splitter: StorySplitter) -> None:
        stories = splitter.split(page(CAIRO, "***", LIMA, title="Wall falls in Cairo"))
        assert [story.title is not None for story in stories] == [True, False]
        assert [story.index for story in stories] == [0, 1]

    def test_a_page_without_words_has_no_story(self, splitter: StorySplitter) -> None:
        for text in ("", "\n\n", "***\n\n***"):
            assert splitter.split(Document(document_id="blank", text=text)) == []


class TestNothingLeaks:
    @pytest.mark.parametrize("between", ["***", "Copyright 2025 Harbour Herald. All rights reserved."])
    def test_place_and_date_stay_in_their_story(self, extractor: Extractor, between: str) -> None:
        first, second = claims_of(extractor, CAIRO, between, PLAIN)
        assert (first.places, first.country) == (("Cairo",), "EGY")
        assert (first.date_start, first.date_end) == (date(2025, 3, 3), date(2025, 3, 3))
        assert (second.places, second.country) == ((), None)
        assert (second.date_start, second.date_end) == (None, None)

    def test_each_story_has_its_own(self, extractor: Extractor) -> None:
        first, second = claims_of(extractor, CAIRO, "***", LIMA)
        assert (first.places[0], first.country, first.date_start) == ("Cairo", "EGY", date(2025, 3, 3))
        assert (second.places[0], second.country, second.date_start) == ("Lima", "PER", date(2025, 3, 4))
        assert first.story != second.story

    def test_a_page_of_stories_reads_like_its_stories_alone(self, extractor: Extractor) -> None:
        together = claims_of(extractor, CAIRO, "***", LIMA, "***", PLAIN)
        for claim, alone in zip(together, (CAIRO, LIMA, PLAIN), strict=True):
            (single,) = claims_of(extractor, alone)
            assert (claim.measure, claim.count_text, claim.places, claim.country, claim.date_start) == (
                single.measure, single.count_text, single.places, single.country, single.date_start,
            )  # fmt: skip

    def test_a_source_is_not_carried_into_the_next_story(self, extractor: Extractor) -> None:
        told = "Four people were killed in Cairo, the civil defence said."
        first, second = claims_of(extractor, told, "***", "It said two people were hurt.")
        assert first.source is not None
        assert "civil defence" in first.source
        assert second.source is None or "civil defence" not in second.source

    def test_within_a_story_the_place_carries_over(self, extractor: Extractor) -> None:
        first, second = claims_of(extractor, CAIRO, "Nine others were wounded.")
        assert second.places == first.places
        assert second.date_start == first.date_start

    def test_a_pronoun_does_not_reach_into_another_story(self, extractor: Extractor) -> None:
        (claim,) = claims_of(extractor, "Omar Haddad was elected mayor.", "***", "He was shot dead.")
        assert claim.victims is None or "Haddad" not in claim.victims


class TestNotNews:
    @pytest.mark.parametrize(
        "paragraph",
        [
            "Copyright 2025. Reports of 12 people killed may not be reproduced. All rights reserved.",
            "Read also: 41 feared dead as ferry sinks",
            "Photo: mourners bury four men killed in the blast",
            "Reporting by Omar Haddad, who was injured in 2023",
            "Related: 12 dead in market blast",
        ],
    )
    def test_it_yields_no_claim(self, extractor: Extractor, paragraph: str) -> None:
        assert claims_of(extractor, paragraph) == []
        assert [claim.count_text for claim in claims_of(extractor, CAIRO, paragraph)] == ["Four"]
