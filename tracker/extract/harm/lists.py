"""Lists: ages, bare names and noun phrases that stand under one verb, joined before the frames look at the row.

"Two soldiers and a policeman" becomes one unit with two members; "Ziyaddin and Huseyn Safarov" and "a couple and their
two children" become one mention of as many people; an age becomes a unit that frames step over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims import Count
from tracker.extract.harm.units import NAME, Unit, owns_what_follows
from tracker.extract.people.groups import Group

_AGE = frozenset({"age"})
_LIST = frozenset({"people", "group", "list"})
_LISTABLE = ("counted", "implied", "definite", "plural", "unknown")
_ACTIVE = ("tv_past", "tv_s", "tv_base", "tv_ing")
_FINITE = ("be", "have", "tv_part", "iv_past", "iv_s", "harm_adj")
_OLDEST = 120
_LONGEST_OF = 5
_IN_PHRASE = ("definite", "word", "name", "place", "thing", "definite_plural", "implied", "possessive_mark")


def join_lists(row: Sequence[Unit]) -> list[Unit]:
    """The row with ages set apart and with lists joined."""
    aged = _set_ages_apart(row)
    joined: list[Unit] = []
    at = 0
    while at < len(aged):
        members, end = _members(aged, at)
        unit = _join(members) if len(members) > 1 else aged[at]
        if joined and joined[-1].has("plural") and not joined[-1].has("harmed") and _names_several(unit):
            unit = _named(joined.pop(), unit)
        joined.append(unit)
        at = end
    return joined


def _names_several(unit: Unit) -> bool:
    return unit.classes == NAME and unit.group is not None and (unit.group.count.minimum or 0) > 1


def _named(office: Unit, names: Unit) -> Unit:
    """Several names with what their bearers are: "councillors Rosa Lara and Juan Paz" are two."""
    assert names.group is not None
    group = replace(names.group, first=office.first, count_first=office.first, victims=(office.first, names.last))
    return Unit(office.first, names.last, NAME, group)


def _set_ages_apart(row: Sequence[Unit]) -> list[Unit]:
    """Ages in apposition to people: ", 31,", "(31)", "aged seven and eight"."""
    aged: list[Unit] = []
    at = 0
    while at < len(row):
        end = _age_end(row, at) if aged and aged[-1].group is not None else at
        if end > at:
            aged.append(Unit(row[at].first, row[end - 1].last, _AGE))
            at = end
        else:
            aged.append(row[at])
            at += 1
    return aged


def _age_end(row: Sequence[Unit], at: int) -> int:
    inner = at if row[at].has("aged") else at + 1
    if inner >= len(row) or not (inner == at or row[at].has("comma") or row[at].has("left")):
        return at
    if row[inner].has("aged"):
        end = inner + 1
        while end < len(row) and _is_age(row[end]):
            end += 1
            if end + 1 < len(row) and (row[end].has("and") or row[end].has("comma")) and _is_age(row[end + 1]):
                end += 1
        closes = end < len(row) and inner > at and (row[end].has("comma") or row[end].has("right"))
        return end + closes if end > inner + 1 else at
    if not _is_age(row[inner]) or inner + 1 >= len(row):
        return at
    closing = row[inner + 1]
    if row[at].has("left"):
        return inner + 2 if closing.has("right") else at
    return inner + 2 if closing.has("comma") else inner + 1 if closing.has("stop") else at


def _is_age(unit: Unit) -> bool:
    if unit.group is None or unit.last - unit.first != 1 or not (unit.has("count") or unit.has("number")):
        return False
    count = unit.group.count
    return count.minimum == count.maximum and 0 < (count.minimum or 0) < _OLDEST


def _members(row: Sequence[Unit], at: int) -> tuple[list[Unit], int]:
    """The units of the list that begins at `at` and where it ends; one unit where there is none."""
    alone = [row[at]], at + 1
    if not _is_listable(row[at]) or row[at].has("plural") or _is_placed(row, at) or _is_counted_by(row, at):
        return alone
    members, ends = [row[at]], [at + 1]
    closed = False
    while not closed:
        step = _after_aside(row, ends[-1])
        if step + 1 < len(row) and row[step].has("comma"):
            step += 1
            closed = row[step].has("and")
            step += closed
        elif step < len(row) and row[step].has("and"):
            step += 1
            closed = True
        else:
            break
        if step < len(row) and not closed and _describes(row, members[-1], row[step], step):
            behind = _after_office(row, step + 1)
            if behind >= len(row) or not (row[behind].has("comma") or _adds_others(row, behind)):
                break
            # "Hassan Nouri, a commander of the guard, and two aides": the list goes on behind the aside.
            ends[-1] = behind
            continue
        if step >= len(row) or not _is_listable(row[step]) or owns_what_follows(row, step):
            closed = False
            break
        members.append(row[step])
        ends.append(step + 1)
    if not closed or _explains(members):
        return alone
    if at > 0 and row[at - 1].has_any((*_ACTIVE, "including")) and _goes_on(row, ends[-1]):
        members.pop()  # "killed two soldiers and three farmers were hurt": the last one has a verb of its own
        ends.pop()
    return (members, ends[-1]) if len(members) > 1 else alone


def _is_placed(row: Sequence[Unit], at: int) -> bool:
    """Whether a name stands behind a preposition of place, and so is no person: "in Nduga, and two others"."""
    if row[at].classes != NAME or at == 0 or not row[at - 1].has("preposition"):
        return False
    return not row[at - 1].has_any(("of", "by", "with", "among"))


def _is_counted_by(row: Sequence[Unit], at: int) -> bool:
    """Whether a phrase belongs to a number before it, which the list begins with: "nine members of a choir"."""
    return at >= 2 and row[at].has("implied") and row[at - 1].has("of") and row[at - 2].has("counted")


def _after_aside(row: Sequence[Unit], at: int) -> int:
    """Past what belongs to the member before: "two members of the guard", "six nuns (five Swiss and a Dane)"."""
    return _after_bracket(row, _after_phrase(row, at))


def _after_bracket(row: Sequence[Unit], at: int) -> int:
    """Past a short bracket, `at` itself where none opens there."""
    if at < len(row) and row[at].has("left"):
        for closing in range(at + 1, min(len(row), at + 2 + _LONGEST_OF)):
            if row[closing].has("right"):
                return closing + 1
    return at


def _after_phrase(row: Sequence[Unit], at: int) -> int:
    """Past an age or a short phrase with "of"."""
    if at < len(row) and row[at].has("age"):
        return at + 1
    if at < len(row) and row[at].has("of"):
        end = at + 1
        while end < len(row) and end - at <= _LONGEST_OF and row[end].has_any(_IN_PHRASE):
            end += 1
        if end > at + 1:
            return _after_aside(row, end) if end < len(row) and row[end].has("left") else end
    return at


def _after_office(row: Sequence[Unit], at: int) -> int:
    """Past the places that an office is held in: "a deputy governor of Ghazni Province, Afghanistan"."""
    end = _after_aside(row, at)
    while end + 1 < len(row) and row[end].has("comma") and row[end + 1].has("place"):
        end += 2
    return end


def _describes(row: Sequence[Unit], earlier: Unit, unit: Unit, at: int) -> bool:
    """Whether a noun phrase behind a comma tells who the one before it is: "Ali Hassan, the mayor and ..."."""
    named = earlier.classes == NAME or _bears_name(earlier)
    titled = earlier.has("implied") and earlier.last - earlier.first > 2
    if not row[at - 1].has("comma"):
        return False
    if earlier.has("implied") and unit.classes == NAME and at + 1 < len(row) and row[at + 1].has("comma"):
        return True  # "a soldier, John Hill, and a translator"
    titled_name = titled and earlier.has("bare")  # "Mullah Ahmad Shah"
    tells = (named or titled_name) and unit.has("implied") and unit.group is not None and not unit.group.is_kin
    return tells or ((named or titled) and (unit.has("definite") or unit.has("bare")))


def _adds_others(row: Sequence[Unit], at: int) -> bool:
    """Whether "and" with a number of its own follows a description: "Ali Hassan, the mayor and two guards"."""
    return row[at].has("and") and at + 1 < len(row) and row[at + 1].has("counted")


def _bears_name(unit: Unit) -> bool:
    """Whether a definite person's name stands in the phrase: "the Jesuit Juan Lara"."""
    group = unit.group
    return unit.has("definite") and group is not None and group.victims is not None and group.victims[0] == group.first


