"""A sentence as a short row of units: groups of people, numbers, names, dates, triggers and the small words between.

One unit is one character of `Units.symbols`, so that a frame is an ordinary regular expression over the row.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from tracker.claims import Count, Measure
from tracker.extract.groups import Group, GroupReader, Mark
from tracker.extract.lexicon import Lexicon
from tracker.extract.numerals import Numeral, NumeralReader
from tracker.extract.persons import PersonWords
from tracker.extract.sentences import Sentence
from tracker.extract.tokens import Token

_NAME = frozenset({"name"})
_DATE = frozenset({"date"})
_AGE = frozenset({"age"})
_WORD = frozenset({"word"})
_VERBISH = frozenset({"word", "verbish"})
_ADVERB = frozenset({"adverb"})
_THING = frozenset({"thing"})
_NUMBER = frozenset({"number"})
_PLACE = frozenset({"place"})
_LIST = frozenset({"people", "group", "list"})
_MAX_NAME = 7


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its half-open token range, what it is, and the group or the measure that it carries."""

    first: int
    last: int
    classes: frozenset[str]
    group: Group | None = None
    measure: Measure | None = None

    def has(self, name: str) -> bool:
        """Whether the unit is of the class."""
        return name in self.classes


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one sentence and the string that patterns are matched with (one character a unit)."""

    sentence: Sentence
    row: list[Unit]
    symbols: str

    @property
    def tokens(self) -> list[Token]:
        """The tokens that the units cover."""
        return self.sentence.tokens


class _Spelling:
    """How a sentence uses capitals, and so what a capital letter tells."""

    __slots__ = ("is_mixed", "start", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        words = [token for token in tokens if token.text[0].isalpha()]
        capitals = sum(token.is_capitalised for token in words)
        self.is_mixed = capitals * 10 < len(words) * 7
        """False for headlines in title case and for all capitals, where a capital letter tells nothing."""
        self.start = next((at for at, token in enumerate(tokens) if token.text[0].isalpha()), 0)

    def is_part_of_name(self, at: int, mark: Mark) -> bool:
        """Whether a listed word is spelt as part of a name ("Grateful Dead") or as an acronym ("US", "WHO")."""
        token = self.tokens[at]
        if not self.is_mixed or not token.is_capitalised or at <= self.start:
            return False
        if len(token.text) > 1 and token.text.isupper() and mark.last == at + 1:
            return not mark.has("maln", "trigger")
        previous = self.tokens[at - 1]
        return mark.has("trigger") and previous.is_capitalised and previous.text[0].isalpha()


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
        self, sentence: Sentence, dates: Sequence[tuple[int, int]] = (), names: Container[str] = frozenset()
    ) -> Units:
        """The units of `sentence`; `dates` are the token ranges that date expressions take.

        `names` are words that the story writes with a capital where nothing but being a name asks for one.
        """
        tokens = sentence.tokens
        blocked = [False] * len(tokens)
        date_ends = {}
        for first, last in dates:
            date_ends[first] = last
            blocked[first:last] = [True] * (last - first)
        spelling = _Spelling(tokens)
        marks: list[Mark | None] = []
        for at in range(len(tokens)):
            found = self._lexicon.entries.longest(tokens, at)
            mark = Mark(*found) if found else None
            marks.append(None if mark is not None and spelling.is_part_of_name(at, mark) else mark)
        numerals = {n.first: n for n in self._numerals.read_all(tokens) if not any(blocked[n.number_first : n.last])}
        row: list[Unit] = []
        at = 0
        while at < len(tokens):
            unit = self._unit(tokens, at, marks, numerals, blocked, date_ends)
            if unit.classes == _NAME:
                unit = self._named_or_not(unit, tokens, spelling, names)
            row.append(unit)
            at = unit.last
        row = _join_lists(_join_names(_find_ages(row, tokens), tokens), tokens)
        row = [_mark_kin(unit, tokens, marks) for unit in row]
        symbols = self._lexicon.symbols
        return Units(sentence, row, "".join(symbols[unit.classes] for unit in row))

    def _unit(
        self,
        tokens: Sequence[Token],
        at: int,
        marks: Sequence[Mark | None],
        numerals: dict[int, Numeral],
        blocked: Sequence[bool],
        date_ends: dict[int, int],
    ) -> Unit:
        if at in date_ends:
            return Unit(at, date_ends[at], _DATE)
        mark = marks[at]
        if mark is not None and at not in numerals and mark.last - at > 1 and mark.has("trigger"):
            return Unit(at, mark.last, mark.entry.classes, measure=mark.entry.measure)
        if mark is not None and mark.has("ordinal_word"):
            return Unit(
                at, mark.last, mark.entry.classes, Group(at, mark.last, Count(1, 1), at, mark.last, mark.entry.classes)
            )
        group = self._groups.read(tokens, at, marks, numerals, blocked)
        name_last = self._name_end(tokens, at, marks, blocked)
        if group is not None and group.last > at:
            if name_last > group.last or (
                group.classes & {"implied", "plural", "definite"} and name_last >= group.last
            ):
                pass  # a title with a name, read below
            else:
                end = self._titled_name_end(tokens, group, marks, blocked)
                if end > group.last:
                    return self._named(group, end)
                return Unit(group.first, group.last, group.classes, group, group.harm)
        if name_last > at:
            group = Group(at, name_last, Count(1, 1), at, name_last, _NAME, (at, name_last))
            return Unit(at, name_last, _NAME, group)
        if mark is not None:
            return Unit(at, mark.last, mark.entry.classes, measure=mark.entry.measure)
        return Unit(at, at + 1, self._shape(tokens[at]))

    def _named_or_not(self, unit: Unit, tokens: Sequence[Token], spelling: _Spelling, names: Container[str]) -> Unit:
        """A capitalised word or run that is a place, an acronym or just the first word of its sentence names nobody."""
        words = [token.text for token in tokens[unit.first : unit.last]]
        if len(words) == 1:
            word = words[0]
            if unit.first == spelling.start and word.casefold() not in self._persons.first_names and word not in names:
                return Unit(unit.first, unit.last, self._shape(tokens[unit.first]))
            if spelling.is_mixed and len(word) > 1 and word.isupper():
                return Unit(unit.first, unit.last, _WORD)
        if words[0].casefold() not in self._persons.first_names and self._is_place(" ".join(words)):
            return Unit(unit.first, unit.last, _PLACE)
        return unit

    def _shape(self, token: Token) -> frozenset[str]:
        word = token.folded
        if word.endswith("ly") and len(word) > 4:
            return _ADVERB
        if word.endswith("ed") and len(word) > 4:
            return _VERBISH
        if word[0].isdigit():
            return _NUMBER
        return _THING if self._persons.is_thing(word) else _WORD

    def _name_end(self, tokens: Sequence[Token], at: int, marks: Sequence[Mark | None], blocked: Sequence[bool]) -> int:
        """The end of the run of capitalised words that begins at `at`, `at` itself where none does."""
        end = at
        while end < len(tokens) and end - at < _MAX_NAME and not blocked[end]:
            token = tokens[end]
            mark = marks[end]
            if (
                (
                    token.is_capitalised
                    and (mark is None or (end > 0 and not mark.has("trigger") and len(token.text) > 3 and end > at))
                )
                or (
                    end > at
                    and token.folded in self._particles
                    and end + 1 < len(tokens)
                    and tokens[end + 1].is_capitalised
                )
                or (end > at and token.folded == "." and len(tokens[end - 1].text) == 1 and end + 1 < len(tokens))
            ):
                end += 1
            else:
                break
        return end

    def _titled_name_end(
        self, tokens: Sequence[Token], group: Group, marks: Sequence[Mark | None], blocked: Sequence[bool]
    ) -> int:
        if "implied" not in group.classes and "definite" not in group.classes:
            return group.last
        return self._name_end(tokens, group.last, marks, blocked)

    def _named(self, group: Group, end: int) -> Unit:
        named = Group(
            group.first,
            end,
            group.count,
            group.first,
            end,
            group.classes,
            (group.first, end),
            group.harm,
            group.harm_at,
        )
        return Unit(group.first, end, group.classes, named)


def _mark_kin(unit: Unit, tokens: Sequence[Token], marks: Sequence[Mark | None]) -> Unit:
    """Kin of the speaker or of someone named: "my husband", "their two sons"."""
    mark = marks[unit.first]
    if unit.group is None or not unit.group.is_kin or mark is None or not mark.has("possessive"):
        return unit
    classes = unit.classes | {"kin_group"}
    return replace(unit, classes=classes) if "harmed" not in classes else unit


def _find_ages(row: list[Unit], tokens: Sequence[Token]) -> list[Unit]:
    """Ages in apposition to people: ", 31,", "(31)", "aged seven and eight" become one unit that frames step over."""
    aged: list[Unit] = []
    at = 0
    while at < len(row):
        unit = row[at]
        end = _age_end(row, at)
        if end > at and aged and (aged[-1].group is not None):
            aged.append(Unit(unit.first, row[end - 1].last, _AGE))
            at = end
        else:
            aged.append(unit)
            at += 1
    return aged


def _age_end(row: list[Unit], at: int) -> int:
    opening = row[at]
    if not (opening.has("comma") or opening.has("left")) or at + 1 >= len(row):
        return at
    number = row[at + 1]
    if number.has("aged"):
        end = at + 2
        while end < len(row) and (
            row[end].has("count") or row[end].has("number") or row[end].has("and") or row[end].has("comma")
        ):
            if row[end].has("comma") and not (
                end + 1 < len(row) and (row[end + 1].has("count") or row[end + 1].has("and"))
            ):
                break
            end += 1
        return end + 1 if end < len(row) and (row[end].has("comma") or row[end].has("right")) else end
    if not (number.has("count") or number.has("number")) or number.group is None or number.last - number.first != 1:
        return at
    count = number.group.count
    if count.minimum != count.maximum or not 0 < (count.minimum or 0) < 120:
        return at
    closing = row[at + 2] if at + 2 < len(row) else None
    if closing is not None and (
        closing.has("right") if opening.has("left") else closing.has("comma") or closing.has("stop")
    ):
        return at + 3 if not closing.has("stop") else at + 2
    return at


def _join_names(row: list[Unit], tokens: Sequence[Token]) -> list[Unit]:
    """ "Ziyaddin and Huseyn Safarov": bare names under one verb are one mention of as many people."""
    joined: list[Unit] = []
    at = 0
    while at < len(row):
        members = [row[at]]
        end = at + 1
        if row[at].classes == _NAME:
            while (
                end + 1 < len(row) and row[end + 1].classes == _NAME and (row[end].has("and") or row[end].has("comma"))
            ):
                members.append(row[end + 1])
                end += 2
                if row[end - 2].has("and"):
                    break
            else:
                if len(members) > 1 and not (end < len(row) and row[end - 2].has("and")):
                    members, end = members[:1], at + 1
        if len(members) > 1:
            first, last, number = members[0].first, members[-1].last, len(members)
            group = Group(first, last, Count(number, number), first, last, _NAME, (first, last))
            joined.append(Unit(first, last, _NAME, group))
        else:
            joined.append(row[at])
        at = end
    return joined


def _join_lists(row: list[Unit], tokens: Sequence[Token]) -> list[Unit]:
    """ "two soldiers and a policeman": noun phrases under one verb become one unit with members."""
    joined: list[Unit] = []
    at = 0
    while at < len(row):
        members, end = _list_members(row, at)
        if len(members) < 2:
            joined.append(row[at])
            at += 1
            continue
        groups = tuple(unit.group for unit in members if unit.group is not None)
        first, last = members[0].first, members[-1].last
        if all(group.is_kin for group in groups[1:]) and all(_exact(group.count) for group in groups):
            total = sum(group.count.minimum or 0 for group in groups)
            kin = Group(first, last, Count(total, total), first, last, groups[0].classes, (first, last), is_kin=True)
            joined.append(Unit(first, last, groups[0].classes, kin))
        else:
            group = Group(first, last, groups[0].count, first, last, _LIST, members=groups)
            joined.append(Unit(first, last, _LIST, group))
        at = end
    return joined


def _list_members(row: list[Unit], at: int) -> tuple[list[Unit], int]:
    members = [row[at]]
    if not _is_listable(row[at]) or row[at].has("plural"):
        return members, at + 1
    end = at + 1
    closed = False
    while end + 1 < len(row) and not closed:
        step = end
        if row[step].has("age"):
            step += 1
        if step + 1 < len(row) and row[step].has("comma") and row[step + 1].has("and"):
            step += 1
            closed = True
        elif step < len(row) and row[step].has("and"):
            closed = True
        elif not (step < len(row) and row[step].has("comma")):
            break
        if step + 1 >= len(row) or not _is_listable(row[step + 1]):
            closed = False
            break
        members.append(row[step + 1])
        end = step + 2
    if (not closed and len(members) > 1) or all(member.classes == _NAME for member in members):
        return members[:1], at + 1
    return members, end


def _is_listable(unit: Unit) -> bool:
    if unit.classes == _NAME:
        return True
    if unit.group is None or not unit.has("people") or unit.has("harmed"):
        return False
    return (
        unit.has("counted") or unit.has("implied") or unit.has("definite") or unit.has("plural") or unit.has("unknown")
    )


def _exact(count: Count) -> bool:
    return count.minimum is not None and count.minimum == count.maximum
