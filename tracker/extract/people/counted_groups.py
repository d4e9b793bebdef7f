"""Groups with a number: "at least 14 civilians", "three of the wounded", "all but two of the 31", "no crew"."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims import Count
from tracker.extract.people.boundaries import AFTER_BARE
from tracker.extract.people.groups import COUNT, ONE, Group, group_classes
from tracker.extract.people.noun_phrases import Head, Phrases
from tracker.extract.people.numerals import Numeral, NumeralReader
from tracker.extract.people.persons import Number, PersonWords

_NOBODY = Count(0, 0)
_NUMBER = frozenset({"number"})
_THING = frozenset({"thing", "counted_thing"})
_ZERO = frozenset({"people", "group", "zero"})
_ZERO_COUNT = frozenset({"people", "count", "zero"})
_PARTITIVE = frozenset({"people", "count", "partitive"})
_NOT_COUNTED = ("harm_noun", "harm_nouns", "body", "lives", "case_word")


class CountedGroups:
    """Reads the group that a number, or a word for nobody, begins."""

    def __init__(self, numerals: NumeralReader, persons: PersonWords) -> None:
        self._numerals = numerals
        self._persons = persons

    def read(self, phrases: Phrases, numeral: Numeral) -> Group | None:
        """A number with what it counts: "at least 14 civilians", "three of them", "dozens of shop assistants"."""
        first, at = numeral.first, numeral.last
        is_pair = phrases.has(at - 1, "pair_word")
        is_more = any(phrases.has(index, "more_word", "other_one") for index in range(first, at + 1))
        if phrases.has(at, "more_word"):
            at += 1
        count_last = at
        group = Group(first, at, numeral.count, first, at, COUNT, is_vague=numeral.is_vague, is_more=is_more)
        if phrases.has(first, "both_word") and phrases.has(at, "definite", "possessive"):
            at += 1  # "both his parents"
        if phrases.has(at, "others_word"):
            return replace(
                group, last=at + 1, count_last=at + 1, classes=group_classes("counted"), victims=(at, at + 1)
            )
        if phrases.has(at, "of"):
            part = self._partitive(phrases, at + 1, group)
            if part is not None:
                return part
            at += 1
        head = phrases.head(at, after_one=numeral.count.minimum == 1)
        if head is not None and (head.number is Number.PLURAL or numeral.count.minimum == 1):
            return self._headed(phrases, group, head)
        if phrases.folded(at) in self._persons.others and phrases.run(at + 1) == at + 1:
            return replace(group, last=at + 1, classes=group_classes("counted"), victims=(at, at + 1))
        if is_pair and not phrases.has(count_last, "of"):
            couple = (count_last - 1, count_last)
            return replace(group, classes=group_classes("implied"), victims=couple, is_kin=True)
        return self._unheaded(phrases, numeral, group)

    def _partitive(self, phrases: Phrases, at: int, group: Group) -> Group | None:
        """The part that "two of them" or "three of the wounded" names; None where "of" only joins ("dozens of men")."""
        those = phrases.has(at, "definite") and phrases.head(at + 1) is not None  # "two of those victims"
        if phrases.has(at, "them") and not those:
            mark = phrases.marks[at]
            return self._named_part(phrases, replace(group, last=mark.last if mark else at + 1, classes=_PARTITIVE))
        if not phrases.has(at, "definite", "possessive") and at not in phrases.numerals:
            return None
        if phrases.has(at, "definite", "possessive") and at not in phrases.numerals:
            at += 1
        if phrases.has(at, "victim_word") and phrases.head(at) is None:
            mark = phrases.marks[at]
            classes = _PARTITIVE | {"victim_partitive"}
            part = replace(group, last=at + 1, classes=classes, harm=mark.entry.measure if mark else None)
            return replace(part, victims=self._said_to_be(phrases, at + 1))
        numeral = phrases.numerals.get(at)
        at = numeral.last if numeral is not None else at
        head = phrases.head(at)
        if head is not None:
            whole = numeral.count if numeral is not None else None
            classes = COUNT | group_classes("counted") | {"part_group"}
            if phrases.has(head.last - 1, "survivor_word"):
                classes = group_classes("counted")  # no part of the dead
            victims: tuple[int, int] | None = (head.first, head.last)
            kin = phrases.folded(head.last - 1) in self._persons.kin
            whole_at = (numeral.first, numeral.last) if numeral is not None else None
            if numeral is None and head.last - head.first == 1 and phrases.has(head.first, "victim_word"):
                classes |= {"victim_partitive"}
                victims = self._said_to_be(phrases, head.last) or victims
            return replace(
                group, last=head.last, classes=classes, victims=victims, whole=whole, whole_at=whole_at, is_kin=kin
            )
        if numeral is not None and not numeral.is_vague and phrases.run(at) == at:
            return replace(group, last=at, classes=_PARTITIVE, whole=numeral.count)
        return replace(group, classes=_NUMBER)

    def _said_to_be(self, phrases: Phrases, at: int) -> tuple[int, int] | None:
        """The plural noun that says who they are: "four of the injured were children"."""
        head = phrases.head(at + 1) if phrases.has(at, "be") else None
        if head is None or head.harm is not None or head.number is Number.SINGULAR:
            return None
        return (head.first, head.last) if phrases.ends_at(head.last) else None

    def _named_part(self, phrases: Phrases, part: Group) -> Group:
        """The part with the noun that says who they are: "two of them nurses", "one of them a pupil"."""
        one = phrases.has(part.last, "indefinite")
        head = phrases.head(part.last + one, after_one=one)
        if head is None or head.harm is not None or (head.number is Number.SINGULAR) is not one:
            return replace(part, victims=self._said_to_be(phrases, part.last))
        return replace(part, last=head.last, victims=(head.first, head.last)) if phrases.ends_at(head.last) else part

    def _headed(self, phrases: Phrases, group: Group, head: Head) -> Group:
        last, count = head.last, group.count
        word = phrases.folded(last - 1)
        if word in self._persons.collectives and count == ONE:
            inner = self.inner(phrases, last)
            if inner is not None:
                last, count = inner.last, inner.count
        return replace(
            group,
            last=phrases.joined_plural(last),
            count=count,
            classes=group_classes("counted", head.harm),
            victims=(head.first, head.last),
            harm=head.harm,
            is_kin=phrases.is_kin(group.first, head.last),
        )

    def _unheaded(self, phrases: Phrases, numeral: Numeral, group: Group) -> Group:
        """A number whose noun is missing, unknown, or no person."""
        at = group.count_last
        if phrases.has(at, "case_word") or self._numerals.is_label(phrases.tokens, numeral):
            return replace(group, last=max(at, numeral.last), classes=_NUMBER)
        start = at + 1 if phrases.has(at, "of") else at
        run = phrases.run(start)
        if run > start and not phrases.has(run, *_NOT_COUNTED):
            kind = self._kind_of_unknown(phrases, start, run)
            if kind is not None:
                end = run if "unknown" in kind[0] else kind[1]
                return replace(group, last=end, classes=kind[0], victims=(start, end))
        adjective = run > start and self._persons.number_of(phrases.folded(run - 1), phrases.tokens[run - 1].text)
        return replace(group, victims=(start, run) if adjective else None)

    def _kind_of_unknown(self, phrases: Phrases, at: int, run: int) -> tuple[frozenset[str], int] | None:
        """What a number counts whose noun nobody listed as a person: a thing, an unknown person, or nothing at all."""
        if any(phrases.has(index, "harm_adj", "tv_part") for index in range(at, run)):
            return None
        for end in range(run, at, -1):
            if self._persons.is_thing(phrases.folded(end - 1)):
                return _THING, end
        word = phrases.folded(at)
        if phrases.is_verbish(at) or word.endswith(("ly", "ing")) or phrases.has(at, *AFTER_BARE):
            return None
        if self._persons.may_name_people(phrases.folded(run - 1)):
            return frozenset({"people", "group", "unknown"}), run
        return _THING, run

    def inner(self, phrases: Phrases, at: int) -> Group | None:
        """The number after a collective: "a family of five", "a group of 12 students"."""
        joint = phrases.marks[at] if phrases.has(at, "of", "made_up_of") else None
        numeral = phrases.numerals.get(joint.last) if joint is not None else None
        inner = self.read(phrases, numeral) if numeral is not None else None
        return inner if inner is not None and "people" in inner.classes else None

    def all_but(self, phrases: Phrases, at: int, last: int) -> Group | None:
        """ "All but two of the 31": the difference, both numbers being exact."""
        few = phrases.numerals.get(last)
        if few is None or not phrases.has(few.last, "of"):
            return None
        inner = few.last + 1
        if phrases.has(inner, "definite", "possessive") and inner not in phrases.numerals:
            inner += 1
        many = phrases.numerals.get(inner)
        if many is None or few.count.minimum is None or many.count.minimum is None:
            return None
        left = many.count.minimum - few.count.minimum
        head = phrases.head(many.last)
        victims = (head.first, head.last) if head else None
        if left < 1 or few.count.maximum != few.count.minimum or many.count.maximum != many.count.minimum:
            return None
        end = head.last if head else many.last
        return Group(at, end, Count(left, left), at, many.last, group_classes("counted"), victims)

    def nobody(self, phrases: Phrases, at: int, last: int) -> Group:
        """ "No one", "none of them", "none of the nine crew"."""
        group = Group(at, last, _NOBODY, at, last, _ZERO)
        if not phrases.has(last, "of"):
            return group
        inner = last + 1
        if phrases.has(inner, "them"):
            return replace(group, last=inner + 1)
        if phrases.has(inner, "definite", "possessive") and inner not in phrases.numerals:
            inner += 1
        numeral = phrases.numerals.get(inner)
        inner = numeral.last if numeral is not None else inner
        head = phrases.head(inner)
        return replace(group, last=head.last if head else inner, whole=numeral.count if numeral is not None else None)

    def no(self, phrases: Phrases, at: int) -> Group | None:
        head = phrases.head(at + 1)
        if head is None:
            return Group(at, at + 1, _NOBODY, at, at + 1, _ZERO_COUNT)
        classes = _ZERO
        return Group(at, head.last, _NOBODY, at, head.last, classes, (head.first, head.last), head.harm)
