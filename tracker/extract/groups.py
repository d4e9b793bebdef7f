"""Groups of people as a sentence names them: counted, implied, bare plurals, names, pronouns, nobody.

A group is a noun phrase from its determiner or number to its head. Its count is what the words say; whether the people were
harmed is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.claims import Count, Measure
from tracker.extract.lexicon import Entry
from tracker.extract.numerals import Numeral, NumeralReader
from tracker.extract.persons import Number, PersonWords
from tracker.extract.tokens import Token

_MAX_MODIFIERS = 8
_ONE = Count(1, 1)
_NOBODY = Count(0, 0)


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
    """What an attributive word inside the phrase asserts: "25 wounded people"."""
    harm_at: int = -1
    is_kin: bool = False
    members: tuple[Group, ...] = ()
    is_vague: bool = False
    """Whether the count comes from a word that is no number: "several", a bare plural."""
    whole: tuple[int, int] | None = None
    """For "three of the 12 victims": the tokens of the number that includes these."""

    def with_last(self, last: int) -> Group:
        """The same group reaching to `last`."""
        return replace(self, last=last)


class Mark:
    """The longest lexicon entry that begins at a token."""

    __slots__ = ("entry", "last")

    def __init__(self, last: int, entry: Entry) -> None:
        self.last = last
        self.entry = entry

    def has(self, *classes: str) -> bool:
        """Whether the entry has one of the classes."""
        return not self.entry.classes.isdisjoint(classes)


_STOPS = (
    "be", "get", "have", "do", "modal", "to", "preposition", "subordinator", "conjunction", "determiner", "possessive",
    "singular_pronoun", "plural_pronoun", "object_pronoun", "other_pronoun", "comma", "colon", "dash", "semicolon", "stop",
    "left", "right", "quote", "bullet", "slash", "not", "adverb", "who", "whom", "which", "that", "no", "including",
)  # fmt: skip
_AFTER_BARE = ("adverb", "say_verb", "rise", "tv_part", "harm_adj", "verb", "known")
_FINITE = ("tv_s", "tv_base", "tv_ing", "tv_past", "tv_part", "iv_past", "iv_s", "iv_base", "iv_ing", "iv_part")


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
        numerals: dict[int, Numeral],
        blocked: Sequence[bool],
    ) -> Group | None:
        """The group whose first token is `tokens[at]`; `blocked` tokens (dates) end every phrase."""
        reading = _Reading(tokens, marks, blocked, numerals)
        if at in numerals:
            return self._counted(reading, numerals[at])
        mark = marks[at]
        word = tokens[at].folded
        if mark is not None:
            if mark.has("zero_pronoun"):
                return self._nobody(reading, at, mark.last)
            if mark.has("no"):
                return self._zero(reading, at)
            if mark.has("singular_pronoun"):
                return Group(at, at + 1, _ONE, at, at + 1, frozenset({"people", "pronoun"}))
            if mark.has("other_one"):
                return self._another(reading, at)
            if mark.has("indefinite"):
                return self._determined(reading, at, "implied")
            if mark.has("possessive"):
                return self._determined(reading, at, "implied")
            if mark.has("definite"):
                return self._determined(reading, at, "definite")
            if mark.has("trigger") and not mark.has("tv_part", "harm_adj"):
                return None
            if mark.has(*_STOPS):
                return None
        if word.isalpha() or "-" in word or mark is not None:
            return self._bare(reading, at)
        return None

    def _counted(self, reading: _Reading, numeral: Numeral) -> Group | None:
        tokens = reading.tokens
        first, at = numeral.first, numeral.last
        count_last = at
        partitive = False
        if at < len(tokens) and reading.has(at, "more_word"):
            count_last = at = at + 1
        if at < len(tokens) and reading.has(at, "others_word"):
            return Group(
                first, at + 1, numeral.count, first, at + 1, _classes("counted"), (at, at + 1), is_vague=numeral.is_vague
            )  # fmt: skip
        if (at < len(tokens) and tokens[at].folded in ("of",)) or reading.has(at, "of"):
            after = reading.marks[at + 1] if at + 1 < len(tokens) else None
            if after is not None and after.has("them"):
                return Group(
                    first, after.last, numeral.count, first, count_last, frozenset({"people", "count", "partitive"}),
                    whole=(at + 1, after.last), is_vague=numeral.is_vague,
                )  # fmt: skip
            at += 1
            if reading.has(at, "definite", "possessive"):
                partitive = True
                at += 1
                if reading.has(at, "victim_word"):
                    return Group(
                        first, at + 1, numeral.count, first, count_last, frozenset({"people", "count", "partitive"}),
                        whole=(at, at + 1),
                    )  # fmt: skip
        head = self._head(reading, at, numeral.count.minimum == 1)
        if head is not None:
            victims, harm, harm_at, number = head
            if number is Number.SINGULAR and numeral.count.minimum != 1:
                head = None
            else:
                last = victims[1]
                kin = tokens[last - 1].folded in self._persons.kin or (
                    reading.has(first, "possessive") and reading.has(last - 1, "child_word")
                )
                count = numeral.count
                inner = (
                    self._inner_count(reading, last) if tokens[last - 1].folded in self._persons.collectives else None
                )
                if inner is not None and numeral.count == _ONE:
                    last, count = inner.last, inner.count
                last = self._joined_plural(reading, last)
                return Group(
                    first, last, count, first, count_last, _classes("counted", harm), victims, harm, harm_at, kin,
                    is_vague=numeral.is_vague, whole=victims if partitive else None,
                )  # fmt: skip
        if partitive or reading.has(count_last, "case_word"):
            return Group(first, max(at, count_last), numeral.count, first, count_last, frozenset({"number"}))
        at = count_last
        if self._numerals.is_label(tokens, numeral):
            return Group(first, max(at, numeral.last), numeral.count, first, count_last, frozenset({"number"}))
        unknown = self._unknown_head(reading, at)
        if unknown is not None:
            return Group(
                first, unknown[1], numeral.count, first, count_last, unknown[0], (at, unknown[1])
            )  # fmt: skip
        if (
            not numeral.is_vague
            and tokens[numeral.number_first].folded == "one"
            and numeral.first == numeral.number_first
        ):
            pass  # "one" alone may still be a pronoun for a person: left to the frames
        return Group(first, at, numeral.count, first, count_last, frozenset({"people", "count"}))

    def _unknown_head(self, reading: _Reading, at: int) -> tuple[frozenset[str], int] | None:
        """A noun that nobody listed, or a thing: what keeps a number from being one of people."""
        run = reading.run(at)
        if run <= at or reading.has(run, "harm_noun", "harm_nouns", "body", "lives", "case_word"):
            return None
        if any(reading.has(index, "harm_adj", "tv_part") for index in range(at, run)):
            return None
        last_word = reading.tokens[run - 1].folded
        for end in range(run, at, -1):
            if self._persons.is_thing(reading.tokens[end - 1].folded):
                return frozenset({"thing", "counted_thing"}), end
        if last_word.endswith("s") and last_word.isalpha():
            return frozenset({"people", "group", "unknown"}), run
        word = reading.tokens[at].folded
        if reading.is_verbish(at) or word.endswith(("ly", "ing")) or reading.has(at, *_AFTER_BARE):
            return None
        return frozenset({"thing", "counted_thing"}), at + 1

    def _inner_count(self, reading: _Reading, at: int) -> Group | None:
        if not reading.has(at, "of"):
            return None
        numeral = reading.numerals.get(at + 1)
        if numeral is None:
            return None
        inner = self._counted(reading, numeral)
        return inner if inner is not None and "people" in inner.classes else None

    def _determined(self, reading: _Reading, at: int, kind: str) -> Group | None:
        tokens = reading.tokens
        if at + 1 in reading.numerals:
            return None  # "that 40 soldiers": the number heads a phrase of its own
        head = self._head(reading, at + 1, reading.has(at, "indefinite"))
        if head is None:
            return None
        victims, harm, harm_at, number = head
        last = victims[1]
        word = tokens[last - 1].folded
        if word in self._persons.collectives:
            inner = self._inner_count(reading, last)
            if inner is not None:
                return Group(
                    at, inner.last, inner.count, at, inner.count_last, _classes("counted", harm), victims, harm, harm_at
                )
            size = 2 if kind == "implied" else None
            if size is None:
                return None
            exact = reading.has(last - 1, "pair_word")
            return Group(
                at, last, Count(2, 2 if exact else None), at, last, _classes("implied", harm), victims, harm, harm_at,
                is_kin=True,
            )  # fmt: skip
        kin = word in self._persons.kin or (reading.has(at, "possessive") and reading.has(last - 1, "child_word"))
        if number is Number.PLURAL:
            if reading.has(at, "possessive") and kin:
                bounds = self._numerals.bare_plural
                if bounds is None:
                    return None
                return Group(
                    at,
                    last,
                    bounds,
                    at,
                    last,
                    _classes("plural", harm),
                    victims,
                    harm,
                    harm_at,
                    is_kin=True,
                    is_vague=True,
                )
            names = {"group", "definite_plural"} | ({"harmed"} if harm else set())
            return Group(at, last, _ONE, at, last, frozenset(names), victims, harm, harm_at)
        victims_first = at if kind == "implied" and reading.has(at, "possessive") else victims[0]
        return Group(
            at, last, _ONE, at, last, _classes(kind, harm), (max(victims_first, victims[0]), last), harm, harm_at, kin
        )

    def _another(self, reading: _Reading, at: int) -> Group | None:
        head = self._head(reading, at + 1, True)
        if head is not None:
            victims, harm, harm_at, _ = head
            return Group(at, victims[1], _ONE, at, victims[1], _classes("implied", harm), victims, harm, harm_at)
        return Group(at, at + 1, _ONE, at, at + 1, frozenset({"people", "count"}))

    def _nobody(self, reading: _Reading, at: int, last: int) -> Group:
        count_last = last
        if reading.has(last, "of"):
            end = last + 1
            while end < len(reading.tokens) and not reading.is_stop(end, allow=("definite", "possessive", "them")):
                end += 1
            last = end
        return Group(at, last, _NOBODY, at, count_last, frozenset({"people", "group", "zero"}))

    def _zero(self, reading: _Reading, at: int) -> Group | None:
        head = self._head(reading, at + 1, reading.has(at, "indefinite"))
        if head is None:
            return Group(at, at + 1, _NOBODY, at, at + 1, frozenset({"people", "count", "zero"}))
        victims, harm, harm_at, _ = head
        return Group(
            at, victims[1], _NOBODY, at, victims[1], frozenset({"people", "group", "zero"}), victims, harm, harm_at
        )

    def _bare(self, reading: _Reading, at: int) -> Group | None:
        """A noun phrase without determiner: a bare plural, or a headline's "Man killed in crash"."""
        head = self._head(reading, at, False)
        if head is None:
            return None
        victims, harm, harm_at, number = head
        last = victims[1]
        word = reading.tokens[last - 1].folded
        if number is Number.PLURAL:
            bounds = self._numerals.bare_plural
            if bounds is None:
                return None
            last = self._joined_plural(reading, last)
            return Group(at, last, bounds, at, last, _classes("plural", harm), victims, harm, harm_at, is_vague=True)
        if word in self._persons.collectives:
            return None
        if last < len(reading.tokens) and reading.tokens[last].is_capitalised and reading.marks[last] is None:
            kin = False  # "cosmonaut Aleksei Leonov": the name follows
        elif at > 0 and not reading.opens_clause(at):
            return None
        kin = word in self._persons.kin
        return Group(at, last, _ONE, at, last, _classes("implied", harm), victims, harm, harm_at, kin)

    def _joined_plural(self, reading: _Reading, last: int) -> int:
        """ "8,000 men and boys": the number counts both nouns."""
        if reading.has(last, "and") and last + 1 < len(reading.tokens):
            run = reading.run(last + 1)
            if run > last + 1 and last + 1 not in reading.numerals:
                word = reading.tokens[run - 1]
                if run - last <= 3 and self._persons.number_of(word.folded, word.text) is Number.PLURAL:
                    return run
        return last

    def _head(
        self, reading: _Reading, at: int, after_one: bool
    ) -> tuple[tuple[int, int], Measure | None, int, Number] | None:
        """The noun phrase from `at` (after its determiner): its range, an attributive harm, and its number."""
        harm: Measure | None = None
        harm_at = -1
        run = reading.run(at)
        tokens = reading.tokens
        end = -1
        number = None
        for index in range(at, run):
            mark = reading.marks[index]
            if mark is not None and mark.entry.measure is not None and mark.has("tv_part", "harm_adj"):
                harm, harm_at = mark.entry.measure, index
            found = self._persons.number_of(tokens[index].folded, tokens[index].text, after_one=after_one)
            if found is None and tokens[index].folded in self._persons.collectives:
                found = Number.SINGULAR
            if found is None or harm_at == index:
                continue
            if number is Number.PLURAL and found is Number.SINGULAR:
                break  # a plural seldom describes another noun: "dozens of villagers hostage"
            following = index + 1
            if following < run and not self._may_end(reading, following, found):
                continue
            end, number = following, found
            if following < run and not self._continues(reading, following, run):
                break
        if end < 0 or number is None:
            return None
        if harm_at >= end:
            harm, harm_at = None, -1
        return (at, end), harm, harm_at, number

    def _may_end(self, reading: _Reading, following: int, number: Number) -> bool:
        """Whether a noun phrase may end before the word at `following`, which no stop word separates from it."""
        token = reading.tokens[following]
        if reading.is_verbish(following) or reading.has(
            following, "adverb", "say_verb", "tv_past", "iv_past", "harm_adj", "rise"
        ):
            return True
        if self._persons.is_thing(token.folded) or token.folded in self._persons.collectives:
            return False
        if token.is_capitalised and not reading.tokens[following - 1].is_capitalised:
            return True
        return number is Number.PLURAL and not token.folded.endswith("s")

    def _continues(self, reading: _Reading, following: int, run: int) -> bool:
        """Whether a later word of the run may still be the head: it may not once a verb stands between."""
        return not (reading.is_verbish(following) or reading.has(following, "adverb", "say_verb"))


