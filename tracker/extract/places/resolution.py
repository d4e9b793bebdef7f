"""Which of several places a name means: by what stands beside it, the story's other places, the outlet, and size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tracker.extract.places.mentions import PlaceMention
from tracker.gazetteer import Gazetteer, Place
from tracker.gazetteer.names import name_key, sound_key

# In powers of ten of population.
_BESIDE, _SAME_DIVISION, _SAME_COUNTRY, _OUTLET, _RANK_COST = 8.0, 2.0, 2.5, 2.0, 0.35
_SAME_SENTENCE = 1.0  # the country that the sentence names
_ALTERNATE_COST = 1.0  # what is mostly called otherwise
_WELL_KNOWN = 500_000  # people
_HINT = 1.0  # in powers of ten: another name means a place of that country only
_KNOWN = 100_000  # people: enough to be meant where nothing else is said
_RIVAL = 2  # a namesake with half the people may be meant as well
_KNOWN_OTHERWISE = 15_000  # people: enough for a name that is not the town's own
_FAR_LARGER = 10  # times the people of what the name means in other countries
_LARGE = frozenset(["country", "admin1", "region", "sea"])
_ELSEWHERE = frozenset(["demonym", "origin", "route", "speaker"])
_MOST = 40  # candidates looked at


def resolve(mentions: Sequence[PlaceMention], gazetteer: Gazetteer, outlet_country: str | None) -> list[PlaceMention]:
    """The mentions with their candidates in order of likelihood."""
    story = _Story(
        gazetteer,
        _votes(mentions),
        _votes(m for m in mentions if m.role not in _ELSEWHERE),
        frozenset(
            (m.candidates[0].country, m.candidates[0].admin1)
            for m in mentions
            if m.candidates and m.candidates[0].kind == "admin1" and len({c.country for c in m.candidates}) == 1
        ),
        outlet_country,
        _hints(mentions),
    )
    resolved = []
    for number, mention in enumerate(mentions):
        if len(mention.candidates) > 1:
            beside = [
                place
                for at, other in enumerate(mentions[max(0, number - 3) : number + 4], max(0, number - 3))
                if at != number and (other.sentence, other.chain) == (mention.sentence, mention.chain)
                # "Valparaíso and Lima" are two cities, though a Lima may lie in the region of Valparaíso.
                if (other if at > number else mention).role != "list"
                for place in other.candidates[:8]
            ]
            weigh = partial(story.weigh, mention)
            named = {other.candidates[0].country for other in mentions if _names_land(other, mention)}
            bonus = dict.fromkeys(named, _SAME_SENTENCE)
            ranked = enumerate(mention.candidates[:_MOST])
            ordered = sorted(
                ranked,
                key=lambda item: (-weigh(item[0], item[1], beside) - bonus.get(item[1].country, 0.0), item[0]),
            )
            mention = replace(mention, candidates=tuple(place for _, place in ordered))
        at_home = tuple(place for place in mention.candidates if not story.is_foreign(place))
        if at_home != mention.candidates and (not at_home or story.is_foreign(mention.candidates[0])):
            mention = replace(mention, candidates=at_home)
        if story.is_doubtful(mention):
            mention = replace(mention, candidates=())
        resolved.append(mention)
    return _reconcile(resolved, story)


def _reconcile(mentions: Sequence[PlaceMention], story: _Story) -> list[PlaceMention]:
    """The mentions without what contradicts the place that they lie in: a mosque in Kirkuk is none of New Zealand."""
    settled = list(mentions)
    for at in range(1, len(settled)):
        outer, inner = settled[at], settled[at - 1]
        if outer.role != "nested" or (outer.sentence, outer.chain) != (inner.sentence, inner.chain):
            continue
        if outer.place is None or inner.place is None or outer.place.country == inner.place.country:
            continue
        if outer.place.kind == inner.place.kind == "country":
            continue  # "Ghana, Togo and Benin": a list
        keeper, loser = (at, at - 1) if story.firmness(outer) >= story.firmness(inner) else (at - 1, at)
        country = settled[keeper].candidates[0].country
        fitting = tuple(place for place in settled[loser].candidates if place.country == country)
        settled[loser] = replace(settled[loser], candidates=fitting)
    return settled


def _names_land(other: PlaceMention, mention: PlaceMention) -> bool:
    """Whether another name of the sentence is a country's, and not of somebody's origin, journey or seat."""
    here = other is not mention and other.sentence == mention.sentence and other.role not in _ELSEWHERE
    return here and bool(other.candidates) and other.candidates[0].kind == "country"


@dataclass(frozen=True, slots=True)
class _Story:
    """What the story as a whole says for a place."""

    gazetteer: Gazetteer
    votes: Counter[str]
    scenes: Counter[str]
    """The votes without those of peoples, origins and journeys."""
    divisions: frozenset[tuple[str | None, str | None]]
    outlet_country: str | None
    hints: Counter[str]
    """How many names of the story, be they small towns, mean a place of this country only."""

    def is_foreign(self, place: Place) -> bool:
        """Whether it is a small town of a country where the story does not play."""
        is_small = place.kind in ("town", "admin2") and place.population < _WELL_KNOWN
        return bool(self.scenes) and is_small and place.country not in self.votes

    def is_doubtful(self, mention: PlaceMention) -> bool:
        """Whether nothing but its name speaks for a small town that is called otherwise or has a namesake elsewhere."""
        place = mention.place
        if place is None or place.kind not in ("town", "admin2") or place.population >= _KNOWN:
            return False
        if self.votes or self.outlet_country or self.hints[place.country or ""] > (len(mention.candidates) == 1):
            return False
        key = name_key(mention.text)
        rivals = (
            other for other in mention.candidates if other.country != place.country and name_key(other.name) == key
        )
        if place.population < _KNOWN_OTHERWISE and not _is_called(place, mention):
            return True
        return any(other.population * _RIVAL >= place.population for other in rivals)

    def firmness(self, mention: PlaceMention) -> tuple[int, float]:
        """How little room the first candidate leaves: by what the story says of its country, then by its size."""
        place = mention.candidates[0]
        sized = place.kind in ("country", "admin1") or place.population > 0
        return (self.votes[place.country] if place.country else 0, _size(place) if sized else 0.0)

    def weigh(self, mention: PlaceMention, rank: int, place: Place, beside: Sequence[Place]) -> float:
        """How likely `place` is, `rank` being its number by prominence and `beside` what stands in its chain."""
        # "Paris, Moscow and Rome" does not make Paris the Russian Parizh, nor "Oregon, California" Oregon a town.
        top = mention.candidates[0]
        is_called = (top.kind != "country" and top.population < _WELL_KNOWN) or place.name in (top.name, mention.text)
        fits = top.kind not in _LARGE or place.kind in _LARGE
        is_called = is_called and fits
        weight = _size(place) - min(rank, 10) * _RANK_COST
        if name_key(place.name) != name_key(mention.text) and place.kind != "country":
            weight -= _ALTERNATE_COST
        if is_called and any(
            self.gazetteer.contains(other, place) or self.gazetteer.contains(place, other) for other in beside
        ):
            weight += _BESIDE
        if place.country is None:
            return weight
        weight += _SAME_COUNTRY * min(1.0, self.votes[place.country] / 2)
        weight += _HINT if self.hints[place.country] and not self.votes else 0.0
        if fits and (place.country, place.admin1) in self.divisions and place.kind != "admin1":
            weight += _SAME_DIVISION
        return weight + (_OUTLET if place.country == self.outlet_country else 0.0)


def _votes(mentions: Iterable[PlaceMention]) -> Counter[str]:
    """How often the story speaks of each country, by names that hardly mean anything elsewhere."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        first = mention.place
        if first is None or first.country is None:
            continue
        elsewhere = max((p.population for p in mention.candidates if p.country != first.country), default=None)
        if (
            first.kind == "country"
            or (elsewhere is None and first.kind not in ("town", "admin2"))
            or (first.population >= _WELL_KNOWN and first.population >= _FAR_LARGER * (elsewhere or 0))
        ):
            votes[first.country] += 1
    return votes


def _is_called(place: Place, mention: PlaceMention) -> bool:
    """Whether the name as written is the place's own, be it by its sound or without the word for its kind."""
    own, written = name_key(place.name), name_key(mention.text)
    return own == written or own.startswith(f"{written} ") or (bool(written) and sound_key(own) == sound_key(written))


def _hints(mentions: Iterable[PlaceMention]) -> Counter[str]:
    """How many names mean places of one country only, be they small, by country."""
    hints: Counter[str] = Counter()
    for mention in mentions:
        countries = {place.country for place in mention.candidates}
        if len(countries) == 1 and (country := countries.pop()):
            hints[country] += 1
    return hints


def _size(place: Place) -> float:
    if place.kind == "country" or (place.kind in ("region", "sea") and place.country is None):
        return 9.0  # "the Pacific" and "Europe" are hardly ever towns
    if place.kind in ("region", "sea", "site"):
        return 6.5
    if place.kind == "admin2":
        return 3.0
    return math.log10(place.population / (10 if place.kind == "admin1" else 1) + 10)
