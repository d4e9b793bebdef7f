"""Names of places in a sentence: those that the gazetteer knows, and capitalised names that words around make places.

A name takes the noun of its site with it ("Jenin refugee camp"), leaves the noun of its kind ("Hajjah governorate"),
and is none where it belongs to the name of a person or a body ("Paris Hilton", "Uganda Red Cross").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from tracker.extract.people.names import find_surnames
from tracker.extract.sources.organisations import armed_groups
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token
from tracker.gazetteer import Gazetteer, Place
from tracker.rulebook import Rulebook

Shape = Literal["known", "site", "unknown", "demonym", "body", "road"]

_JOINTS = frozenset(["-", "/"])
_LONGEST_RUN = 7
_BEYOND = 3  # words
_LONGEST_SYLLABLE = 5  # letters behind the hyphen of a name: "Tel-aviv"
_SHORTEST_LOWER = 3  # letters; in a sentence without capitals shorter words are no names
_LONG = 4  # words of a name that no sound brings together by chance
_SMALL = 10_000  # people
_PROMINENT = 100_000  # people
_CAPITALS_SHARE = 0.7  # of the words: beyond it, a capital says nothing


@dataclass(frozen=True, slots=True)
class Name:
    """A name: half-open token range, its places, most prominent first, and what kind of name it is."""

    first: int
    last: int
    places: tuple[Place, ...]
    shape: Shape
    noun: str = ""
    """The noun of the site, where it has one, or that of its kind behind it."""
    country: str | None = None
    """Of a demonym: alpha-3."""
    core: int | None = None
    """Of a body: where the name of its place ends."""


class ToponymFinder:
    """Finds names; `cued` are the tokens that a cue of place precedes, True where it is a firm one."""

    def __init__(self, rulebook: Rulebook, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._demonym = lru_cache(maxsize=16384)(gazetteer.demonym)
        self._kinds = rulebook.words("place_kinds")
        self._common = rulebook.words("common_words")
        self._sites = rulebook.words("site_nouns")
        self._indefinite = rulebook.words("indefinite_articles")
        self._events = rulebook.words("place_events") | rulebook.words("place_actions")
        self._site_heads = rulebook.words("site_heads")
        self._modifiers = rulebook.words("site_modifiers")
        self._roads = rulebook.words("road_nouns")
        self._bodies = rulebook.words("organisation_words")
        self._directions = rulebook.words("place_directions")
        self._not_places = rulebook.words("not_places")
        self._first_names = rulebook.words("first_names")
        self._titles = frozenset(title.split(" ")[-1] for title in rulebook.words("titles"))
        self._persons = rulebook.words("persons") | rulebook.words("persons_plural")
        self._particles = rulebook.words("place_particles") | _JOINTS
        self._name_particles = rulebook.words("name_particles")
        self._followers = rulebook.words("place_followers")
        self._weekdays = frozenset(rulebook.table("calendar")["weekdays"])
        self._authorities = rulebook.words("authority_nouns")
        self._adjective_endings = rulebook.words("hyphen_endings")
        self._groups = armed_groups(rulebook)

    def find(self, sentence: Sentence, cued: Mapping[int, bool], starts: Sequence[int]) -> list[Name]:
        """The names that begin at one of `starts`, in order; none overlap."""
        tokens = sentence.tokens
        words = [token.text for token in tokens]
        shouted = _is_capitalised(tokens)
        names: list[Name] = []
        end = 0
        for at in starts:
            group = self._groups.longest(tokens, at) if at >= end else None
            if group is not None:
                end = group[0]
            name = self._name_at(tokens, words, at, cued.get(at), shouted) if at >= end else None
            if name is not None:
                names.append(name)
                end = name.last
        return names

    def starts(self, sentence: Sentence) -> list[int]:
        """The tokens at which a name may begin: a sentence without any holds no place."""
        is_lower = sentence.quote.islower()
        tokens = sentence.tokens
        return [at for at in range(len(tokens)) if self._may_begin(tokens, at, is_lower)]

    def surnames(self, sentences: Iterable[Sentence]) -> frozenset[str]:
        """The folded words that follow a given name or a title somewhere in the story."""
        return find_surnames(sentences, self._first_names | self._titles, self._name_particles)

    def _may_begin(self, tokens: Sequence[Token], at: int, is_lower: bool) -> bool:
        token = tokens[at]
        if not token.text[0].isalpha():
            return False
        if not token.text.islower():
            return not self._describes(token)
        if is_lower:
            return len(token.text) > _SHORTEST_LOWER
        following = at + 1 < len(tokens) and not tokens[at + 1].text.islower()
        return following and (token.folded in self._directions or token.folded in self._particles)

    def _describes(self, token: Token) -> bool:
        """Whether a word with a hyphen is an adjective: "Kurdish-controlled", not "Tel-aviv"."""
        start, _, ending = token.text.rpartition("-")
        if not start or not ending.islower() or start.casefold() in self._particles:
            return False
        if ending not in self._adjective_endings and len(ending) <= _LONGEST_SYLLABLE:
            return False
        return not self._gazetteer.candidates(token.text, True)

    def _name_at(
        self, tokens: Sequence[Token], words: Sequence[str], at: int, cued: bool | None, shouted: bool
    ) -> Name | None:
        long = self._demonym(" ".join(words[at : at + 2]))
        if long is not None and at + 1 < len(words):  # "Sri Lankan"
            return Name(at, at + 2, (), "demonym", country=long)
        country = self._demonym(words[at])
        run = at if shouted else self._run_end(tokens, at)
        # A name hardly goes on beyond its capitals: the noun of its site, the noun of its kind.
        near = words[at : self._reach(tokens, run)] if run > at else words[at:]
        hit = self._gazetteer.longest(near, 0, cued is not None or self._follows_name(tokens, at))
        if hit is not None and tokens[at].folded in self._common and _only_sounds(hit, tokens[at].folded):
            hit = None  # "In Yala" is no En Ayyala
        if hit is not None and at > 1 and tokens[at - 1].folded == "of":
            hit = hit[0], self._gazetteer.of_kind(hit[1], tokens[at - 2].folded)
        name = self._trim(tokens, at, hit, cued is not None) if hit is not None else None
        if name is not None:
            if country and name.last == at + 1 and run == at + 1:
                return Name(at, at + 1, (), "demonym", country=country)
            return self._judge(tokens, name, max(run, name.last), cued, shouted)
        if country is not None:
            return Name(at, at + 1, (), "demonym", country=country)
        if shouted or run == at:
            return None
        return self._unknown(tokens, at, run, cued)

    def _trim(self, tokens: Sequence[Token], at: int, hit: tuple[int, tuple[Place, ...]], cued: bool) -> Name | None:
        """A known name without the small words and the possessive that it may have caught at its end."""
        last, places = at + hit[0], hit[1]
        end = last
        while end > at + 1 and (
            (tokens[end - 1].text.islower() and not tokens[at].text.islower()) or tokens[end - 1].folded == "'s"
        ):
            if tokens[end - 1].folded in self._sites:
                break
            end -= 1
        if end < last:
            places = self._gazetteer.candidates(_text(tokens, at, end), cued)
            last = end
        if not places or (last == at + 1 and tokens[at].folded in self._not_places):
            return None
        return Name(at, last, places, "known")

    def _judge(self, tokens: Sequence[Token], name: Name, run: int, cued: bool | None, shouted: bool) -> Name | None:
        """A known name in its surroundings: extended to its site, turned into a body, or refused."""
        first = name.places[0]
        before = tokens[name.first - 1] if name.first else None
        following = tokens[name.last] if name.last < len(tokens) else None
        if shouted:
            settled = cued is not None or first.kind != "town" or first.population >= _PROMINENT
            return self._with_noun(tokens, name) if settled else None
        site = self._site_end(tokens, name.last)
        if run > name.last:
            inner = [token.folded for token in tokens[name.last : run]]
            if "/" in inner:
                return self._with_noun(tokens, replace(name, last=run, places=()))
            if inner[-1] in self._sites and inner[0] not in self._kinds:
                places = self._gazetteer.candidates(_text(tokens, name.first, run), True) or name.places
                return Name(name.first, run, places, "site", inner[-1])
            if (
                first.kind != "country"
                and inner[0] in self._kinds
                and not (len(inner) == 1 and inner[0] in self._sites)
            ):
                return replace(name, last=name.last + 1, noun=inner[0])
            if inner[0] in self._roads:
                return Name(name.first, name.last + 1, (), "road")
            if inner[0] in self._particles and cued is not None:
                return self._unknown(tokens, name.first, run, cued)  # "Ain El Delb" is not Ain
            if any(word in self._bodies for word in inner):
                if first.kind == "town" and first.population < _SMALL:
                    return None  # "Pan Am Flight 103" is not of the town of Pan
                return replace(name, last=run, shape="body", core=name.last)
            if inner[0] in self._authorities or inner[0] in self._titles or inner[0] in self._not_places:
                return name
            if first.kind == "town" and first.population < _PROMINENT and cued is not None:
                return self._unknown(tokens, name.first, run, cued)
            if first.kind != "country" and cued is None:
                return None
        elif site > name.last:
            noun = tokens[site - 1].folded
            if noun in self._roads:
                return Name(name.first, site, (), "road")
            places = self._gazetteer.candidates(_text(tokens, name.first, site), True) or name.places
            return Name(name.first, site, places, "site", noun)
        elif following is not None and following.folded in self._roads and first.kind != "country":
            return Name(name.first, name.last + 1, (), "road")
        if (
            cued is None
            and before is not None
            and self._is_name_part(before, name.first - 1)
            and name.last - name.first == 1
        ) and (first.kind != "country" or before.folded in self._first_names):
            return None
        return self._with_noun(tokens, name)

    def _with_noun(self, tokens: Sequence[Token], name: Name) -> Name:
        if name.last < len(tokens) and tokens[name.last].folded in self._kinds:
            return replace(name, noun=tokens[name.last].folded)
        return name

    def _unknown(self, tokens: Sequence[Token], at: int, run: int, cued: bool | None) -> Name | None:
        """A capitalised name that the gazetteer does not know: a site by its noun, a place by its cue."""
        head = tokens[at].folded
        last_is_site = tokens[run - 1].folded in self._sites
        if run > at + 1 and head in self._weekdays and last_is_site:
            return Name(at, run, (), "site", tokens[run - 1].folded)
        if head in self._not_places or head in self._titles or (head in self._first_names and cued is None):
            return None
        last = tokens[run - 1].folded
        if last in self._events:
            return None  # a headline's "Four Killed in Hotel Fire"
        if run > at + 1 and head in self._site_heads:
            return Name(at, run, (), "site", head)
        site = self._site_end(tokens, run)
        if site > run and self._is_one_of_many(tokens, at):
            return None  # "a nearby Koranic school"
        if site > run:
            noun = tokens[site - 1].folded
            if cued is not None or self._is_modified(tokens, run, site) or len(tokens[at].folded) > 3:
                shape: Shape = "road" if noun in self._roads else "site"
                return Name(at, site, (), shape, noun)
        if last in self._roads:
            return Name(at, run, (), "road")
        if run > at + 1 and (last in self._sites or last in self._kinds):
            inner = self._inner_place(tokens, at, run)
            return Name(at, run, self._gazetteer.candidates(_text(tokens, at, run), True) or inner, "site", last)
        if cued is None or any(token.folded in self._bodies for token in tokens[at:run]):
            return None
        if (run < len(tokens) and tokens[run].folded == "'s") or (
            run - at == 1
            and tokens[at].text.isupper()
            and not (run < len(tokens) and tokens[run].folded in self._kinds)
        ):
            return None
        if head in self._first_names and run - at > 1:
            return None
        if not cued and self._is_modifier(tokens, run):
            return None
        if run < len(tokens) and head in self._persons and tokens[run].folded in self._kinds:
            return None  # "the Alawite village of Aqrab"
        return self._with_noun(tokens, Name(at, run, (), "unknown"))

    def _is_one_of_many(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether an indefinite article stands before the word, at once or before what describes sites."""
        first = at - 1
        while first > 0 and tokens[first].folded in self._modifiers:
            first -= 1
        return first >= 0 and tokens[first].folded in self._indefinite

    def _is_modifier(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether a thing follows that the name only describes: "Houthi targets"."""
        if last >= len(tokens) or not tokens[last].text.isalpha() or not tokens[last].text.islower():
            return False
        folded = tokens[last].folded
        if folded in self._followers or folded in self._kinds:
            return False
        return folded.endswith("s") or folded in self._persons

    def _inner_place(self, tokens: Sequence[Token], at: int, run: int) -> tuple[Place, ...]:
        return self._gazetteer.candidates(_text(tokens, at, run - 1), True)

    def _is_modified(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        return last - first > 1

    def _site_end(self, tokens: Sequence[Token], at: int) -> int:
        """Where the noun of a site that follows at `at` ends; `at` where none follows."""
        end = at
        if (
            end < len(tokens)
            and tokens[end].folded == "'s"
            and end + 1 < len(tokens)
            and (tokens[end + 1].folded in self._modifiers or tokens[end + 1].folded in self._sites)
        ):
            end += 1
        if end > at and end < len(tokens) and tokens[end].is_capitalised and tokens[end].folded in self._sites:
            return end + 1
        while end < len(tokens) and end - at < 4:
            folded = tokens[end].folded
            if folded in self._sites and tokens[end].text.islower():
                following = tokens[end + 1].folded if end + 1 < len(tokens) else ""
                return end + 2 if following in self._sites else end + 1
            if folded not in self._modifiers or not tokens[end].text.islower():
                return at
            end += 1
        return at

    def _run_end(self, tokens: Sequence[Token], at: int) -> int:
        """Where the capitalised words that begin at `at` end."""
        if tokens[at].text.islower() and tokens[at].folded not in self._particles:
            return at
        end = at + 1
        while end < len(tokens) and end - at < _LONGEST_RUN:
            token = tokens[end]
            if token.text[0].isalpha() and not token.text.islower():
                if token.folded in self._not_places and end > at:
                    break
                end += 1
            elif token.folded == "'s" and self._is_site(tokens, end + 1):
                end += 2  # "Liverpool Women's Hospital"
            elif token.text == "&" and end + 1 < len(tokens) and tokens[end + 1].folded in self._sites:
                end += 2
            elif token.folded in self._particles and end + 1 < len(tokens) and tokens[end + 1].text[0].isupper():
                if token.folded in "-/" and (tokens[end - 1].end != token.start or tokens[end + 1].start != token.end):
                    break
                end += 2
            else:
                break
        return end

    def _is_site(self, tokens: Sequence[Token], at: int) -> bool:
        return at < len(tokens) and tokens[at].is_capitalised and tokens[at].folded in self._sites

    def _reach(self, tokens: Sequence[Token], run: int) -> int:
        """How far a known name that begins with a run may go, its possessive included: "People's Republic of China"."""
        if run + 1 < len(tokens) and tokens[run].folded == "'s" and tokens[run + 1].is_capitalised:
            run = self._run_end(tokens, run + 1)
        return run + _BEYOND

    def _is_name_part(self, before: Token, at: int) -> bool:
        """Whether the word before makes the name a surname or a part of a longer name."""
        if not before.text[0].isalpha() or before.text.islower():
            return False
        folded = before.folded
        if folded in self._first_names or folded in self._titles:
            return True
        if at == 0:
            return False
        return not (
            folded in self._directions
            or folded in self._kinds
            or self._demonym(before.text)
            or folded in self._not_places
        )

    def _follows_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a name and a comma come before: "Irapuato, Guanajuato"."""
        return (
            at > 1
            and tokens[at - 1].folded == ","
            and not tokens[at - 2].text.islower()
            and tokens[at - 2].text[0].isalpha()
        )


def _only_sounds(hit: tuple[int, tuple[Place, ...]], first: str) -> bool:
    """Whether none of the places of a name of two or three words begins with its first word as written."""
    return 1 < hit[0] < _LONG and not any(place.name.casefold().startswith(first) for place in hit[1])


def _is_capitalised(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens if token.text[0].isalpha() and len(token.text) > 1]
    upper = sum(word.isupper() for word in words)
    return len(words) > 3 and upper > _CAPITALS_SHARE * len(words)


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = []
    for number in range(first, last):
        if number > first and tokens[number].start > tokens[number - 1].end:
            parts.append(" ")
        parts.append(tokens[number].text)
    return "".join(parts)
