"""Who is said to have given a figure: the source's own words, and only the figures that it answers for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.extract.sources.attribution import Attribution, AttributionFinder, source_for
from tracker.extract.text.matching import spans_of_line_rule
from tracker.extract.text.sentences import Sentence, split_paragraphs, split_sentences
from tracker.rulebook import Rulebook, load_rulebook
from tracker.rulebook.examples import check_examples

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(RULES)


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> AttributionFinder:
    return AttributionFinder(rulebook)


def story(text: str) -> list[Sentence]:
    return [
        sentence
        for number, (start, end) in enumerate(split_paragraphs(text))
        for sentence in split_sentences(text, start, end, number, {"dr"})
    ]


def attribution_at(finder: AttributionFinder, marked: str) -> Attribution | None:
    """The attribution of the word that `marked` puts in double square brackets."""
    at = marked.index("[[")
    text = marked.replace("[[", "").replace("]]", "")
    sentences = story(text)
    number = next(number for number, one in enumerate(sentences) if one.start <= at < one.end)
    token = next(token for token, one in enumerate(sentences[number].tokens) if one.start == at)
    return source_for(finder.find(sentences), number, token)


def source_at(finder: AttributionFinder, marked: str) -> str | None:
    attribution = attribution_at(finder, marked)
    return attribution.text if attribution else None


def test_every_rule_matches_its_examples_and_none_of_its_rejects(rulebook: Rulebook) -> None:
    failures = check_examples(rulebook.rules("attribution"), spans_of_line_rule)
    assert [str(failure) for failure in failures] == []


def test_every_match_needs_one_of_the_cues_of_its_rule(rulebook: Rulebook) -> None:
    texts = [example.text for rule in rulebook.rules("attribution") for example in rule.matches]
    for rule in rulebook.rules("attribution"):
        for text in texts:
            sentence = Sentence(text, 0, len(text), 0)
            if rule.pattern.search(sentence.line):
                assert not set(rule.values["cues"]).isdisjoint(sentence.line.split(" ")), (rule.id, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Prison officials", "Prison officials say [[two]] inmates died."),
        ("the harbour master", "[[Two]] sailors drowned, the harbour master said on Friday."),
        ("the harbour master", "[[Two]] sailors, the harbour master said, drowned off the cape."),
        ("the harbour master", "A sailor, the harbour master said, lost [[two]] sons."),
        ("campus nurses", "[[Nineteen]] were burnt, according to campus nurses, as sparks fell on the crowd."),
        ("campus nurses", "According to campus nurses, [[nineteen]] were burnt."),
        ("Lena Ortiz, the mayor's spokeswoman", "According to Lena Ortiz, the mayor's spokeswoman, [[nine]] died."),
        ("Lena Ortiz, a cousin of the dead man", "Lena Ortiz, a cousin of the dead man, said [[he]] had been shot."),
        ("Fire chief Lena Ortiz", "Fire chief Lena Ortiz, speaking to reporters, said [[nine]] had died."),
        ("The verger", "The verger, with some hesitation, gave the total as [[eleven]]."),
        ("Ward sisters", "Ward sisters put the toll at [[41]]."),
        ("The brigade", "The brigade admits to losing [[nineteen]] men in the retreat."),
        ("Letters from the island", "Letters from the island speak of [[forty]] dead."),
        ("the insurer", "The court rejected a claim by the insurer that only [[two]] guests had been hurt."),
        ("University data", "University data showed [[37]] deaths."),
        ("a register kept by the parish", "The winter killed [[61]], according to a register kept by the parish."),
        ("Iceland", "Iceland reports [[three]] deaths from the fever."),
        ("The provincial health office", "The provincial health office said in a statement that [[nine]] had died."),
        ("the health office", "The fever killed [[nine]], said the health office."),
        ("Dr Lena Ortiz", '"[[Nine]] never woke up," said Dr Lena Ortiz, who was on duty.'),
        ("Lena Ortiz", '"The wave took [[two]] cooks," Lena Ortiz, 51, told the inquiry.'),
        ("the coastguard", "[[Nine]] deaths had been confirmed by the coastguard by noon."),
        ("Police", "Police: [[12]] dead in market fire"),
        ("health ministry", "Market fire kills [[12]] – health ministry"),
        ("The movement", "The movement issued a statement saying it had killed [[six]] guards."),
        ("early reports", "The gale drowned two and, by early reports, hurt [[17]]."),
        (
            "their relatives",
            "She drew the [[six]] miners who, according to their relatives, never came up.",
        ),
        ("the islands", "The mainland had 70 deaths, with the islands reporting [[eleven]]."),
    ],
)
def test_the_source_is_given_in_its_own_words(finder: AttributionFinder, source: str, text: str) -> None:
    assert source_at(finder, text) == source


@pytest.mark.parametrize(
    "text",
    [
        "[[Two]] men were killed by police.",
        "Rescue teams have recovered [[12]] bodies.",
        "Doctors treated [[12]] people.",
        "The minister condemned the raid that killed [[12]].",
        "The minister accused the army of killing [[12]] people.",
        "Twelve people were reported killed, [[three]] of them children.",
        "The girl's death brought the toll to [[12]].",
        "The fever has claimed [[17]] lives.",
        "[[Five]] people drowned in the lake (AFP)",
        "The ministry said twelve died. [[Five]] more died in the north.",
        "[[Five]] people drowned. The ministry said twelve were rescued.",
        "The navy buried [[eight]] men, but divers say 20 are missing.",
        "From the border, our correspondent reports that [[two]] guards died.",
        "The minister declined to say how many died in the [[two]] blasts.",
    ],
)
def test_nobody_is_made_a_source_who_gave_no_figure(finder: AttributionFinder, text: str) -> None:
    assert source_at(finder, text) is None


def test_the_origin_goes_before_the_one_who_cites_it(finder: AttributionFinder) -> None:
    for text in (
        "A radio station, citing medical sources, said [[12]] had died.",
        "[[Twelve]] died, a radio station reported, quoting medical sources.",
        "A radio station quoted medical sources as saying [[12]] had died.",
    ):
        attribution = attribution_at(finder, text)
        assert attribution is not None
        assert (attribution.text, (attribution.relayed_by or "").lower()) == ("medical sources", "a radio station")


def test_the_inner_speaker_goes_before_the_outer(finder: AttributionFinder) -> None:
    text = "The gazette reported that a porter at the clinic had told it [[sixteen]] patients were dead."
    assert source_at(finder, text) == "a porter at the clinic"


def test_who_relays_a_record_goes_before_who_kept_it(finder: AttributionFinder) -> None:
    assert source_at(finder, "Clinics recorded [[six]] deaths this week, the ministry said.") == "the ministry"
    assert source_at(finder, "Clinics recorded [[six]] deaths this week.") == "Clinics"


def test_each_of_two_sources_keeps_its_own_figure(finder: AttributionFinder) -> None:
    text = "The line claimed 30 passengers were saved; the crew's union speaks of ten drowned."
    assert source_at(finder, text.replace("30", "[[30]]")) == "The line"
    assert source_at(finder, text.replace("ten", "[[ten]]")) == "the crew's union"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the ministry", "Twelve died, the ministry said. It added that [[five]] more were hurt."),
        ("the ministry", "Twelve died, the ministry said. [[Five]] more were hurt, it said, and a bridge fell."),
        ("stewards", "Twelve fell, stewards said. On the stairs, they said, [[five]] were trodden on."),
        ("Witnesses", "Witnesses said twelve died. According to them, [[five]] were children."),
        ("Dr Omar Aziz", '"There was no warning," said Dr Omar Aziz. She added that [[five]] had died.'),
        ("Dr Omar Aziz", '"There was no warning," said Dr Omar Aziz. "[[Five]] of them died."'),
        ("Dr Omar Aziz", "“It was night. [[Five]] of them died,” said Dr Omar Aziz."),
        ("Dr Omar Aziz", "“It was night. There were [[five]]. We buried them,” said Dr Omar Aziz."),
        ("the spokesman", "The ministry said twelve died. [[Five]] more were hurt, the spokesman said."),
    ],
)
def test_a_source_is_carried_only_with_a_sign_of_it(finder: AttributionFinder, source: str, text: str) -> None:
    assert source_at(finder, text) == source


def test_a_pronoun_takes_up_whom_it_can_stand_for(finder: AttributionFinder) -> None:
    text = "Police closed the road. Nurse Lena Ortiz ran to the scene. She said [[five]] had died."
    assert source_at(finder, text) == "Nurse Lena Ortiz"


def test_a_carried_source_points_to_where_it_was_named(finder: AttributionFinder) -> None:
    attribution = attribution_at(finder, "The navy said twelve died. It added that [[five]] more were hurt.")
    assert attribution is not None
    assert (attribution.source_sentence, attribution.first, attribution.last, attribution.sentence) == (0, 0, 2, 1)


def test_a_bulletin_names_its_issuer_once(finder: AttributionFinder) -> None:
    heading = "Ministry of Health, daily update\n\nDeaths: 12\n\nInjuries: [[30]]"
    footing = "Flood in the delta\n\nDeaths: 12\n\nInjuries: [[30]]\n\nSource: Ministry of Health"
    assert source_at(finder, heading) == "Ministry of Health"
    assert source_at(finder, footing) == "Ministry of Health"


def test_an_article_under_a_headline_is_no_bulletin(finder: AttributionFinder) -> None:
    text = "Police station burnt\n\nA mob set fire to the station and [[two]] men died there.\n\nNobody was held."
    assert source_at(finder, text) is None


def test_organisations_are_known_by_their_aliases(finder: AttributionFinder) -> None:
    named = attribution_at(finder, "OCHA said [[nine]] had died.")
    kind = attribution_at(finder, "Local sources said [[nine]] had died.")
    assert named is not None
    assert (named.source_id, named.source_kind) == ("un-ocha", "un_body")
    assert kind is not None
    assert (kind.source_id, kind.source_kind) == (None, "anonymous")


def test_a_sentence_without_words_of_saying_costs_nothing(finder: AttributionFinder) -> None:
    sentences = story("The mill burned for two nights and nobody came.")
    assert not finder.may_attribute(sentences[0])
    assert finder.find(sentences) == []