def _explains(members: Sequence[Unit]) -> bool:
    """Whether the later members spell the first one out: "three people, two soldiers and a policeman"."""
    counts = [member.group.count for member in members if member.group is not None]
    if len(members) < 3 or not all(_is_exact(count) for count in counts):
        return False
    return counts[0].minimum == sum(count.minimum or 0 for count in counts[1:])


def _goes_on(row: Sequence[Unit], at: int) -> bool:
    return at < len(row) and row[at].has_any(_FINITE)


def _is_listable(unit: Unit) -> bool:
    if unit.group is None or unit.has("harmed"):
        return False
    return unit.classes == NAME or unit.has_any(_LISTABLE)


def _join(members: Sequence[Unit]) -> Unit:
    if all(unit.has("bare") for unit in members):  # "singer, actor and campaigner Doris Day": one person
        named = members[-1]
        return Unit(members[0].first, named.last, named.classes, named.group, named.measure)
    groups = tuple(unit.group for unit in members if unit.group is not None)
    first, last = members[0].first, members[-1].last
    exact = all(_is_exact(group.count) for group in groups)
    if exact and all(group.is_kin for group in groups[1:]):
        total = sum(group.count.minimum or 0 for group in groups)
        classes = frozenset({"people", "group", "counted"})
        return Unit(first, last, classes, _sum(groups, first, last, total, classes, is_kin=True))
    if all(unit.classes == NAME for unit in members):
        return Unit(first, last, NAME, _sum(groups, first, last, len(members), NAME, is_kin=False))
    classes = _LIST | {"numbered"} if all(unit.has("counted") for unit in members) else _LIST
    return Unit(
        first, last, classes, Group(first, last, groups[0].count, first, last, classes, members=_merged(members))
    )


def _merged(members: Sequence[Unit]) -> tuple[Group, ...]:
    """The members as mentions: bare names are one, each noun phrase its own."""
    groups = [unit.group for unit in members if unit.group is not None and unit.classes != NAME]
    names = [unit.group for unit in members if unit.group is not None and unit.classes == NAME]
    if names:
        first, last = names[0].first, names[-1].last
        groups.insert(0, _sum(names, first, last, len(names), NAME, is_kin=False))
    return tuple(groups)


def _sum(groups: Sequence[Group], first: int, last: int, total: int, classes: frozenset[str], *, is_kin: bool) -> Group:
    return Group(first, last, Count(total, total), first, last, classes, (first, last), is_kin=is_kin)


def _is_exact(count: Count) -> bool:
    return count.minimum is not None and count.minimum == count.maximum
