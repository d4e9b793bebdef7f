"""The compiled index gives back what was put in, is the same bytes each time, and says what to do when it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import GazetteerError
from tracker.gazetteer.builder import compile_index
from tracker.gazetteer.index import SOUND, PlaceIndex, read_digest
from tracker.gazetteer.sources import Division, assemble, short_names

COUNTRIES = {"PS": {"iso3": "PSE"}, "FR": {"iso3": "FRA"}}
CITIES = {
    "1": {"geonameid": 1, "name": "Dayr al Balaḩ", "latitude": 31.41834, "longitude": 34.34933, "countrycode": "PS",
          "population": 59504, "admin1code": "GZ",
          "alternatenames": ["Der el Bela", "dyr alblh", "DBL", "X", "دير البلح", "加沙", "123"]},
    "2": {"geonameid": 2, "name": "Nice", "latitude": 43.7, "longitude": -7.26, "countrycode": "FR",
          "population": 342669, "admin1code": "93", "alternatenames": []},
}  # fmt: skip
ADMIN1 = [Division("PS.GZ", "Gaza Strip", "Gaza Strip", 281132)]
ADMIN2 = [Division("PS.GZ.1", "Deir Al Balah Governorate", "Deir Al Balah Governorate", 9)]
DIGEST = b"d" * 32


@pytest.fixture
def index_file(tmp_path: Path) -> Path:
    path = tmp_path / "places.idx"
    path.write_bytes(compile_index(assemble(CITIES, COUNTRIES, ADMIN1, ADMIN2), DIGEST))
    return path


def test_finds_what_was_stored(index_file: Path) -> None:
    index = PlaceIndex(index_file)
    ((town, is_main),) = index.find("dayr al balah")
    assert is_main
    assert (town.name, town.country, town.admin1, town.geonames_id) == ("Dayr al Balaḩ", "PSE", "Gaza Strip", 1)
    assert (town.latitude, town.longitude) == (31.41834, 34.34933)
    assert [hit.place for hit in index.find("دير البلح")] == [town]
    assert not index.find("der el bela")[0].is_main
    assert town in [hit.place for hit in index.find(SOUND + "dir bala")]
    assert index.find("nice")[0].place.longitude == -7.26
    assert index.longest_from("dayr") == 3
    assert index.longest_from("nowhere") == 0


@pytest.mark.parametrize("noise", ["dyr alblh", "dbl", "x", "加沙", "123", ""])
def test_leaves_codes_and_skeletons_out(index_file: Path, noise: str) -> None:
    assert PlaceIndex(index_file).find(noise) == []


def test_a_division_is_found_without_the_word_for_it(index_file: Path) -> None:
    places = [hit.place.kind for hit in PlaceIndex(index_file).find("deir al balah")]
    assert places == ["admin2"]
    assert short_names("Tunis Governorate", frozenset({"governorate"})) == ("Tunis",)
    assert short_names("Department of Arauca", frozenset({"department"})) == ("Arauca",)
    assert short_names("Borno", frozenset({"state"})) == ()


def test_same_sources_same_bytes(index_file: Path) -> None:
    backwards = dict(reversed(CITIES.items()))
    again = compile_index(assemble(backwards, COUNTRIES, ADMIN1[::-1], ADMIN2[::-1]), DIGEST)
    assert again == index_file.read_bytes()
    assert read_digest(index_file) == DIGEST


@pytest.mark.parametrize("damage", [b"", b"places0l" + b"\0" * 200, None], ids=["empty", "other version", "cut short"])
def test_a_broken_index_names_the_command(index_file: Path, damage: bytes | None) -> None:
    index_file.write_bytes(index_file.read_bytes()[:-5] if damage is None else damage)
    with pytest.raises(GazetteerError, match="tracker gazetteer build"):
        PlaceIndex(index_file)


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="tracker gazetteer build"):
        PlaceIndex(tmp_path / "places.idx")
    assert read_digest(tmp_path / "places.idx") is None
