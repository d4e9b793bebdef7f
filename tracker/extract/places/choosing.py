"""Where a harm happened: the places nearest to it in its own sentence, else what its sentence continues."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.extract.places.headings import HEADING, is_entry, is_line
from tracker.extract.places.mentions import TITLE, PlaceMention
from tracker.extract.text.sentences import Sentence
from tracker.gazetteer import Place

_RANKS = {"site": 0, "town": 2, "admin2": 3, "admin1": 4, "region": 5, "sea": 5, "country": 6}
_UNKNOWN_RANK = 1
_PRECISIONS = {"site": "exact", "town": "exact"}
_LOCATIVE = frozenset(["locative", "worldwide"])
_CONTAINERS = frozenset(["locative", "nested", "list", "dateline", "subject", "bare", "event"])
_MARKS = frozenset([",", ";", ":", "-", '"', "(", ")"])
_TOPIC = frozenset(["subject", "bare"])
_SPEAKING = frozenset(["locative", "speaker", "subject", "bare"])
_AROUND = frozenset(["country", "admin1"])
_LANDS = frozenset(["country", "admin1", "region"])
ACTION = "place.action"  # the rule that tells who struck, by the act behind the name
_OF_WEAPON = "place.demonym_of_weapon"  # "an Israeli airstrike" says who struck, not where
_MOST_LIKELY = 3  # candidates of a name
_CLOSE = 2  # sentences before
_MARK_COST, _BEFORE_COST = 3, 2  # in tokens


@dataclass(frozen=True, slots=True)
class HarmPlace:
    """Where a harm happened, and how it is known."""

    places: tuple[str, ...] = ()
    """Names as written, most specific first."""
    country: str | None = None
    """ISO alpha-3."""
    point: Place | None = None
    """The most specific place that the gazetteer knows."""
    precision: str | None = None
    """exact (a site or town), vicinity (near one), admin2, admin1, region, sea or country."""
    alternatives: tuple[Place, ...] = ()
    mentions: tuple[PlaceMention, ...] = ()
    basis: str | None = None
    """own (the harm's sentence), heading, previous, dateline, title, next, subject, speaker, country."""


class StoryPlaces:
    """The places of one story by sentence, read once, and where each of its harms happened."""

    def __init__(
        self,
        mentions: Sequence[PlaceMention],
        sentences: Sequence[Sentence],
        speaker_ranges: Sequence[tuple[int, int, int]] = (),
    ) -> None:
        """`speaker_ranges` are (sentence, first, last) of the words that name sources.

        What they name is where someone speaks; it is taken as the last resort, where the speakers are of the place.
        """
        speaking: dict[int, list[tuple[int, int]]] = {}
        for number, first, last in speaker_ranges:
            speaking.setdefault(number, []).append((first, last))
        spoken: list[PlaceMention] = []
        told: list[PlaceMention] = []
        for mention in mentions:
            (spoken if _is_spoken(mention, speaking.get(mention.sentence, ())) else told).append(mention)
        chains = _chains(told)
        self._sentences = sentences
        self._chains: dict[int, list[list[PlaceMention]]] = {}
        for chain in chains:
            self._chains.setdefault(chain[0].sentence, []).append(chain)
        self._topics = sorted({c[0].sentence for c in chains if c[0].role in _TOPIC})
        self._datelines = [chain for chain in chains if chain[0].role == "dateline"]
        self._local = [c for c in _chains(spoken) if c[0].is_local and c[0].role in _SPEAKING]
        self._own_lands = [chain for chain in _chains(mentions) if _is_own_land(chain[0])]
        self._wider = _wider_places(told)
        self._countries = _Countries(mentions)
        self._known: dict[tuple[int, tuple[int, int], int | None], HarmPlace] = {}

    def of_harm(self, sentence: int, harm: tuple[int, int], next_count: int | None = None) -> HarmPlace:
        """The place of the harm at the token range `harm` of a sentence.

        `next_count` is the first token of the next figure of the sentence: "in Osh four died" belongs to the four.
        """
        asked = (sentence, harm, next_count)
        if asked not in self._known:
            self._known[asked] = self._of_harm(*asked)
        return self._known[asked]

    def _of_harm(self, sentence: int, harm: tuple[int, int], next_count: int | None) -> HarmPlace:
        basis, chosen = self._choose(sentence, harm, next_count)
        if chosen is None:
            near = [c for c in self._local if c[0].sentence == sentence]
            for resort in (self._local, self._own_lands):
                near = near or [c for c in resort if c[0].sentence <= sentence][-1:]
            basis, chosen = ("speaker", near[0]) if near else (None, None)
        if chosen is None:
            country = self._countries.nearest(sentence)
            return HarmPlace(country=country, basis="country" if country else None)
        return self._build(chosen, sentence, basis)

    def _choose(
        self, sentence: int, harm: tuple[int, int], next_count: int | None
    ) -> tuple[str | None, list[PlaceMention] | None]:
        """The chain of places and what it rests on: its own sentence, else the first ground that gives one."""
        by_sentence, sentences = self._chains, self._sentences
        here = by_sentence.get(sentence, [])
        if next_count is not None and len(here) > 1:
            here = [c for c in here if not _opens_next(c, harm, sentences[sentence], next_count)] or here
        for wanted in (_LOCATIVE, frozenset(["event"])):
            own = [chain for chain in here if chain[0].role in wanted]
            if own:
                nearest = min(own, key=lambda chain: _distance(chain, harm, sentences[sentence]))
                inside = [chain for chain in own if _lies_in(chain[0].place, nearest[0].place)]
                return "own", min(
                    inside, key=lambda chain: _distance(chain, harm, sentences[sentence]), default=nearest
                )
        if is_entry(sentences[sentence]):
            for number in range(sentence - 1, -1, -1):
                found = [c for c in by_sentence.get(number, []) if c[0].rule_id == HEADING]
                if found or not is_line(sentences[number]):
                    if found:
                        return "heading", found[0]
                    break
        # What a sentence continues is close by; failing that, a story is about what it begins with.
        for number in [*range(sentence - 1, sentence - 1 - _CLOSE, -1), *range(max(0, sentence - _CLOSE))]:
            found = _placed(by_sentence.get(number, [])) if number >= 0 else []
            if found:
                inside = [chain for chain in found if _lies_in(chain[0].place, found[0][0].place)]
                return "previous", (inside or found)[0]
        if self._datelines:
            return "dateline", self._datelines[0]
        titled = by_sentence.get(TITLE, [])
        found = _placed(titled) or [c for c in titled if c[0].role in ("bare", "subject", "dateline")]
        if found:
            return "title", found[0]
        found = [chain for chain in here if chain[0].role in _TOPIC]
        if found:
            return "subject", min(found, key=lambda chain: _distance(chain, harm, sentences[sentence]))
        found = _placed(by_sentence.get(sentence + 1, []))
        if found:
            return "next", found[0]
        before = bisect_left(self._topics, sentence) - 1
        if before >= 0 and self._topics[before] >= 0:
            return "subject", next(c for c in by_sentence[self._topics[before]] if c[0].role in _TOPIC)
        return None, None

    def _build(self, chosen: Sequence[PlaceMention], sentence: int, basis: str | None) -> HarmPlace:
        members = sorted(chosen, key=_rank)
        if members[0].role == "worldwide":
            return HarmPlace(mentions=tuple(members), basis=basis)
        known = next((m for m in members if m.place is not None), None)
        country = next((m.place.country for m in members if m.place and m.place.kind == "country"), None)
        country = country or next((m.place.country for m in members if m.place and m.place.country), None)
        if country is None and (known is None or known.place is None or known.place.kind not in ("sea", "region")):
            country = self._countries.nearest(sentence)
        members += _containers(members, self._wider, known.place if known else None, country)
        names = tuple(dict.fromkeys(m.text for m in members if m.text))
        point = next((m.place for m in members if m.place), None)
        head = members[0]
        precision = None
        if point is not None:
            precision = _PRECISIONS.get(point.kind, point.kind)
            if precision == "exact" and head.near and point is head.place:
                precision = "vicinity"
        alternatives = known.candidates[1:] if known else ()
        return HarmPlace(names, country, point, precision, alternatives, tuple(members), basis)


def _is_own_land(mention: PlaceMention) -> bool:
    """Whether a land is named by its own health ministry or its like."""
    return mention.is_home and any(place.kind in _LANDS for place in mention.candidates[:_MOST_LIKELY])


def _lies_in(inner: Place | None, outer: Place | None) -> bool:
    if inner is None or outer is None or inner.country != outer.country or _RANKS[inner.kind] >= _RANKS[outer.kind]:
        return False
    return outer.kind == "country" or (outer.kind == "admin1" and inner.admin1 == outer.name)


def _opens_next(chain: Sequence[PlaceMention], harm: tuple[int, int], sentence: Sentence, next_count: int) -> bool:
    """Whether a place stands behind a mark and right before the next figure: "…, in Osh four died"."""
    first, last = chain[0].first, chain[-1].last
    between = [token.folded for token in sentence.tokens[last:next_count]]
    if not harm[1] <= first < last <= next_count or between not in ([], [","]):
        return False
    return any(token.folded in _MARKS for token in sentence.tokens[harm[1] : first])


def _placed(chains: Iterable[list[PlaceMention]]) -> list[list[PlaceMention]]:
    chains = list(chains)
    return [c for c in chains if c[0].role in _LOCATIVE] or [c for c in chains if c[0].role == "event"]


def _chains(mentions: Iterable[PlaceMention]) -> list[list[PlaceMention]]:
    """The mentions that stand together; a chain's first member that is no demonym speaks for it."""
    chains: dict[tuple[int, int], list[PlaceMention]] = {}
    for mention in mentions:
        if mention.role != "demonym":
            chains.setdefault((mention.sentence, mention.chain), []).append(mention)
    return list(chains.values())


def _distance(chain: Sequence[PlaceMention], harm: tuple[int, int], sentence: Sentence) -> int:
    first, last = chain[0].first, chain[-1].last
    if first >= harm[1]:
        gap, cost = (harm[1], first), 0
    elif last <= harm[0]:
        gap, cost = (last, harm[0]), _BEFORE_COST
    else:
        return 0
    marks = sum(token.folded in _MARKS for token in sentence.tokens[gap[0] : gap[1]])
    return gap[1] - gap[0] + cost + _MARK_COST * marks


def _is_spoken(mention: PlaceMention, ranges: Sequence[tuple[int, int]]) -> bool:
    if mention.role == "speaker":
        return True
    if mention.rule_id == "place.counts":
        return False
    return any(first < mention.last and mention.first < last for first, last in ranges)


def _wider_places(mentions: Iterable[PlaceMention]) -> dict[Place, PlaceMention]:
    """The countries and divisions that may stand around another place, each where it is named first."""
    found: dict[Place, PlaceMention] = {}
    for mention in mentions:
        if mention.place is not None and mention.place.kind in _AROUND and mention.role in _CONTAINERS:
            found.setdefault(mention.place, mention)
    return found


def _containers(
    members: Sequence[PlaceMention], wider: Mapping[Place, PlaceMention], point: Place | None, country: str | None
) -> list[PlaceMention]:
    """The division and the country around the place, where the story names them elsewhere."""
    named = {m.place for m in members}
    names_country = any(m.place is not None and m.place.kind == "country" for m in members)
    is_close = point is not None and point.kind in ("town", "site", "admin2")
    found = []
    for place, mention in wider.items():
        if place in named:
            continue
        holds = place.kind == "country" and place.country == country and not names_country
        if point is not None and is_close and place.kind == "admin1":
            holds = (place.country, place.name) == (point.country, point.admin1)
        if holds:
            found.append(mention)
    return sorted(found, key=_rank)


def _rank(mention: PlaceMention) -> int:
    if mention.place is None:
        return _UNKNOWN_RANK
    if mention.place.kind != "site" and mention.rule_id == "place.site":
        return 0
    return _RANKS[mention.place.kind]


class _Countries:
    """The country that each sentence of a story speaks of, be it by its people's name."""

    def __init__(self, mentions: Sequence[PlaceMention]) -> None:
        named = [m for m in mentions if m.place is not None and m.place.country and not _is_actor(m)]
        votes: dict[int, Counter[str]] = {}
        for mention in named:
            if mention.place is not None and mention.role not in ("route", "origin"):
                # A people's name says little where it only describes a person: "a Romanian driver on a Bulgarian road".
                weight = 1 if mention.rule_id == "place.demonym_of_person" else 3
                votes.setdefault(mention.sentence, Counter())[mention.place.country or ""] += weight
        self._by_sentence = {at: max(found, key=lambda code: found[code]) for at, found in votes.items()}
        self._numbers = sorted(number for number in votes if number != TITLE)
        any_ = min(named, key=lambda m: m.role == "route", default=None)
        self._any = any_.place.country if any_ is not None and any_.place is not None else None

    def nearest(self, sentence: int) -> str | None:
        """The country of the sentence, of the nearest one before it that speaks of one, of the title, or of any."""
        at = bisect_right(self._numbers, sentence)
        if at:
            return self._by_sentence[self._numbers[at - 1]]
        return self._by_sentence.get(TITLE, self._any)


def _is_actor(mention: PlaceMention) -> bool:
    """Whether the name says who struck, who is mostly not at home: "a US raid"."""
    return mention.rule_id == _OF_WEAPON or (mention.rule_id == ACTION and mention.role == "demonym")
