"""Who is said to have given a figure: the source's own words, and only the figures that it answers for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.extract.attribution import Attribution, AttributionFinder, source_for
from tracker.extract.matching import spans_of_line_rule
from tracker.extract.sentences import Sentence, split_paragraphs, split_sentences
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
        ("campus nurses", "[[Hundreds]] were hurt, according to campus nurses, as fans fought in the stands."),
        ("campus nurses", "According to campus nurses, [[hundreds]] were hurt."),
        ("Lena Ortiz, the mayor's spokeswoman", "According to Lena Ortiz, the mayor's spokeswoman, [[nine]] died."),
        ("Lena Ortiz, a cousin of the dead man", "Lena Ortiz, a cousin of the dead man, said [[he]] had been shot."),
        ("Fire chief Lena Ortiz", "Fire chief Lena Ortiz, speaking to reporters, said [[nine]] had died."),
        ("The mayor", "The mayor, for her part, gave the number as [[five]]."),
        ("Ward sisters", "Ward sisters put the number of dead at between [[15]] and 20."),
        ("The union's own bulletin", "The union's own bulletin admits to losing [[four]]."),
        ("Unconfirmed reports from the delta", "Unconfirmed reports from the delta speak of [[five]] dead."),
        ("rebel officers", "The palace dismissed a claim by rebel officers that [[500]] had been killed."),
        ("University data", "University data showed [[37]] deaths."),
        (
            "a tally kept by a local institute",
            "The war has killed [[20,000]], according to a tally kept by a local institute.",
        ),
        ("Ohio", "Ohio reports its [[first]] death from the fever."),
        ("The provincial health office", "The provincial health office said in a statement that [[nine]] had died."),
        ("the health office", "The fever killed [[nine]], said the health office."),
        ("Dr Lena Ortiz", '"We lost [[nine]] of them," said Dr Lena Ortiz, who runs the ward.'),
        ("Lena Ortiz", '"They took [[my]] sons," Lena Ortiz, 51, told a radio station.'),
        ("the coastguard", "[[Nine]] deaths had been confirmed by the coastguard by noon."),
        ("Police", "Police: [[12]] dead in market fire"),
        ("health ministry", "Market fire kills [[12]] – health ministry"),
        ("The movement", "The movement issued a statement saying it had killed [[six]] guards."),
        ("early reports", "The tremor left five dead and, by early reports, [[30]] injured."),
        (
            "their relatives",
            "He left out the [[three]] girls whom, according to their relatives, they led away.",
        ),
        ("the north", "The south had 300 deaths, with the north reporting [[45]]."),
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
        "Hunger has claimed [[29]] lives.",
        "[[Five]] people drowned in the lake (AFP)",
        "The ministry said twelve died. [[Five]] more died in the north.",
        "[[Five]] people drowned. The ministry said twelve were rescued.",
        "The state freed [[52]] men, but lawyers say 1,200 are held.",
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
    text = "The agency reported that a nurse at the hospital had told its stringer [[seven]] bodies were there."
    assert source_at(finder, text) == "a nurse at the hospital"


def test_who_relays_a_record_goes_before_who_kept_it(finder: AttributionFinder) -> None:
    assert source_at(finder, "Clinics recorded [[six]] deaths this week, the ministry said.") == "the ministry"
    assert source_at(finder, "Clinics recorded [[six]] deaths this week.") == "Clinics"


def test_each_of_two_sources_keeps_its_own_figure(finder: AttributionFinder) -> None:
    text = "The army claimed 120 rebels were killed; the rebels' newsletter admits to losing four."
    assert source_at(finder, text.replace("120", "[[120]]")) == "The army"
    assert source_at(finder, text.replace("four", "[[four]]")) == "the rebels' newsletter"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the ministry", "Twelve died, the ministry said. It added that [[five]] more were hurt."),
        ("the ministry", "Twelve died, the ministry said. [[Five]] more were hurt, it said, and a bridge fell."),
        ("camp elders", "Twelve died, camp elders said. In May alone, they said, [[five]] had died."),
        ("Witnesses", "Witnesses said twelve died. According to them, [[five]] were children."),
        ("Dr Omar Aziz", '"We took in twelve," said Dr Omar Aziz. She added that [[five]] had died.'),
        ("Dr Omar Aziz", '"We took in twelve," said Dr Omar Aziz. "[[Five]] of them died."'),
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
