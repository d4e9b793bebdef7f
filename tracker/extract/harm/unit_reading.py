"""Reading units: each stretch of a sentence becomes the one unit that explains it best."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.extract.harm.lexicon import Lexicon
from tracker.extract.harm.lists import join_lists
from tracker.extract.harm.units import NAME, Unit, Units
from tracker.extract.people.group_reading import GroupReader
from tracker.extract.people.groups import ONE, Group
from tracker.extract.people.noun_phrases import Mark, Phrases
from tracker.extract.people.numerals import Numeral, NumeralReader
from tracker.extract.people.persons import PersonWords
from tracker.extract.people.spelling import Spelling
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token

_DATE = frozenset({"date"})
_WORD = frozenset({"word"})
_VERBISH = frozenset({"word", "verbish"})
_PARTICIPLE = frozenset({"word", "participle"})
_ADVERB = frozenset({"adverb"})
_THING = frozenset({"thing"})
_NUMBER = frozenset({"number"})
_PLACE = frozenset({"place"})
_TITLED = ("implied", "definite")
_MAY_BE_CAPTIVES = tuple(frozenset({"people", "group", kind}) for kind in ("counted", "implied", "plural"))


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a sentence before its units are read."""

    tokens: Sequence[Token]
    marks: Sequence[Mark | None]
    numerals: Mapping[int, Numeral]
    blocked: Sequence[bool]
    date_ends: Mapping[int, int]
    spelling: Spelling
    names: Container[str]
    surnames: Container[str]
    phrases: Phrases