class _Reading:
    """The sentence as the reader walks it."""

    __slots__ = ("blocked", "marks", "numerals", "tokens")

    def __init__(
        self,
        tokens: Sequence[Token],
        marks: Sequence[Mark | None],
        blocked: Sequence[bool],
        numerals: dict[int, Numeral],
    ) -> None:
        self.numerals = numerals
        self.tokens = tokens
        self.marks = marks
        self.blocked = blocked

    def has(self, at: int, *classes: str) -> bool:
        mark = self.marks[at] if at < len(self.tokens) else None
        return mark is not None and mark.has(*classes)

    def is_verbish(self, at: int) -> bool:
        """Whether the word looks like a verb by its ending, or is a listed irregular one."""
        word = self.tokens[at].folded
        return (word.endswith("ed") and len(word) > 4 and word.isalpha()) or self.has(at, "verb")

    def is_stop(self, at: int, allow: tuple[str, ...] = ()) -> bool:
        """Whether the word ends a noun phrase."""
        token = self.tokens[at]
        if self.blocked[at]:
            return True
        mark = self.marks[at]
        if mark is not None:
            if allow and mark.has(*allow):
                return False
            if mark.has(*_STOPS):
                return True
            if mark.has(*_FINITE):
                return not mark.has("tv_part", "harm_adj") or mark.last - at > 1
            if mark.has("harm_noun", "harm_nouns", "body", "lives", "case_word"):
                return True
        return not (token.folded[0].isalnum() or token.folded == "'s")

    def run(self, at: int) -> int:
        """The end of the words from `at` that could belong to one noun phrase."""
        end = at
        limit = min(len(self.tokens), at + _MAX_MODIFIERS)
        while end < limit and not self.is_stop(end):
            if end > at and (
                end in self.numerals or (self.has(end, "tv_part", "harm_adj") and not self._is_attributive(at, end))
            ):
                break
            end += 1
        return end

    def _is_attributive(self, at: int, harm: int) -> bool:
        """Whether a word of harm inside a noun phrase describes its head: it comes first, or behind adverbs or the like."""
        return all(self.tokens[index].folded.endswith("ly") for index in range(at, harm))

    def opens_clause(self, at: int) -> bool:
        """Whether a clause could begin at `at`: the start of a sentence, or after a mark or a conjunction."""
        return at == 0 or self.has(
            at - 1, "comma", "colon", "dash", "semicolon", "stop", "quote", "subordinator", "conjunction", "bullet"
        )


def _classes(kind: str, harm: Measure | None = None) -> frozenset[str]:
    names = {"people", "group", kind}
    if harm is not None:
        names |= {"harmed", "harmed_group"} if kind in ("counted", "implied") else {"harmed"}
    return frozenset(names)
