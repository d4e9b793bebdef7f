"""Groups without a number: "a waitress", "his two nephews", "another", bare plurals, a headline's bare singular."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims import Count
from tracker.extract.people.boundaries import AFTER_BARE
from tracker.extract.people.counted_groups import CountedGroups
from tracker.extract.people.groups import COUNT, ONE, Group, group_classes
from tracker.extract.people.noun_phrases import Phrases
from tracker.extract.people.numerals import NumeralReader
from tracker.extract.people.persons import Number, PersonWords

_BEFORE_ADJECTIVE = ("preposition", "determiner", "possessive", "tv_ing", "tv_past", "tv_s", "say_verb")


class UncountedGroups:
    """Reads the group that an article, a possessive or the noun itself begins."""

    def __init__(self, numerals: NumeralReader, persons: PersonWords, counted: CountedGroups) -> None:
        self._numerals = numerals
        self._persons = persons
        self._counted = counted

    def determined(self, phrases: Phrases, at: int, kind: str) -> Group | None:
        """ "A waitress", "his two nephews", "the imam", "a family of five"."""
        if at + 1 in phrases.numerals:
            return None  # "that 40 soldiers": the number heads a phrase of its own
        if at > 0 and phrases.has(at, "that") and phrases.has(at + 1, "tv_past"):
            return None  # "the blast that killed mayor Juan Lara": a relative clause
        if phrases.folded(at + 1) in self._persons.others and phrases.run(at + 2) == at + 2:
            return Group(at, at + 2, ONE, at, at + 2, COUNT)  # "killing one and wounding the other"
        one = phrases.has(at, "indefinite")
        head = phrases.head(at + 1, after_one=one)
        if head is None:
            return self._ordinal(phrases, at) if one else None
        last = head.last
        group = Group(at, last, ONE, at, last, group_classes(kind, head.harm), (head.first, last), head.harm)
        kin = phrases.is_kin(at, last)
        if phrases.folded(last - 1) in self._persons.collectives:
            inner = self._counted.inner(phrases, last)
            if inner is not None:
                classes = group_classes("counted", head.harm)
                return replace(group, last=inner.last, count=inner.count, count_last=inner.count_last, classes=classes)
            if kind != "implied" or self._collects_things(phrases, last):
                return None
            exact = phrases.has(last - 1, "pair_word")
            return replace(group, count=Count(2, 2 if exact else None), is_kin=True, is_vague=not exact)
        if head.number is Number.PLURAL:
            bounds = self._numerals.bare_plural
            if phrases.has(at, "possessive") and kin and bounds is not None:
                return replace(
                    group, count=bounds, classes=group_classes("plural", head.harm), is_kin=True, is_vague=True
                )
            names = {"group", "definite_plural"} | ({"harmed"} if head.harm else set())
            return replace(group, classes=frozenset(names))
        return replace(self._with_age(phrases, group), is_kin=kin)

    def _collects_things(self, phrases: Phrases, at: int) -> bool:
        """Whether things stand behind a collective: "a group of stocks"."""
        if not phrases.has(at, "of") or phrases.head(at + 1) is not None:
            return False
        return any(self._persons.is_thing(phrases.folded(index)) for index in range(at + 1, phrases.run(at + 1)))

    def _ordinal(self, phrases: Phrases, at: int) -> Group | None:
        """ "A third died on the way": one more person of those just told of."""
        follows = phrases.run(at + 2) == at + 2 or phrases.has(at + 2, "verb", "iv_past", "tv_past")
        if phrases.has(at + 1, "ordinal_word") and follows:
            return Group(at, at + 2, ONE, at, at + 2, COUNT)
        return None

    def _with_age(self, phrases: Phrases, group: Group) -> Group:
        """ "A girl of 11": the number after a single person is an age."""
        numeral = phrases.numerals.get(group.last + 1) if phrases.has(group.last, "of") else None
        if numeral is None or numeral.count.minimum != numeral.count.maximum or (numeral.count.minimum or 999) > 110:
            return group
        ends = phrases.has(numeral.last, "and", "comma", "be", "have", "stop", "preposition", "iv_past", "tv_past")
        return replace(group, last=numeral.last) if ends or numeral.last >= len(phrases.tokens) else group

    def another(self, phrases: Phrases, at: int) -> Group | None:
        head = phrases.head(at + 1, after_one=True)
        if head is not None:
            classes = group_classes("implied", head.harm)
            group = Group(at, head.last, ONE, at, head.last, classes, (head.first, head.last), head.harm)
            return replace(group, is_kin=phrases.is_kin(at, head.last))
        follows = phrases.run(at + 1) == at + 1 or phrases.is_verbish(at + 1) or phrases.has(at + 1, *AFTER_BARE)
        return Group(at, at + 1, ONE, at, at + 1, COUNT) if follows else None

    def bare(self, phrases: Phrases, at: int) -> Group | None:
        """A noun phrase without determiner: a bare plural, or a headline's "Man killed in crash"."""
        head = phrases.head(at)
        if head is None or (phrases.has(at - 1, "comma") and phrases.folded(at).endswith("ing") and head.last > at + 1):
            return None  # "a judge, investigating members of the old regime"
        if phrases.has(at, "verb") and at > 0 and not phrases.opens_clause(at):
            return None  # "he told newsmen": the verb
        last = head.last
        group = Group(at, last, ONE, at, last, group_classes("implied", head.harm), (head.first, last), head.harm)
        if head.number is Number.PLURAL:
            bounds = self._numerals.bare_plural
            if bounds is None:
                return None
            end = phrases.joined_plural(last)
            classes = group_classes("plural", head.harm)
            return replace(group, last=end, count=bounds, count_last=end, classes=classes, is_vague=True)
        if phrases.folded(last - 1) in self._persons.collectives:
            inner = self._counted.inner(phrases, last)
            if inner is None:
                return None
            return replace(group, last=inner.last, count=inner.count, classes=group_classes("counted", head.harm))
        is_adjective = phrases.has(at - 1, *_BEFORE_ADJECTIVE) and not phrases.has(at - 1, "that")
        if at > 0 and phrases.has(at, "tv_past") and not is_adjective:
            return None  # "killed militia spokesman Omar Said": the verb, not "the funeral of murdered spokesman"
        owned = any(phrases.folded(index) == "'s" for index in range(at + 1, last - 1))
        if (
            owned and at > 0 and phrases.marks[at] is None and phrases.tokens[at].is_capitalised
        ):  # "killed Omar Said's driver"
            return replace(group, is_kin=phrases.is_kin(at, last))
        if at > 0 and not phrases.opens_clause(at) and not self._is_title(phrases, last):
            return None
        return replace(group, is_kin=phrases.is_kin(at, last), classes=group.classes | {"bare"})

    def _is_title(self, phrases: Phrases, last: int) -> bool:
        """Whether a name follows, at once or behind a second office: "senator and candidate Luis Reyes"."""
        if phrases.has(last, "and"):
            second = phrases.head(last + 1)
            last = second.last if second is not None and second.number is Number.SINGULAR else last
        return last < len(phrases.tokens) and phrases.tokens[last].is_capitalised and phrases.marks[last] is None