class UnitReader:
    """Turns sentences into units by the words of one rulebook."""

    def __init__(
        self,
        lexicon: Lexicon,
        numerals: NumeralReader,
        persons: PersonWords,
        particles: frozenset[str],
        is_place: Callable[[str], bool],
    ) -> None:
        self._lexicon = lexicon
        self._numerals = numerals
        self._persons = persons
        self._groups = GroupReader(numerals, persons)
        self._particles = particles
        self._is_place = is_place

    def read(
        self,
        sentence: Sentence,
        dates: Sequence[tuple[int, int]] = (),
        names: Container[str] = frozenset(),
        surnames: Container[str] = frozenset(),
    ) -> Units:
        """The units of `sentence`; `dates` are the token ranges that date expressions take.

        `names` are words that the story writes with a capital where nothing but being a name asks for one; `surnames`
        are the folded words that follow given names in it.
        """
        tokens = sentence.tokens
        blocked = [False] * len(tokens)
        for first, last in dates:
            blocked[first:last] = [True] * (last - first)
        spelling = Spelling(tokens, self._persons, self._particles, names)
        marks = self._marks(spelling)
        numbers = self._numerals.read_all(tokens, blocked)
        numerals = {number.first: number for number in numbers if not self._numerals.is_age(tokens, number)}
        named = spelling.name_starts(marks, blocked)
        phrases = Phrases(tokens, marks, blocked, numerals, self._persons, named)
        page = _Page(tokens, marks, numerals, blocked, dict(dates), spelling, names, surnames, phrases)
        row: list[Unit] = []
        at = 0
        while at < len(tokens):
            unit = self._unit(page, at)
            row.append(unit)
            at = unit.last
        row = [_mark_captives(_mark_kin(unit, marks), marks) for unit in join_lists(row)]
        return Units(sentence, row, "".join(self._lexicon.symbols[unit.classes] for unit in row))

    def family_names(self, sentences: Iterable[Sentence]) -> frozenset[str]:
        """The words that these sentences, where they are written in all capitals, use as family names."""
        found: set[str] = set()
        for sentence in sentences:
            if sentence.quote.isupper():
                spelling = Spelling(sentence.tokens, self._persons, self._particles)
                found.update(spelling.family_names(self._marks(spelling)))
        return frozenset(found)

    def _marks(self, spelling: Spelling) -> list[Mark | None]:
        """The lexicon's entry at each token, but for words that are spelt as part of a name."""
        marks: list[Mark | None] = []
        for at in range(len(spelling.tokens)):
            found = self._lexicon.entries.longest(spelling.tokens, at)
            mark = Mark(*found) if found else None
            marks.append(None if mark is not None and spelling.is_part_of_name(at, mark) else mark)
        return marks

    def _unit(self, page: _Page, at: int) -> Unit:
        if at in page.date_ends:
            return Unit(at, page.date_ends[at], _DATE)
        mark = page.marks[at]
        if mark is not None and at not in page.numerals and mark.last - at > 1 and mark.has("trigger"):
            return Unit(at, mark.last, mark.entry.classes, measure=mark.entry.measure)
        if mark is not None and mark.has("ordinal_word"):
            classes = mark.entry.classes
            return Unit(at, mark.last, classes, Group(at, mark.last, ONE, at, mark.last, classes))
        group = self._groups.read(page.phrases, at)
        name_last = page.spelling.name_end(at, page.marks, page.blocked)
        if group is not None and group.last >= name_last:
            return self._group(page, group)
        if name_last > at:
            return self._name(page, at, name_last)
        if mark is not None:
            return Unit(at, mark.last, mark.entry.classes, measure=mark.entry.measure)
        return Unit(at, at + 1, self._shape(page.tokens[at]))

    def _group(self, page: _Page, group: Group) -> Unit:
        if any(name in group.classes for name in _TITLED):
            end = page.spelling.name_end(group.last, page.marks, page.blocked)
            if end > group.last:  # "police spokesman Dinesh Karki": the title belongs to the name
                group = replace(group, last=end, count_last=end, victims=(group.first, end))
        return Unit(group.first, group.last, group.classes, group, group.harm)

    def _name(self, page: _Page, first: int, last: int) -> Unit:
        """A run spelt as a name; a place, an acronym or just the first word of a sentence names nobody."""
        words = [token.text for token in page.tokens[first:last]]
        folded = words[0].casefold()
        if self._names_no_person(page, first, last):
            return Unit(first, last, _WORD)
        if len(words) == 1:
            if first == page.spelling.start and folded not in self._persons.first_names and words[0] not in page.names:
                return Unit(first, last, self._shape(page.tokens[first]))
            if page.spelling.is_mixed and len(folded) > 1 and words[0].isupper():
                return Unit(first, last, _WORD)
            if self._persons.number_of(folded, words[0]) is not None:
                return Unit(first, last, _WORD)  # a demonym or a title alone
        is_person = folded in self._persons.first_names or (len(words) == 1 and folded in page.surnames)
        if not is_person and self._is_place(" ".join(words)):
            return Unit(first, last, _PLACE)
        if len(words) > 1 and words[-1].casefold() in self._persons.area_nouns:
            return Unit(first, last, _PLACE)
        return Unit(first, last, NAME, Group(first, last, ONE, first, last, NAME, (first, last)))

    def _names_no_person(self, page: _Page, first: int, last: int) -> bool:
        """Whether a run spelt as a name is a body or a thing: by a word in it, an article, or the noun behind it."""
        words = page.tokens[first:last]
        given = any(token.folded in self._persons.first_names for token in words)
        if not given and any(token.folded in self._persons.body_words for token in words):
            return True
        if len(words) > 1 and words[0].folded in self._persons.site_heads:
            return True  # "Camp Bravo"
        before = page.marks[first - 1] if first else None
        if before is not None and before.has("determiner") and not before.has("that"):
            return True  # "the Gulf", "the Senate"
        if len(words) > 1 or last >= len(page.tokens):
            return len(words) == 1 and len(words[0].text) == 1
        following = page.tokens[last]
        describes = following.text.isalpha() and following.text.islower() and page.marks[last] is None
        verbal = (
            following.folded.endswith(("ed", "ing", "ly")) or self._persons.number_of(following.folded, "x") is not None
        )
        return len(words[0].text) == 1 or (describes and not verbal and not page.spelling.is_capitals)

    def _shape(self, token: Token) -> frozenset[str]:
        word = token.folded
        if word.endswith("ly") and len(word) > 4:
            return _ADVERB
        if word.endswith("ed") and len(word) > 4:
            return _VERBISH
        if word.endswith("ing") and len(word) > 5 and not self._persons.is_thing(word):
            return _PARTICIPLE
        if word[0].isdigit():
            return _NUMBER
        return _THING if self._persons.is_thing(word) else _WORD


def _mark_kin(unit: Unit, marks: Sequence[Mark | None]) -> Unit:
    """Kin of the speaker or of someone named: "my husband", "their two sons"."""
    mark = marks[unit.first]
    if unit.group is None or not unit.group.is_kin or mark is None or not mark.has("possessive"):
        return unit
    return replace(unit, classes=unit.classes | {"kin_group"}) if not unit.has("harmed") else unit


def _mark_captives(unit: Unit, marks: Sequence[Mark | None]) -> Unit:
    """People who are called hostages: "several dozen hostages"."""
    mark = marks[unit.last - 1]
    if mark is None or not mark.has("hostage") or unit.classes not in _MAY_BE_CAPTIVES:
        return unit
    return replace(unit, classes=unit.classes | {"captive_group"})
