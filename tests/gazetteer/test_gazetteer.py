"""Names of all parts of the world find the right place; words and people's names stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import GazetteerError
from tracker.gazetteer import Gazetteer, Place, distance_km

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(RULES)


# name, kind, country, admin1 of the most prominent candidate
PLACES = [
    ("Gaza", "admin1", "PSE", "Gaza Strip"),
    ("Gaza City", "town", "PSE", "Gaza Strip"),
    ("West Bank", "admin1", "PSE", "West Bank"),
    ("Jabalia", "town", "PSE", "Gaza Strip"),
    ("Jabaliya", "town", "PSE", "Gaza Strip"),
    ("Deir al-Balah", "town", "PSE", "Gaza Strip"),
    ("Khan Younis", "town", "PSE", "Gaza Strip"),
    ("Khan Yunis", "town", "PSE", "Gaza Strip"),
    ("Khan Younes", "town", "PSE", "Gaza Strip"),
    ("Rafah", "town", "PSE", "Gaza Strip"),
    ("Beit Lahiya", "town", "PSE", "Gaza Strip"),
    ("Beit Hanoun", "town", "PSE", "Gaza Strip"),
    ("Shuja'iyya", "site", "PSE", "Gaza Strip"),
    ("Shujaiya", "site", "PSE", "Gaza Strip"),
    ("Al-Mawasi", "site", "PSE", "Gaza Strip"),
    ("Nuseirat", "site", "PSE", "Gaza Strip"),
    ("Jabalia refugee camp", "site", "PSE", "Gaza Strip"),
    ("Kerem Shalom", "site", "ISR", "Southern District"),
    ("Al-Shifa Hospital", "site", "PSE", "Gaza Strip"),
    ("Nablus", "town", "PSE", "West Bank"),
    ("Jenin camp", "site", "PSE", "West Bank"),
    ("Kfar Aza", "town", "ISR", "Southern District"),
    ("Tel Aviv", "town", "ISR", "Tel Aviv"),
    ("southern Lebanon", "region", "LBN", None),
    ("Tyre", "town", "LBN", "South Governorate"),
    ("Aleppo", "town", "SYR", "Aleppo"),
    ("Idlib", "town", "SYR", "Idlib"),
    ("Deir ez-Zor", "town", "SYR", "Deir ez-Zor"),
    ("Mosul", "town", "IRQ", "Nineveh"),
    ("Hodeidah", "town", "YEM", "Al Hudaydah"),
    ("Hudaydah", "town", "YEM", "Al Hudaydah"),
    ("Taiz", "town", "YEM", "Ta‘izz"),
    ("El Fasher", "town", "SDN", "Northern Darfur"),
    ("Al Fashir", "town", "SDN", "Northern Darfur"),
    ("North Darfur", "admin1", "SDN", "Northern Darfur"),
    ("Zamzam camp", "site", "SDN", "Northern Darfur"),
    ("Omdurman", "town", "SDN", "Khartoum"),
    ("Tigray", "admin1", "ETH", "Tigray"),
    ("Mogadishu", "town", "SOM", "Banaadir"),
    ("Dadaab", "site", "KEN", "Garissa"),
    ("Goma", "town", "COD", "Nord Kivu"),
    ("North Kivu", "admin1", "COD", "Nord Kivu"),
    ("Maiduguri", "town", "NGA", "Borno"),
    ("Borno", "admin1", "NGA", "Borno"),
    ("Ouagadougou", "town", "BFA", "Centre"),
    ("Cabo Delgado", "admin1", "MOZ", "Cabo Delgado"),
    ("Tripoli", "town", "LBY", "Tripoli"),
    ("Kharkiv", "town", "UKR", "Kharkiv"),
    ("Bakhmut", "town", "UKR", "Donetsk"),
    ("Kyiv", "town", "UKR", "Kyiv City"),
    ("Donbas", "region", "UKR", None),
    ("Yekaterinburg", "town", "RUS", "Sverdlovsk Oblast"),
    ("Chechnya", "admin1", "RUS", "Chechnya"),
    ("Kabul", "town", "AFG", "Kabul"),
    ("Khost", "town", "AFG", "Khowst"),
    ("Quetta", "town", "PAK", "Balochistan"),
    ("Srinagar", "town", "IND", "Jammu and Kashmir"),
    ("Cox's Bazar", "town", "BGD", "Chittagong"),
    ("Kutupalong", "site", "BGD", "Chittagong"),
    ("Rakhine", "admin1", "MMR", "Rakhine"),
    ("Marawi", "town", "PHL", "Autonomous Region in Muslim Mindanao"),
    ("Ürümqi", "town", "CHN", "Xinjiang"),
    ("Port-au-Prince", "town", "HTI", "Ouest"),
    ("Petion-Ville", "town", "HTI", "Ouest"),
    ("El Geneina", "town", "SDN", "Western Darfur"),
    ("Qamishli", "town", "SYR", "Al-Hasakah"),
    ("Culiacán", "town", "MEX", "Sinaloa"),
    ("Medellin", "town", "COL", "Antioquia"),
    ("London", "town", "GBR", "England"),
    ("Paris", "town", "FRA", "Île-de-France"),
    ("Utrecht", "town", "NLD", "Utrecht"),
    ("Texas", "admin1", "USA", "Texas"),
    ("Ontario", "admin1", "CAN", "Ontario"),
    ("New York", "town", "USA", "New York"),
    ("Georgia", "country", "GEO", None),
    ("Aegean Sea", "sea", None, None),
    ("Lake Kivu", "sea", None, None),
    ("خان يونس", "town", "PSE", "Gaza Strip"),
    ("Харків", "town", "UKR", "Kharkiv"),
    ("תל אביב", "town", "ISR", "Tel Aviv"),
]


@pytest.mark.parametrize(("name", "kind", "country", "admin1"), PLACES, ids=lambda value: str(value))
def test_finds_the_place_that_a_reporter_means(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None, admin1: str | None
) -> None:
    found = gazetteer.candidates(name, cued=True)
    assert found, name
    assert (found[0].kind, found[0].country, found[0].admin1) == (kind, country, admin1)
    assert found[0].latitude is not None


COUNTRIES = [
    ("Ivory Coast", "CIV"),
    ("DRC", "COD"),
    ("DR Congo", "COD"),
    ("Congo", "COD"),
    ("Burma", "MMR"),
    ("UK", "GBR"),
    ("Britain", "GBR"),
    ("U.S.", "USA"),
    ("US", "USA"),
    ("UAE", "ARE"),
    ("Syria's", "SYR"),
    ("China's", "CHN"),
    ("Gambia", "GMB"),
    ("Kosovo", "XKX"),
    ("Türkiye", "TUR"),
    ("Jordan", "JOR"),
]


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_knows_countries_by_their_common_names(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert gazetteer.candidates(name)[0] == gazetteer.country(code)


@pytest.mark.parametrize("name", ["Nice", "Mobile", "Reading", "Victoria", "Johnson", "Warren", "Columbine"])
def test_ambiguous_names_need_a_cue(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()
    assert gazetteer.candidates(name, cued=True)


@pytest.mark.parametrize(
    "word", ["Of", "March", "Monday", "Police", "The", "Syrian", "Northern", "A", "us", "Minister"]
)
def test_ordinary_words_are_never_places(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.candidates(word) == ()
    assert gazetteer.candidates(word, cued=True) == () or word == "us"


LONGEST = [
    ("Gaza City was hit", 2, "Gaza"),
    ("Gaza ' s hospitals", 1, "Gaza Strip"),
    ("Gaza's hospitals", 1, "Gaza Strip"),
    ("Idlib province", 1, "Idlib"),
    ("Al - Mawasi area", 4, "Al-Mawasi"),
    ("Al-Mawasi coast", 1, "Al-Mawasi"),
    ("al - Shifa hospital in Gaza", 4, "Al-Shifa Hospital"),
    ("Deir al - Balah ,", 4, "Dayr al Balaḩ"),
    ("Shuja ' iyya", 3, "Shuja'iyya"),
    ("Cox 's Bazar district", 3, "Cox's Bazar"),
    ("Cox’s Bazar in the south", 2, "Cox’s Bāzār"),
    ("northern Gaza Strip since", 3, "northern Gaza"),
    ("Port - au - Prince", 5, "Port-au-Prince"),
    ("U.S. forces", 1, "United States"),
    ("US troops", 1, "United States"),
    ("kharkiv was shelled again", 1, "Kharkiv"),
    ("St . Petersburg today", 3, "St.-Petersburg"),
]


@pytest.mark.parametrize(("text", "length", "name"), LONGEST)
def test_takes_the_longest_name(gazetteer: Gazetteer, text: str, length: int, name: str) -> None:
    found = gazetteer.longest(text.split(), 0)
    assert found is not None
    assert (found[0], found[1][0].name) == (length, name)


@pytest.mark.parametrize("text", ["of Nice", "the dead", "' Gaza", ", Gaza", "12 Gaza", "gaza fell , Reuters"])
def test_begins_no_name_without_a_capital(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.longest(text.split(), 0) is None


def test_a_following_word_chooses_the_kind(gazetteer: Gazetteer) -> None:
    words = ["in", "Kharkiv", "region", "and", "in", "Kharkiv", "city"]
    region, city = gazetteer.longest(words, 1), gazetteer.longest(words, 5)
    assert region is not None
    assert city is not None
    assert (region[1][0].kind, city[1][0].kind) == ("admin1", "town")


def test_longest_never_runs_past_the_words(gazetteer: Gazetteer) -> None:
    words = ["Rio", "de", "Janeiro", "-", "'", "New", "York", "Khan", "."]
    for at in range(len(words)):
        found = gazetteer.longest(words, at, cued=True)
        assert found is None or 1 <= found[0] <= len(words) - at


DEMONYMS = [
    ("Syrian", "SYR"),
    ("Palestinians", "PSE"),
    ("Gazans", "PSE"),
    ("French", "FRA"),
    ("Briton", "GBR"),
    ("Polish", "POL"),
    ("polish", None),
    ("Kosovar", "XKX"),
    ("soldier", None),
]


@pytest.mark.parametrize(("word", "code"), DEMONYMS)
def test_demonyms(gazetteer: Gazetteer, word: str, code: str | None) -> None:
    assert gazetteer.demonym(word) == code


def test_places_lie_in_one_another(gazetteer: Gazetteer) -> None:
    def first(name: str) -> Place:
        return gazetteer.candidates(name, cued=True)[0]

    assert [place.name for place in gazetteer.parents(first("El Fasher"))] == ["Northern Darfur", "Sudan"]
    assert [place.name for place in gazetteer.parents(first("Gaza"))] == ["Palestine"]
    assert gazetteer.parents(first("Syria")) == ()
    assert gazetteer.contains(first("Darfur"), first("El Fasher"))
    assert gazetteer.contains(first("Sudan"), first("Darfur"))
    assert gazetteer.contains(first("Gaza"), first("Khan Younis"))
    assert gazetteer.contains(first("Gaza City"), first("Shuja'iyya"))
    assert gazetteer.contains(first("Middle East"), first("Damascus"))
    assert not gazetteer.contains(first("Khan Younis"), first("Gaza"))
    assert not gazetteer.contains(first("Syria"), first("Syria"))
    assert not gazetteer.contains(first("West Bank"), first("Rafah"))


def test_distances_are_great_circles(gazetteer: Gazetteer) -> None:
    london, paris = gazetteer.candidates("London")[0], gazetteer.candidates("Paris")[0]
    assert distance_km(london, paris) == pytest.approx(344, abs=3)
    assert distance_km(london, london) == 0
    assert distance_km(london, Place("x", "admin2", "GBR", None, None, None, None, "x", 0)) is None


def test_an_unknown_country_is_an_error_that_says_so(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="ZZZ"):
        gazetteer.country("ZZZ")


def test_hand_made_places_name_divisions_that_exist(gazetteer: Gazetteer) -> None:
    gazetteer.check()
