"""Groups of people as a sentence names them: counted, implied, bare plurals, pronouns, nobody.

A group is a noun phrase from its determiner or number to its head. Its count is what the words say; whether the people
were harmed is not asked here.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.claims import Count, Measure
from tracker.extract.people.noun_phrases import Head, Mark, Phrases
from tracker.extract.people.numerals import Numeral, NumeralReader
from tracker.extract.people.persons import Number, PersonWords
from tracker.extract.text.tokens import Token

_ONE = Count(1, 1)
_NOBODY = Count(0, 0)
_NUMBER = frozenset({"number"})
_THING = frozenset({"thing", "counted_thing"})
_COUNT = frozenset({"people", "count"})
_ZERO_COUNT = frozenset({"people", "count", "zero"})
_PARTITIVE = frozenset({"people", "count", "partitive"})
_PRONOUN = frozenset({"people", "pronoun"})
_OWNER = frozenset({"owner"})
_LONGEST_DESCRIPTION = 3
_AFTER_BARE = ("adverb", "say_verb", "rise", "tv_part", "harm_adj", "verb", "known")
_BEFORE_ADJECTIVE = ("preposition", "determiner", "possessive", "tv_ing", "tv_past", "tv_s", "say_verb")
_NOT_COUNTED = ("harm_noun", "harm_nouns", "body", "lives", "case_word")
_BEFORE_PREDICATE = ("have", "who", "which", "singular_pronoun", "plural_pronoun", "other_pronoun", "harm_nouns")
_STARTS_NO_GROUP = frozenset(
    [
        "be",
        "get",
        "have",
        "do",
        "modal",
        "to",
        "preposition",
        "subordinator",
        "conjunction",
        "determiner",
        "plural_pronoun",
        "object_pronoun",
        "other_pronoun",
        "comma",
        "colon",
        "dash",
        "semicolon",
        "stop",
        "left",
        "right",
        "quote",
        "bullet",
        "slash",
        "not",
        "adverb",
        "who",
        "whom",
        "which",
        "that",
        "including",
    ]
)


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase over people; all ranges are half-open ranges of tokens of the sentence."""

    first: int
    last: int
    count: Count
    count_first: int
    count_last: int
    classes: frozenset[str]
    victims: tuple[int, int] | None = None
    harm: Measure | None = None
    """What a word inside the phrase asserts: "25 wounded people"."""
    is_kin: bool = False
    is_vague: bool = False
    """Whether the count comes from a word that is no number: "several", a bare plural."""
    whole: Count | None = None
    """For "three of the 12 victims", "none of the nine": the number that includes these."""
    whole_at: tuple[int, int] | None = None
    """Where that number stands, for a part that is counted itself."""
    is_more: bool = False
    """Whether the number adds to others: "three more", "another six"."""
    members: tuple[Group, ...] = ()


