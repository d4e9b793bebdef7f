"""The word lists and the organisations hold what their readers rely on: order, spelling, no word in two camps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "rules"
WORDS = RULES / "en" / "words"
LISTS = (
    "abbreviations",
    "carry_pronouns",
    "first_names",
    "groups",
    "kin",
    "kin_plural",
    "not_persons",
    "person_adjectives",
    "persons",
    "persons_plural",
    "say_participles",
    "say_verbs",
    "source_nouns",
    "titles",
    "victim_adverbs",
)
KINDS = frozenset(
    [
        "health_ministry",
        "interior_ministry",
        "defence_ministry",
        "government",
        "civil_defence",
        "army",
        "police",
        "hospital",
        "un_body",
        "ngo",
        "monitor",
        "armed_group",
        "news_agency",
        "media_office",
        "court",
        "witness",
        "relative",
        "anonymous",
        "research",
        "local_authority",
    ]
)


def read_list(name: str) -> list[str]:
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def organisations() -> list[dict[str, object]]:
    found = tomllib.loads((RULES / "organisations.toml").read_text(encoding="utf-8"))["organisation"]
    assert isinstance(found, list)
    return found


def aliases_of(entry: dict[str, object]) -> list[str]:
    aliases = entry["aliases"]
    assert isinstance(aliases, list)
    return aliases


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_sorted_unique_and_folded(name: str) -> None:
    entries = read_list(name)
    assert entries, "an empty list would silently switch its class off"
    assert entries == sorted(set(entries))
    assert [entry for entry in entries if entry != entry.lower() or entry != " ".join(entry.split())] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_tells_its_reason_source_and_licence(name: str) -> None:
    header = [line for line in (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    assert len(header) >= 2
    assert "Source:" in " ".join(header)
    assert "icence" in " ".join(header)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("persons", "not_persons"),
        ("persons", "kin"),
        ("persons", "groups"),
        ("persons_plural", "not_persons"),
        ("kin", "not_persons"),
        ("groups", "not_persons"),
        ("first_names", "not_persons"),
        ("persons", "victim_adverbs"),
    ],
)
def test_no_word_stands_in_two_camps(one: str, other: str) -> None:
    assert set(read_list(one)) & set(read_list(other)) == set()


@pytest.mark.parametrize(
    "word",
    [
        "more",
        "have",
        "same",
        "others",
        "body",
        "casualty",
        "party",
        "case",
        "star",
        "model",
        "target",
        "lead",
        "head",
        "contact",
        "host",
        "subject",
        "carrier",
        "longer",
    ],
)
def test_no_person_is_called_this(word: str) -> None:
    assert word not in read_list("persons")


@pytest.mark.parametrize(
    "word",
    [
        "person",
        "man",
        "woman",
        "child",
        "civilian",
        "soldier",
        "militant",
        "gunman",
        "migrant",
        "officer",
        "passenger",
        "farmer",
        "nurse",
        "bomber",
        "hutu",
        "yazidi",
    ],
)
def test_persons_are_called_this(word: str) -> None:
    assert word in read_list("persons")


@pytest.mark.parametrize("word", ["people", "men", "policewomen", "troops", "police", "personnel", "passers-by"])
def test_plurals_that_no_ending_gives(word: str) -> None:
    assert word in read_list("persons_plural")


def test_every_man_and_woman_has_a_plural() -> None:
    plurals = set(read_list("persons_plural"))
    regular = ("german", "human", "roman", "ottoman", "brahman", "shaman", "turkoman", "turcoman")
    singles = [word for word in read_list("persons") if word.endswith("man") and not word.endswith(regular)]
    assert [word for word in singles if word[:-3] + "men" not in plurals] == []


@pytest.mark.parametrize(
    "word", ["killed", "wounded", "injured", "dead", "missing", "displaced", "detained", "abducted"]
)
def test_harm_is_no_mere_adjective(word: str) -> None:
    assert word not in read_list("person_adjectives")


@pytest.mark.parametrize(
    "word", ["may", "mark", "will", "grant", "hope", "rose", "miles", "else", "per", "france", "sanaa"]
)
def test_ordinary_words_and_places_are_no_first_names(word: str) -> None:
    assert word not in read_list("first_names")


def test_organisations_are_well_formed() -> None:
    for entry in organisations():
        assert set(entry) <= {"id", "name", "kind", "country", "aliases"}, entry["id"]
        assert entry["kind"] in KINDS, entry["id"]
        assert entry["name"], entry["id"]
        assert aliases_of(entry), entry["id"]
        country = entry.get("country")
        assert country is None or (isinstance(country, str) and len(country) == 3 and country.isupper()), entry["id"]


def test_organisation_ids_are_unique_and_sorted() -> None:
    ids = [str(entry["id"]) for entry in organisations()]
    assert len(ids) >= 320
    assert ids == sorted(set(ids))


def test_an_alias_names_one_organisation_only() -> None:
    owners: dict[str, object] = {}
    for entry in organisations():
        for alias in aliases_of(entry):
            owner = owners.setdefault(alias.casefold(), entry["id"])
            assert owner == entry["id"], f"{alias!r} names both {owner} and {entry['id']}"
            assert not alias.lower().startswith("the "), alias


@pytest.mark.parametrize(
    ("alias", "organisation"),
    [
        ("Gaza's health ministry", "pse-health-ministry"),
        ("Hamas-run health ministry", "pse-health-ministry"),
        ("Syrian Observatory for Human Rights", "sohr"),
        ("IDF", "isr-army"),
        ("RSF", "rsf-sudan"),
        ("OCHA", "un-ocha"),
        ("witnesses", "any-witness"),
    ],
)
def test_known_speakers_are_found(alias: str, organisation: str) -> None:
    assert organisation in [entry["id"] for entry in organisations() if alias in aliases_of(entry)]


def test_one_row_never_joins_two_independent_origins() -> None:
    owner = {alias: entry["id"] for entry in organisations() for alias in aliases_of(entry)}
    assert owner["Haaretz"] != owner["Times of Israel"]
    assert owner["Al-Haq"] != owner["Addameer"]
    assert owner["Hezbollah"] != owner["National News Agency"]
