"""Looks names up: hand-made places first, then the compiled index, each in a fixed order of prominence."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import GazetteerError, RuleError
from tracker.gazetteer.index import INDEX, SOUND, Hit, PlaceIndex
from tracker.gazetteer.names import ROMANISED, name_key, sound_key, without_possessive
from tracker.gazetteer.overlays import Overlays, Row, read_overlays
from tracker.gazetteer.places import KINDS, Place
from tracker.gazetteer.words import Run, read_run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PROMINENT = 100_000  # people; enough to be read without a cue in small or in full capitals
_EVIDENT = 15_000  # weight; enough for one word to be read without a cue
_EVIDENT_ROMANISED = 1_000  # people; the same where English has no surnames and words of that shape
_ALTERNATE_SHARE = 20  # a name that is not the place's own weighs a twentieth
_DIVISION_SHARE = 10  # a division of the first order weighs a tenth of the people in its towns


class Ranking(NamedTuple):
    """What a key stands for, and whether one word may be read so without a cue."""

    places: tuple[Place, ...]
    is_evident: bool


class Gazetteer:
    """Place names offline; open one with `Gazetteer.open` and keep it, answers are remembered."""

    def __init__(self, index: PlaceIndex, overlays: Overlays) -> None:
        self._index = index
        self._overlays = overlays
        self._ranked = lru_cache(maxsize=65536)(self._rank)
        self._longest_from = lru_cache(maxsize=65536)(self._find_longest_from)
        self._parents = lru_cache(maxsize=65536)(self._find_parents)
        for row, alias in overlays.aliases:
            overlays.add(self._renamed(row, alias), row.many("alternates"))

    @classmethod
    def open(cls, rules_folder: Path) -> Gazetteer:
        """The gazetteer with the hand-made places of `rules_folder`/places.

        `GazetteerError` where the compiled index is missing or of another version, `RuleError` for a faulty file.
        """
        return cls(PlaceIndex(INDEX), read_overlays(rules_folder / "places"))

    def candidates(self, name: str, cued: bool = False) -> tuple[Place, ...]:
        """All places called `name`, most prominent first; () where unknown.

        Order: countries; then hand-made places; then by weight, the population of a town and a tenth of that of a
        division of the first order (so Kharkiv is the city, Ontario the province), divided by 20 where `name` is not
        the place's own name; then by kind and GeoNames id. A spelling that is no town or division of the first order is
        tried by its sound.

        Names of `never.txt` and demonyms are no places. Where not `cued` (by a preposition of place), names of
        `ambiguous.txt` are none either, nor is a single word that only a small place is called: a town must weigh
        15,000, or have 1,000 people where names are romanised.
        """
        bare = without_possessive(name)
        for spelling in dict.fromkeys((name, bare) if " " in name else (bare, name)):
            if capitals := self._overlays.capitals.get(spelling.replace(".", "")):
                return tuple(capitals)
            key = name_key(spelling)
            if found := self._known(key, sound_key(key), cued):
                return found
        return ()

    def longest(self, words: Sequence[str], at: int, cued: bool = False) -> tuple[int, tuple[Place, ...]] | None:
        """The longest name that begins at `words[at]`: how many words it takes, and its candidates; None where none.

        `words` are verbatim tokens, punctuation included; "Al-Mawasi" may be one token or three, "Cox's" one or two.
        The name begins with a capital, or with a small word before one ("northern Gaza", "al-Shati"). In a text without
        any capitals, only countries, divisions, hand-made places and towns of 100,000 are read, unless `cued`; so is a
        short word in full capitals. A word such as "province" that follows, not taken, puts the candidates of its kind
        first.
        """
        for joined in (True, False):
            run = read_run(words, at, joined)
            if run is None:
                return None
            found = self._longest_in(run, cued)
            if found is not None:
                length, places = found
                return length, self._prefer_kind(places, words, at, at + length)
            if not run.was_joined:
                return None
        return None

    def of_kind(self, places: tuple[Place, ...], noun: str) -> tuple[Place, ...]:
        """`places` with those first that a noun such as "province" can stand for.

        A division of the first order leaves no room for the rest where the likeliest place lies in its country:
        "the state of Washington" is no town, but "Toledo province" is not Toledo in Belize.
        """
        kinds = self._overlays.divisions.get(noun.casefold(), frozenset())
        fitting = tuple(place for place in places if place.kind in kinds)
        if "admin1" in kinds and fitting and places[0].country in {place.country for place in fitting}:
            return fitting
        return (*fitting, *(place for place in places if place.kind not in kinds))

    def demonym(self, word: str) -> str | None:
        """The alpha-3 code of the country whose people or things are called so ("Syrian", "Gazans"), else None."""
        key = word.casefold()
        if word[:1].islower() and (key in self._overlays.ambiguous or key in self._overlays.never):
            return None
        return self._overlays.demonyms.get(key)

    def country(self, alpha3: str) -> Place:
        """The country with this code; `GazetteerError` where there is none."""
        try:
            return self._overlays.countries[alpha3]
        except KeyError:
            raise GazetteerError(
                f"no country of countries.csv has the code {alpha3!r}; correct it or add it."
            ) from None

    def parents(self, place: Place) -> tuple[Place, ...]:
        """What `place` lies in, smallest first: its division of the first order and its country, where known."""
        return self._parents(place)

    def contains(self, outer: Place, inner: Place) -> bool:
        """Whether `inner` is known to lie in `outer`; False for the same place, and where it is not known."""
        if outer == inner:
            return False
        if outer.kind == "country":
            return inner.country == outer.country and inner.kind != "country"
        if inner.kind == "country":
            return (inner.country or "") in self._overlays.parts.get(outer, ())
        same_country = outer.country is not None and outer.country == inner.country
        if outer.kind == "admin1":
            return same_country and inner.admin1 == outer.name
        if outer.kind == "town":
            return same_country and self._overlays.towns.get(inner) == name_key(outer.name)
        parts = self._overlays.parts.get(outer, ())
        return (inner.country or "") in parts or (same_country and (inner.admin1 or "") in parts)

    def check(self) -> None:
        """Prove that the divisions named in the hand-made files exist; `RuleError` names the first that does not."""
        for places in self._overlays.names.values():
            for place in places:
                named = [place.admin1] if place.admin1 else []
                named += [part for part in self._overlays.parts.get(place, ()) if part not in self._overlays.countries]
                for name in named:
                    if self._admin1(place.country, name) is None:
                        raise RuleError(
                            f"places: {place.name!r} names the admin1 {name!r}, which {place.country} has not."
                        )

    def _longest_in(self, run: Run, cued: bool) -> tuple[int, tuple[Place, ...]] | None:
        limit = max(map(self._longest_from, run.first_words))
        sound_limit = self._longest_from(SOUND + run.first_sound) if run.first_sound and not run.is_lower else 0
        for length in range(len(run.pieces), run.shortest - 1, -1):
            if length == 1 and (capitals := self._overlays.capitals.get(run.capitals)):
                return run.pieces[0].size, tuple(capitals)
            for key, sound, size in run.names(length):
                may_sound = sound.count(" ") < sound_limit
                if key.count(" ") >= limit and not may_sound:
                    continue
                found = self._known(key, sound if may_sound else "", cued)
                if found and not cued and (run.is_lower or (length == 1 and run.is_short_capitals)):
                    found = tuple(place for place in found if _is_prominent(place))
                if found:
                    return size, found
        return None

    def _prefer_kind(self, places: tuple[Place, ...], words: Sequence[str], at: int, after: int) -> tuple[Place, ...]:
        if after >= len(words):
            return places
        kinds = self._overlays.divisions.get(words[after].casefold(), frozenset())
        if "admin1" in kinds and not any(place.kind in kinds for place in places):
            # "Zabol province" is none of Zābol, the town, but Zabul.
            sound = sound_key(name_key(" ".join(words[at:after])))
            hits = self._index.find(SOUND + sound) if sound else []
            places = tuple(hit.place for hit in hits if hit.place.kind == "admin1") or places
        return self.of_kind(places, words[after])

    def _known(self, key: str, sound: str, cued: bool) -> tuple[Place, ...]:
        overlays = self._overlays
        if key in overlays.never or key in overlays.demonyms or (not cued and key in overlays.ambiguous):
            return ()
        ranking = self._ranked(key, sound)
        if cued or ranking.is_evident or " " in key:
            return ranking.places
        return ()

    def _rank(self, key: str, sound: str) -> Ranking:
        curated = self._overlays.names.get(key, [])
        hits = self._index.find(key) if key else []
        if sound and not curated and all(hit.place.kind == "admin2" for hit in hits):
            # "Deir al-Balah" is a district by its spelling; its town is written Dayr al Balaḩ.
            curated = self._overlays.sounds.get(sound, [])
            hits = hits + self._index.find(SOUND + sound)
        return _order(curated, hits, key)

    def _renamed(self, row: Row, alias: Place) -> Place:
        """The place of the index that a row without a point gives other names to."""
        key = name_key(alias.name)
        for place in self._rank(key, sound_key(key)).places:
            if place.kind == alias.kind and place.country == alias.country and alias.admin1 in (None, place.admin1):
                return place
        raise row.error(
            f"the index has no {alias.kind} {alias.name!r} in {alias.country}; correct it or give the row a point"
        )

    def _find_longest_from(self, word: str) -> int:
        return max(self._overlays.firsts.get(word, 0), self._index.longest_from(word))

    def _find_parents(self, place: Place) -> tuple[Place, ...]:
        if place.kind == "country" or place.country is None:
            return ()
        country = self.country(place.country)
        division = self._admin1(place.country, place.admin1) if place.admin1 and place.kind != "admin1" else None
        return (division, country) if division else (country,)

    def _admin1(self, country: str | None, name: str | None) -> Place | None:
        for hit in self._index.find(name_key(name or "")):
            if hit.place.kind == "admin1" and hit.place.country == country and hit.place.name == name:
                return hit.place
        return None


def _order(curated: list[Place], hits: list[Hit], key: str) -> Ranking:
    """Hand-made places and places of the index as one ranking, without doubles."""
    items = [(True, Hit(place, True)) for place in curated] + [(False, hit) for hit in hits]
    items.sort(key=_rank_of)
    places = tuple(dict.fromkeys(hit.place for _, hit in items))
    return Ranking(places, bool(curated) or (len(key) > 2 and any(_is_evident(hit) for hit in hits)))


def _rank_of(item: tuple[bool, Hit]) -> tuple[int, float, int, int]:
    by_hand, hit = item
    tier = 0 if hit.place.kind == "country" else 1 if by_hand else 2
    return tier, -_weight(hit), KINDS.index(hit.place.kind), hit.place.geonames_id or 0


def _weight(hit: Hit) -> float:
    weight = float(max(hit.place.population, 1))
    if hit.place.kind == "admin1":
        weight /= _DIVISION_SHARE
    return weight if hit.is_main else weight / _ALTERNATE_SHARE


def _is_evident(hit: Hit) -> bool:
    if hit.place.country in ROMANISED and hit.place.population >= _EVIDENT_ROMANISED:
        return True
    return _weight(hit) >= _EVIDENT or (hit.place.kind == "admin1" and hit.is_main)


def _is_prominent(place: Place) -> bool:
    return place.kind not in ("town", "admin2") or place.population >= _PROMINENT
