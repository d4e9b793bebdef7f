"""Places of the harm: not the speaker's, not the victims' origin, not the ends of a journey, but the nearest named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.extract.places.finding import HarmPlace, PlaceFinder, PlaceMention, StoryPlaces
from tracker.extract.text.matching import spans_of_line_rule
from tracker.extract.text.sentences import Sentence, split_paragraphs, split_sentences
from tracker.gazetteer import Gazetteer
from tracker.rulebook import load_rulebook
from tracker.rulebook.examples import check_examples

RULES = Path(__file__).parents[2] / "rules"
RULEBOOK = load_rulebook(RULES)


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(RULEBOOK, Gazetteer.open(RULES))


def split(text: str) -> list[Sentence]:
    abbreviations = RULEBOOK.words("abbreviations")
    return [
        sentence
        for number, (start, end) in enumerate(split_paragraphs(text))
        for sentence in split_sentences(text, start, end, number, abbreviations)
    ]


def find(finder: PlaceFinder, text: str, outlet: str | None = None) -> list[PlaceMention]:
    return finder.find(split(text), None, outlet)


def harm(
    finder: PlaceFinder, text: str, counted: str, title: str | None = None, speaker: str | None = None
) -> HarmPlace:
    """The place of the harm whose count is the word `counted`; `speaker` are the words that name the source."""
    sentences = split(text)
    heading = Sentence(title, 0, len(title), 0) if title else None
    mentions = finder.find(sentences, heading, None)
    ranges = [(number, *tokens_of(s, speaker)) for number, s in enumerate(sentences) if speaker and speaker in s.quote]
    number = next(n for n, s in enumerate(sentences) if any(t.text == counted for t in s.tokens))
    return StoryPlaces(mentions, sentences, ranges).of_harm(number, tokens_of(sentences[number], counted))


def tokens_of(sentence: Sentence, words: str) -> tuple[int, int]:
    start = sentence.text.index(words, sentence.start)
    inside = [n for n, t in enumerate(sentence.tokens) if start <= t.start < start + len(words)]
    return inside[0], inside[-1] + 1


def test_rules_keep_their_examples() -> None:
    assert [str(failure) for failure in check_examples(RULEBOOK.rules("places"), spans_of_line_rule)] == []


def test_no_rule_matches_without_a_word_that_it_needs() -> None:
    texts = [example.text for rule in RULEBOOK.rules("places") for example in rule.matches]
    for rule in RULEBOOK.rules("places"):
        for text in texts:
            words = Sentence(text, 0, len(text), 0).line.split(" ")
            if rule.values["needs"] and set(words).isdisjoint(rule.values["needs"]):
                assert spans_of_line_rule(rule, text) == []


@pytest.mark.parametrize(
    ("text", "counted", "places", "country"),
    [
        ("Nine men were shot in Maiduguri, Borno, Nigeria.", "Nine", ("Maiduguri", "Borno", "Nigeria"), "NGA"),
        ("A bus fell into a gorge in Peru's Cusco region, killing nine.", "nine", ("Cusco", "Peru"), "PER"),
        ("Nine died near the border town of Kassala in eastern Sudan.", "Nine", ("Kassala", "Sudan"), "SDN"),
        ("Jihadists attacked the town of Djibo, killing nine.", "nine", ("Djibo",), "BFA"),
        ("Nine were killed in the Georgian capital Tbilisi.", "Nine", ("Tbilisi",), "GEO"),
        ("The Kabul bombing killed nine.", "nine", ("Kabul",), "AFG"),
        ("US strikes on fighters in Yemen's capital Sanaa killed nine.", "nine", ("Sanaa", "Yemen"), "YEM"),
        ("Two leaders were killed in a French military operation.", "Two", (), None),
        ("Nine were killed in US drone strikes in Somalia.", "Nine", ("Somalia",), "SOM"),
        ("Nine were killed in U.S. airstrikes.", "Nine", (), None),
        ("Nine were killed in Syria airstrikes.", "Nine", ("Syria",), "SYR"),
        # the name of an armed group is no place, what only describes a place is no part of its name
        ("The Popular Front for the Liberation of Palestine killed nine in Paris.", "nine", ("Paris",), "FRA"),
        ("Islamic State fighters killed nine in Mosul.", "nine", ("Mosul",), "IRQ"),
        ("Nine were killed in Kurdish-held Hasakah, Syria.", "Nine", ("Hasakah", "Syria"), "SYR"),
        ("Nine were killed in the Alawite village of Aqrab, Syria.", "Nine", ("Aqrab", "Syria"), "SYR"),
        # names go on beyond a small word and a possessive
        ("Nine were shot in the People's Republic of China.", "Nine", ("People's Republic of China",), "CHN"),
        ("Nine died in Ain El Debba, Lebanon.", "Nine", ("Ain El Debba", "Lebanon"), "LBN"),
        ("A bomb killed nine outside Zinder Women's Hospital.", "nine", ("Zinder Women's Hospital",), "NER"),
        ("Nine were killed in a Kenyan police operation.", "Nine", (), "KEN"),
        # lists belong together, counts apart do not
        ("Nine died in Jabalia and Rafah in the Gaza Strip.", "Nine", ("Jabalia", "Rafah", "Gaza Strip"), "PSE"),
        ("Floods killed nine in Texas and four in Oklahoma.", "nine", ("Texas",), "USA"),
        ("Floods killed nine in Texas and four in Oklahoma.", "four", ("Oklahoma",), "USA"),
        # named sites, known or not, come first; Gaza and the West Bank are PSE
        ("Troops shot nine in Jenin refugee camp.", "nine", ("Jenin refugee camp",), "PSE"),
        ("Nine died at Litoral Penitentiary in Guayaquil.", "Nine", ("Litoral Penitentiary", "Guayaquil"), "ECU"),
        ("Nine were hurt at Goma's international airport.", "Nine", ("Goma's international airport",), "COD"),
        ("Shells killed nine in Nablus, in the West Bank.", "nine", ("Nablus", "West Bank"), "PSE"),
        # a name that nobody knows is a place by its cue
        ("Nine drowned in the village of Xabalo, Kenya.", "Nine", ("Xabalo", "Kenya"), "KEN"),
        # not the places of a journey, of origin, of treatment, not roads
        ("A boat from Zuwara to Lampedusa sank off the coast of Tunisia and nine died.", "nine", ("Tunisia",), "TUN"),
        ("A flight from Lagos to Accra crashed near Cotonou, killing 30.", "30", ("Cotonou",), "BEN"),
        ("Two tourists from Lyon were stabbed in Marrakesh.", "Two", ("Marrakesh",), "MAR"),
        ("Five were taken to a hospital in Kampala after a blast in Gulu.", "Five", ("Gulu",), "UGA"),
        ("Nine died on Mombasa Road in Nairobi.", "Nine", ("Nairobi",), "KEN"),
        # nationality is no place; the place fled from is
        ("Two Nigerians were stabbed in Johannesburg.", "Two", ("Johannesburg",), "ZAF"),
        ("Some 900 fled from Goma to Rwanda.", "900", ("Goma",), "COD"),
        ("Israeli soldiers killed two Palestinians.", "two", (), "ISR"),
        # a description stands for what the story names
        ("Men quarrelled in Oujda. Nine died in the Moroccan city.", "Nine", ("Oujda",), "MAR"),
        # capitals say nothing, or are missing
        ("NINE PEOPLE WERE KILLED IN AN AIR STRIKE ON KHARTOUM, SUDAN.", "NINE", ("KHARTOUM", "SUDAN"), "SDN"),
        ("nine people were killed in an air strike on khartoum.", "nine", ("khartoum",), "SDN"),
        # nowhere in particular
        ("Some 900 people have died of it worldwide, 20 of them on Monday.", "900", (), None),
        ("Nine people were killed.", "Nine", (), None),
    ],
)
def test_place_in_the_sentence_of_the_harm(
    finder: PlaceFinder, text: str, counted: str, places: tuple[str, ...], country: str | None
) -> None:
    found = harm(finder, text, counted)
    assert (found.places, found.country) == (places, country)


@pytest.mark.parametrize(
    ("text", "counted", "places", "basis"),
    [
        ("KHARTOUM, Sudan (AP) — Nine died when shells hit a market.", "Nine", ("KHARTOUM", "Sudan"), "dateline"),
        ("LONDON — Nine were killed in Aleppo, Syria.", "Nine", ("Aleppo", "Syria"), "own"),
        ("NAKURU, Kenya — Nine died near Gilgil.", "Nine", ("Gilgil", "Kenya"), "own"),
        ("A drone hit a hotel in Odesa. Nine guests were killed.", "Nine", ("Odesa",), "previous"),
        ("Nine guests were killed. The hotel in Odesa burned down.", "Nine", ("Odesa",), "next"),
        ("Mali's army said nothing. Nine were killed near Gao.", "Nine", ("Gao", "Mali"), "own"),
    ],
)
def test_place_carried_over(finder: PlaceFinder, text: str, counted: str, places: tuple[str, ...], basis: str) -> None:
    found = harm(finder, text, counted)
    assert (found.places, found.basis) == (places, basis)


def test_title_gives_the_place_last(finder: PlaceFinder) -> None:
    found = harm(finder, "Nine people were killed at a wedding.", "Nine", title="Gunmen raid village in Niger")
    assert (found.places, found.country, found.basis) == (("Niger",), "NER", "title")


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Nine died in Gulu.", "exact"),
        ("Nine died near Gulu.", "vicinity"),
        ("Nine died in Borno state.", "admin1"),
        ("Nine died in Uganda.", "country"),
        ("Nine died in the Mediterranean Sea.", "sea"),
    ],
)
def test_precision(finder: PlaceFinder, text: str, precision: str) -> None:
    assert harm(finder, text, "Nine").precision == precision


def test_speakers_place_is_not_the_harms(finder: PlaceFinder) -> None:
    text = "The ministry in Moscow said nine men were killed in Donetsk."
    assert harm(finder, text, "nine", speaker="The ministry in Moscow").places == ("Donetsk",)
    text = "The ministry in Moscow said nine men were killed."
    assert harm(finder, text, "nine", speaker="The ministry in Moscow").places == ()


def test_place_of_people_who_speak_of_where_they_are_is_the_last_resort(finder: PlaceFinder) -> None:
    text = "Hospital staff in Gulu said nine men were killed."
    found = harm(finder, text, "nine", speaker="Hospital staff in Gulu")
    assert (found.places, found.basis) == (("Gulu",), "speaker")
    text = "Hospital staff in Gulu said nine men were killed in Kitgum."
    assert harm(finder, text, "nine", speaker="Hospital staff in Gulu").places == ("Kitgum",)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Nine died in Paris, Texas.", "Paris", "USA"),
        ("Nine died in Paris.", "Paris", "FRA"),
        ("Nine died in Tripoli, Lebanon.", "Tripoli", "LBN"),
        ("Nine died in Tripoli. Libya mourned them.", "Tripoli", "LBY"),
        ("Greece mourned. Nine died at Tempe.", "Tempe", None),
        ("Nine died at the Al Noor Mosque in Kirkuk.", "Al Noor Mosque", None),
    ],
)
def test_ambiguous_names(finder: PlaceFinder, text: str, name: str, country: str | None) -> None:
    mention = next(m for m in find(finder, text) if m.text == name)
    assert (mention.place.country if mention.place else None) == country


def test_a_story_filed_under_a_country_keeps_to_it(finder: PlaceFinder) -> None:
    text = "LEBANON. A clerk who had lived in Munich was shot. Nine died in Tripoli."
    assert {m.place.country for m in find(finder, text) if m.place} == {"LBN"}


def test_outlet_settles_what_the_story_leaves_open(finder: PlaceFinder) -> None:
    by_outlet = [
        next(m.place.country for m in find(finder, "Nine died in Córdoba.", outlet) if m.place)
        for outlet in ("ESP", "ARG")
    ]
    assert by_outlet == ["ESP", "ARG"]


@pytest.mark.parametrize(
    "text",
    [
        "Nine fans cheered Paris Hilton.",
        "Police and March winds brought Nice words.",
        "Dr Jackson spoke, and Jackson was cheered.",
    ],
)
def test_names_that_are_no_places(finder: PlaceFinder, text: str) -> None:
    assert [m.text for m in find(finder, text) if m.role not in ("demonym", "speaker")] == []


def test_bodies_named_after_places_are_speakers(finder: PlaceFinder) -> None:
    roles = {m.text: m.role for m in find(finder, "The Uganda Red Cross told the Tehran Times of it.")}
    assert roles == {"Uganda Red Cross": "speaker", "Tehran Times": "speaker"}


SENTENCE = """
Nine people were killed in at near on from to of the The said , . ; — ( ) 's and who Gaza Jenin camp Paris Texas Aleppo
airport Nigeria Nigerian Kano state March Police Xabalo village Road Mount hospital West Bank Al - Qaim
"""
WORDS = SENTENCE.split()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.integers(0, 24), st.integers(0, 24))
def test_ranges_slice_back_and_speakers_are_never_the_harm(
    finder: PlaceFinder, words: list[str], one: int, other: int
) -> None:
    text = " ".join(words)
    sentences = split(text)
    mentions = finder.find(sentences, None, None)
    assert mentions == finder.find(split(text), None, None)
    assert mentions == sorted(mentions, key=lambda m: (m.sentence, m.first, m.last))
    for m in mentions:
        tokens = sentences[m.sentence].tokens
        assert 0 <= m.first < m.last <= len(tokens)
        if not m.is_described and m.role != "worldwide":
            assert m.text == text[tokens[m.first].start : tokens[m.last - 1].end]
    first, last = sorted((one, other))
    found = StoryPlaces(mentions, sentences, [(0, first, last)]).of_harm(0, (0, 1))
    if found.basis != "speaker":
        assert not any(m.sentence == 0 and first < m.last and m.first < last for m in found.mentions)
