"""Noun phrases over people: how far a phrase may run, and which of its words is the head.

A run is cut by function words, verbs, numbers and dates; the head is the last person noun that a phrase can end on. A
word of harm inside the phrase ("25 wounded people") is kept, for the phrase then states a harm of its own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from tracker.claims import Measure
from tracker.extract.harm.lexicon import Entry
from tracker.extract.people.boundaries import CLAUSE_STARTS, PHRASE_STOPS
from tracker.extract.people.numerals import Numeral
from tracker.extract.people.persons import Number, PersonWords
from tracker.extract.text.tokens import Token

_MAX_WORDS = 8
_LONGEST_COMPOUND = 2
_SHORTEST_PARTICIPLE = 6  # letters
_FINITE = frozenset(
    ["tv_s", "tv_base", "tv_ing", "tv_past", "tv_part", "iv_past", "iv_s", "iv_base", "iv_ing", "iv_part"]
)
_ENDS_BEFORE = (
    "adverb",
    "say_verb",
    "tv_past",
    "iv_past",
    "harm_adj",
    "rise",
    "hurting",
    "send",
    "drag",
    "take",
    "give",
)
_AFTER_PHRASE = ("comma", "semicolon", "stop", "dash", "right", "preposition", "aged")


class Mark:
    """The longest lexicon entry that begins at a token."""

    __slots__ = ("entry", "last")

    def __init__(self, last: int, entry: Entry) -> None:
        self.last = last
        self.entry = entry

    def has(self, *classes: str) -> bool:
        """Whether the entry has one of the classes."""
        return not self.entry.classes.isdisjoint(classes)


@dataclass(frozen=True, slots=True)
class Head:
    """A noun phrase after its determiner or number: its half-open token range, its number, and a harm inside it."""

    first: int
    last: int
    number: Number
    harm: Measure | None = None


class Phrases:
    """One sentence as phrases are read from it; dates are `blocked`, `numerals` stand by their first token."""

    __slots__ = ("_persons", "blocked", "marks", "named", "numerals", "tokens")

    def __init__(
        self,
        tokens: Sequence[Token],
        marks: Sequence[Mark | None],
        blocked: Sequence[bool],
        numerals: Mapping[int, Numeral],
        persons: PersonWords,
        named: Container[int] = frozenset(),
    ) -> None:
        self.tokens = tokens
        self.marks = marks
        self.blocked = blocked
        self.numerals = numerals
        self._persons = persons
        self.named = named

    def has(self, at: int, *classes: str) -> bool:
        """Whether the entry at a token, which may lie outside the sentence, has one of the classes."""
        mark = self.marks[at] if 0 <= at < len(self.tokens) else None
        return mark is not None and mark.has(*classes)

    def folded(self, at: int) -> str:
        """The folded token, empty beyond the end."""
        return self.tokens[at].folded if at < len(self.tokens) else ""

    def is_verbish(self, at: int) -> bool:
        """Whether the word looks like a verb by its ending, or is a listed irregular one."""
        word = self.folded(at)
        return (word.endswith("ed") and len(word) > 4 and word.isalpha()) or self.has(at, "verb")

    def opens_clause(self, at: int) -> bool:
        """Whether a clause could begin at `at`: the start of a sentence, or after a mark or a conjunction."""
        return at == 0 or self.has(at - 1, *CLAUSE_STARTS)

    def ends_at(self, at: int) -> bool:
        """Whether a phrase that reaches to `at` is followed by a mark, a preposition or nothing."""
        return at >= len(self.tokens) or self.has(at, *_AFTER_PHRASE)

    def run(self, at: int) -> int:
        """The end of the words from `at` that could belong to one noun phrase."""
        end = at
        limit = min(len(self.tokens), at + _MAX_WORDS)
        while end < limit:
            if end > at and self._is_acronym_in_brackets(end) and not self._is_stop(end + 3):
                end, limit = end + 3, min(len(self.tokens), limit + 3)
            if self._is_stop(end) and not (end == at and self.has(end, "ordinal_word")):
                break  # "the first deputy mayor": there "first" is no adverb
            if end > at and (end in self.numerals or (self._is_harm(end) and not self._describes(at, end))):
                break
            end += 1
        return end

    def _is_acronym_in_brackets(self, at: int) -> bool:
        """Whether the name just written out is repeated in short: "two Free Workers' Party (FWP) members"."""
        if at + 3 >= len(self.tokens) or not (self.has(at, "left") and self.has(at + 2, "right")):
            return False
        return self.tokens[at + 1].text.isupper() and self.tokens[at - 1].is_capitalised

    def head(self, at: int, *, after_one: bool = False) -> Head | None:
        """The phrase from `at`; `after_one` says that "a" or "one" stands before it."""
        run = self.run(at)
        harm: Measure | None = None
        harm_at = -1
        end, number = -1, None
        for index in range(at, run):
            mark = self.marks[index]
            if index > at and mark is not None and mark.has("say_verb") and self.is_said(index, at):
                break  # "Spokeswoman Ana Reyes said miner Tom Pike died"
            if mark is not None and self._is_harm(index):
                harm, harm_at = mark.entry.measure, index
                continue
            found = self._number_of(index, after_one)
            if found is None:
                continue
            if (
                number is Number.PLURAL
                and found is Number.SINGULAR
                and self.folded(end - 1).endswith("s")
                and not after_one
            ):
                break  # a plural seldom describes another noun: "dozens of villagers hostage"
            if index + 1 < run and not self._may_end(index + 1, found):
                continue
            if (
                index + 1 < run
                and self._persons.is_adjectival(self.tokens[index].folded)
                and not self._is_verbal(index + 1)
            ):
                continue  # "the British co-founder": a nationality describes the noun behind it
            end, number = index + 1, found
            if index + 1 in self.named:
                break  # "MAYOR DIANA LARA": the name follows
            if index + 1 < run and (self.is_verbish(index + 1) or self.has(index + 1, "adverb", "say_verb")):
                break
        if number is None:
            return None
        return Head(at, end, number, harm if harm_at < end else None)

    def joined_plural(self, last: int) -> int:
        """ "8,000 men and boys": the number counts both nouns."""
        if self.has(last, "and") and last + 1 < len(self.tokens) and last + 1 not in self.numerals:
            run = self.run(last + 1)
            if last + 1 < run <= last + 3:
                token = self.tokens[run - 1]
                if self._persons.number_of(token.folded, token.text) is Number.PLURAL:
                    return run
        return last

    def is_kin(self, first: int, last: int) -> bool:
        """Whether the head is a word for kin, or for a child of somebody ("their three children")."""
        if self.folded(last - 1) in self._persons.kin:
            return True
        return self.has(first, "possessive") and self.has(last - 1, "child_word")

    def is_said(self, at: int, first: int) -> bool:
        """Whether a verb of saying is one: not "three confirmed victims" or "the suspect", but behind a name always."""
        if self.tokens[at].is_capitalised or self._number_of(at, after_one=False) is not None:
            return False
        named = at - 1 > first and self.tokens[at - 1].is_capitalised
        return named or (self.has(at, "verb") and not self.has(at, "known", "cause"))

    def only_joins(self, at: int) -> bool:
        """Whether "both" stands before two singulars that "and" joins: "both the rider and his horse"."""
        determined = self.has(at, "definite", "possessive", "indefinite")
        plural = None if determined else self.head(at)
        if plural is not None and self.has(plural.last, "and"):
            return True  # "both civilians and soldiers"
        if not determined and (at >= len(self.tokens) or not self.tokens[at].is_capitalised):
            return False
        head = self.head(at + determined)
        joined = any(self.has(index, "and") for index in range(at + 1, at + 5))
        return joined and (head is None or head.number is Number.SINGULAR)

    def _number_of(self, index: int, after_one: bool) -> Number | None:
        token = self.tokens[index]
        found = self._persons.number_of(token.folded, token.text, after_one=after_one)
        if found is None and index > 0:
            found = self._persons.number_of_compound(f"{self.tokens[index - 1].folded} {token.folded}")
        if found is None and (token.folded in self._persons.collectives or self._names_office(index)):
            return Number.SINGULAR
        return found

    def _names_office(self, at: int) -> bool:
        """Whether the word names who holds an office of a body: "the head of the council", not "of a man"."""
        if self.folded(at) not in self._persons.offices or not self.has(at + 1, "of"):
            return False
        return at + 2 < len(self.tokens) and not self.has(at + 2, "indefinite", "to")

    def _may_end(self, following: int, number: Number) -> bool:
        """Whether a phrase may end before the word at `following`, which no stop word separates from it."""
        token = self.tokens[following]
        stands = self._is_verbal(following) or self._is_participle(following)
        if stands or following in self.named or self._has_object(following):
            return True
        if self.has(following, "possessive_mark") and self.has(following + 1, "body"):
            return self.has(following + 2, "be", "have")  # "a driver's body was found"
        if self._persons.is_thing(token.folded) or token.folded in self._persons.collectives:
            return False
        before = self.tokens[following - 1]
        if token.is_capitalised and (not before.is_capitalised or before.folded in self._persons.titles):
            return True
        return number is Number.PLURAL

    def _has_object(self, at: int) -> bool:
        """Whether a participle begins a clause behind the phrase: "a soldier guarding the gate"."""
        word = self.folded(at)
        if not word.endswith("ing") or len(word) < _SHORTEST_PARTICIPLE or self._persons.is_thing(word):
            return False
        return at + 1 in self.numerals or self.has(at + 1, "determiner", "possessive", "preposition")

    def _is_verbal(self, at: int) -> bool:
        return self.is_verbish(at) or self.has(at, *_ENDS_BEFORE)

    def _is_participle(self, at: int) -> bool:
        """Whether a participle opens what is told of the person before it: "a woman selling fruit"."""
        word = self.folded(at)
        return word.endswith("ing") and len(word) > 5 and word.islower() and not self._persons.is_thing(word)

    def _is_harm(self, at: int) -> bool:
        mark = self.marks[at]
        return mark is not None and mark.entry.measure is not None and mark.has("tv_part", "harm_adj")

    def _describes(self, at: int, harm: int) -> bool:
        """Whether a word of harm inside a phrase describes its head: it comes first, or behind adverbs."""
        return all(self.folded(index).endswith("ly") for index in range(at, harm))

    def _opens_compound(self, at: int, mark: Mark) -> bool:
        """Whether a noun of harm only describes the person behind it: "a suicide car bomber", "two murder suspects"."""
        if not mark.has("harm_noun") or mark.has("tv_ing"):
            return False
        behind = range(at + 1, min(at + 1 + _LONGEST_COMPOUND, len(self.tokens)))
        for index in behind:
            if self.blocked[index] or self.marks[index] is not None or index in self.numerals:
                return False
            if self._number_of(index, after_one=False) is not None:
                return True
        return False

    def _is_stop(self, at: int) -> bool:
        if self.blocked[at]:
            return True
        mark = self.marks[at]
        if mark is not None:
            if mark.last - at > 1 and not mark.has("harm_adj"):
                return True
            if not mark.entry.classes.isdisjoint(PHRASE_STOPS):
                return not self._opens_compound(at, mark)
            if not mark.entry.classes.isdisjoint(_FINITE):
                return not mark.has("tv_part", "harm_adj")
        word = self.tokens[at].folded
        return not (word[0].isalnum() or word == "'s")