class GroupReader:
    """Finds the group that begins at a token."""

    def __init__(self, numerals: NumeralReader, persons: PersonWords) -> None:
        self._numerals = numerals
        self._persons = persons

    def read(
        self,
        tokens: Sequence[Token],
        at: int,
        marks: Sequence[Mark | None],
        numerals: Mapping[int, Numeral],
        blocked: Sequence[bool],
        named: Container[int] = frozenset(),
    ) -> Group | None:
        """The group whose first token is `tokens[at]`; `blocked` tokens (dates) end every phrase.

        `named` are the tokens at which a name begins, where capitals do not tell.
        """
        phrases = Phrases(tokens, marks, blocked, numerals, self._persons, named)
        mark = marks[at]
        if mark is not None and mark.has("all_but"):
            return self._all_but(phrases, at, mark.last)
        if mark is not None and mark.has("both_word") and phrases.only_joins(at + 1):
            return None
        if at in numerals:
            return self._counted(phrases, numerals[at])
        if mark is None:
            opens = tokens[at].folded[0].isalpha() or self._persons.names_by_ending(tokens[at].folded)
            return self._bare(phrases, at) if opens else None
        if mark.has("zero_pronoun"):
            return self._nobody(phrases, at, mark.last)
        if mark.has("no"):
            return self._no(phrases, at)
        if mark.has("singular_pronoun", "singular_object"):
            return Group(at, at + 1, _ONE, at, at + 1, _PRONOUN)
        if mark.has("other_one"):
            return self._another(phrases, at)
        if mark.has("one_owner") and phrases.folded(at + 1) and self._owns_body(phrases, at + 1):
            return Group(at, at + 1, _ONE, at, at + 1, _OWNER)
        if mark.has("one_owner") and phrases.has(at - 1, "tv_ing") and phrases.run(at + 1) == at + 1:
            return Group(at, at + 1, _ONE, at, at + 1, _PRONOUN)  # "injuring her", not "injuring her husband"
        if mark.has("indefinite", "possessive"):
            return self._determined(phrases, at, "implied")
        if mark.has("definite"):
            return self._determined(phrases, at, "definite")
        if mark.has("trigger") and not mark.has("tv_part", "harm_adj"):
            return None
        if mark.has("say_verb") and phrases.is_said(at, -1):
            return None
        if not mark.entry.classes.isdisjoint(_STARTS_NO_GROUP) or self._is_predicate(phrases, at):
            return None
        return self._bare(phrases, at)

    def _is_predicate(self, phrases: Phrases, at: int) -> bool:
        """Whether a form that is past and participle stands behind its subject: "shells killed civilians"."""
        if at == 0 or not phrases.has(at, "tv_past"):
            return False
        if phrases.marks[at - 1] is None:
            return phrases.folded(at - 1)[0].isalpha() and not phrases.is_verbish(at - 1)
        is_framed = phrases.has(at - 1, "which") and at > 1 and phrases.has(at - 2, "preposition")
        return phrases.has(at - 1, *_BEFORE_PREDICATE) and not is_framed

    def _owns_body(self, phrases: Phrases, at: int) -> bool:
        """Whether a body stands at `at`, or behind an adjective or two: "his bullet-riddled body"."""
        for index in range(at, at + _LONGEST_DESCRIPTION):
            if phrases.has(index, "body"):
                return phrases.head(index + 1) is None  # "his body guards" are others
            if index >= len(phrases.tokens) or (
                phrases.marks[index] is not None and not phrases.has(index, "harm_adj")
            ):
                return False
        return False

    def _counted(self, phrases: Phrases, numeral: Numeral) -> Group | None:
        """A number with what it counts: "at least 14 civilians", "three of them", "dozens of shop assistants"."""
        first, at = numeral.first, numeral.last
        is_pair = phrases.has(at - 1, "pair_word")
        is_more = any(phrases.has(index, "more_word", "other_one") for index in range(first, at + 1))
        if phrases.has(at, "more_word"):
            at += 1
        count_last = at
        group = Group(first, at, numeral.count, first, at, _COUNT, is_vague=numeral.is_vague, is_more=is_more)
        if phrases.has(first, "both_word") and phrases.has(at, "definite", "possessive"):
            at += 1  # "both his parents"
        if phrases.has(at, "others_word"):
            return replace(group, last=at + 1, count_last=at + 1, classes=_classes("counted"), victims=(at, at + 1))
        if phrases.has(at, "of"):
            part = self._partitive(phrases, at + 1, group)
            if part is not None:
                return part
            at += 1
        head = phrases.head(at, after_one=numeral.count.minimum == 1)
        if head is not None and (head.number is Number.PLURAL or numeral.count.minimum == 1):
            return self._headed(phrases, group, head)
        if phrases.folded(at) in self._persons.others and phrases.run(at + 1) == at + 1:
            return replace(group, last=at + 1, classes=_classes("counted"), victims=(at, at + 1))
        if is_pair and not phrases.has(count_last, "of"):
            couple = (count_last - 1, count_last)
            return replace(group, classes=_classes("implied"), victims=couple, is_kin=True)
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
            classes = _COUNT | _classes("counted") | {"part_group"}
            if phrases.has(head.last - 1, "survivor_word"):
                classes = _classes("counted")  # no part of the dead
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
        if word in self._persons.collectives and count == _ONE:
            inner = self._inner(phrases, last)
            if inner is not None:
                last, count = inner.last, inner.count
        return replace(
            group,
            last=self._joined_plural(phrases, last),
            count=count,
            classes=_classes("counted", head.harm),
            victims=(head.first, head.last),
            harm=head.harm,
            is_kin=self._is_kin(phrases, group.first, head.last),
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
        if phrases.is_verbish(at) or word.endswith(("ly", "ing")) or phrases.has(at, *_AFTER_BARE):
            return None
        if self._persons.may_name_people(phrases.folded(run - 1)):
            return frozenset({"people", "group", "unknown"}), run
        return _THING, run

    def _inner(self, phrases: Phrases, at: int) -> Group | None:
        """The number after a collective: "a family of five", "a group of 12 students"."""
        joint = phrases.marks[at] if phrases.has(at, "of", "made_up_of") else None
        numeral = phrases.numerals.get(joint.last) if joint is not None else None
        inner = self._counted(phrases, numeral) if numeral is not None else None
        return inner if inner is not None and "people" in inner.classes else None

    def _determined(self, phrases: Phrases, at: int, kind: str) -> Group | None:
        """ "A waitress", "his two nephews", "the imam", "a family of five"."""
        if at + 1 in phrases.numerals:
            return None  # "that 40 soldiers": the number heads a phrase of its own
        if at > 0 and phrases.has(at, "that") and phrases.has(at + 1, "tv_past"):
            return None  # "the blast that killed mayor Juan Lara": a relative clause
        if phrases.folded(at + 1) in self._persons.others and phrases.run(at + 2) == at + 2:
            return Group(at, at + 2, _ONE, at, at + 2, _COUNT)  # "killing one and wounding the other"
        one = phrases.has(at, "indefinite")
        head = phrases.head(at + 1, after_one=one)
        if head is None:
            return self._ordinal(phrases, at) if one else None
        last = head.last
        group = Group(at, last, _ONE, at, last, _classes(kind, head.harm), (head.first, last), head.harm)
        kin = self._is_kin(phrases, at, last)
        if phrases.folded(last - 1) in self._persons.collectives:
            inner = self._inner(phrases, last)
            if inner is not None:
                classes = _classes("counted", head.harm)
                return replace(group, last=inner.last, count=inner.count, count_last=inner.count_last, classes=classes)
            if kind != "implied" or self._collects_things(phrases, last):
                return None
            exact = phrases.has(last - 1, "pair_word")
            return replace(group, count=Count(2, 2 if exact else None), is_kin=True, is_vague=not exact)
        if head.number is Number.PLURAL:
            bounds = self._numerals.bare_plural
            if phrases.has(at, "possessive") and kin and bounds is not None:
                return replace(group, count=bounds, classes=_classes("plural", head.harm), is_kin=True, is_vague=True)
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
            return Group(at, at + 2, _ONE, at, at + 2, _COUNT)
        return None

    def _with_age(self, phrases: Phrases, group: Group) -> Group:
        """ "A girl of 11": the number after a single person is an age."""
        numeral = phrases.numerals.get(group.last + 1) if phrases.has(group.last, "of") else None
        if numeral is None or numeral.count.minimum != numeral.count.maximum or (numeral.count.minimum or 999) > 110:
            return group
        ends = phrases.has(numeral.last, "and", "comma", "be", "have", "stop", "preposition", "iv_past", "tv_past")
        return replace(group, last=numeral.last) if ends or numeral.last >= len(phrases.tokens) else group

    def _another(self, phrases: Phrases, at: int) -> Group | None:
        head = phrases.head(at + 1, after_one=True)
        if head is not None:
            classes = _classes("implied", head.harm)
            group = Group(at, head.last, _ONE, at, head.last, classes, (head.first, head.last), head.harm)
            return replace(group, is_kin=self._is_kin(phrases, at, head.last))
        follows = phrases.run(at + 1) == at + 1 or phrases.is_verbish(at + 1) or phrases.has(at + 1, *_AFTER_BARE)
        return Group(at, at + 1, _ONE, at, at + 1, _COUNT) if follows else None

    def _nobody(self, phrases: Phrases, at: int, last: int) -> Group:
        """ "No one", "none of them", "none of the nine crew"."""
        group = Group(at, last, _NOBODY, at, last, frozenset({"people", "group", "zero"}))
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

    def _all_but(self, phrases: Phrases, at: int, last: int) -> Group | None:
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
        return Group(at, end, Count(left, left), at, many.last, _classes("counted"), victims)

    def _no(self, phrases: Phrases, at: int) -> Group | None:
        head = phrases.head(at + 1)
        if head is None:
            return Group(at, at + 1, _NOBODY, at, at + 1, _ZERO_COUNT)
        classes = frozenset({"people", "group", "zero"})
        return Group(at, head.last, _NOBODY, at, head.last, classes, (head.first, head.last), head.harm)

    def _bare(self, phrases: Phrases, at: int) -> Group | None:
        """A noun phrase without determiner: a bare plural, or a headline's "Man killed in crash"."""
        head = phrases.head(at)
        if head is None or (phrases.has(at - 1, "comma") and phrases.folded(at).endswith("ing") and head.last > at + 1):
            return None  # "a judge, investigating members of the old regime"
        if phrases.has(at, "verb") and at > 0 and not phrases.opens_clause(at):
            return None  # "he told newsmen": the verb
        last = head.last
        group = Group(at, last, _ONE, at, last, _classes("implied", head.harm), (head.first, last), head.harm)
        if head.number is Number.PLURAL:
            bounds = self._numerals.bare_plural
            if bounds is None:
                return None
            end = self._joined_plural(phrases, last)
            classes = _classes("plural", head.harm)
            return replace(group, last=end, count=bounds, count_last=end, classes=classes, is_vague=True)
        if phrases.folded(last - 1) in self._persons.collectives:
            inner = self._inner(phrases, last)
            if inner is None:
                return None
            return replace(group, last=inner.last, count=inner.count, classes=_classes("counted", head.harm))
        is_adjective = phrases.has(at - 1, *_BEFORE_ADJECTIVE) and not phrases.has(at - 1, "that")
        if at > 0 and phrases.has(at, "tv_past") and not is_adjective:
            return None  # "killed militia spokesman Omar Said": the verb, not "the funeral of murdered spokesman"
        owned = any(phrases.folded(index) == "'s" for index in range(at + 1, last - 1))
        if (
            owned and at > 0 and phrases.marks[at] is None and phrases.tokens[at].is_capitalised
        ):  # "killed Omar Said's driver"
            return replace(group, is_kin=self._is_kin(phrases, at, last))
        if at > 0 and not phrases.opens_clause(at) and not self._is_title(phrases, last):
            return None
        return replace(group, is_kin=self._is_kin(phrases, at, last), classes=group.classes | {"bare"})

    def _is_title(self, phrases: Phrases, last: int) -> bool:
        """Whether a name follows, at once or behind a second office: "senator and candidate Luis Reyes"."""
        if phrases.has(last, "and"):
            second = phrases.head(last + 1)
            last = second.last if second is not None and second.number is Number.SINGULAR else last
        return last < len(phrases.tokens) and phrases.tokens[last].is_capitalised and phrases.marks[last] is None

    def _joined_plural(self, phrases: Phrases, last: int) -> int:
        """ "8,000 men and boys": the number counts both nouns."""
        if phrases.has(last, "and") and last + 1 < len(phrases.tokens) and last + 1 not in phrases.numerals:
            run = phrases.run(last + 1)
            if last + 1 < run <= last + 3:
                token = phrases.tokens[run - 1]
                if self._persons.number_of(token.folded, token.text) is Number.PLURAL:
                    return run
        return last

    def _is_kin(self, phrases: Phrases, first: int, last: int) -> bool:
        """Whether the head is a word for kin, or for a child of somebody ("their three children")."""
        if phrases.folded(last - 1) in self._persons.kin:
            return True
        return phrases.has(first, "possessive") and phrases.has(last - 1, "child_word")


def _classes(kind: str, harm: Measure | None = None) -> frozenset[str]:
    names = {"people", "group", kind}
    if harm is not None:
        names |= {"harmed", "harmed_group"} if kind == "counted" else {"harmed"}
    return frozenset(names)
