"""The distant subject: which group of people a verb further right is about, found by walking left from the verb.

What stands between subject and verb is stepped over: asides between commas or in brackets, relative clauses, phrases that
hang on a preposition. The walk ends at a clause border, and refuses where the subject may be something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.units import Unit

_MAX_STEPS = 40
_BORDERS = ("semicolon", "stop", "colon", "quote")
_LIGHT = ("adverb", "date", "age", "known", "not", "have", "do", "modal", "remain")
_RELATIVE = ("who", "that", "which", "whom")
_FINITE = ("be", "have", "modal", "verb", "verbish", "tv_past", "tv_s", "iv_past", "iv_s", "say_verb", "do")


def find_subject(row: Sequence[Unit], verb: int) -> int | None:
    """The index of the unit that is the subject of the verb at `row[verb]`, None where none is found for certain."""
    at = verb - 1
    steps = 0
    fallback: int | None = None
    while at >= 0 and steps < _MAX_STEPS:
        steps += 1
        unit = row[at]
        if unit.has("comma") or unit.has("dash"):
            opening = _aside_start(row, at)
            if opening is not None:
                at = opening - 1
                continue
            at -= 1
            continue
        if unit.has("right"):
            at = _bracket_start(row, at) - 1
            continue
        if any(unit.has(name) for name in _BORDERS):
            break
        if unit.has("who") or ((unit.has("that") or unit.has("which")) and at == verb - 1):
            return _antecedent(row, at)
        if unit.has("people") or unit.has("name"):
            governor = _governor(row, at)
            if governor is None:
                return _explained(row, at)
            if row[governor].has("including") or row[governor].has("among"):
                at = governor - 1
                continue
            if row[governor].has("of") and governor > 0 and row[governor - 1].has("word"):
                fallback = fallback if fallback is not None else None
            at = governor - 1
            continue
        if unit.has("definite_plural") or unit.has("thing") or unit.has("plural_pronoun"):
            governor = _governor(row, at)
            if governor is None:
                return None  # the subject is a thing, or people whose number is not given here
            at = governor - 1
            continue
        if unit.has("subordinator") and not unit.has("preposition"):
            break
        if any(unit.has(name) for name in _FINITE) and not any(unit.has(name) for name in _LIGHT):
            if unit.has("verbish") and at > 0 and (row[at - 1].has("people") or row[at - 1].has("name")):
                at -= 1  # a reduced relative: "people trapped inside were killed"
                continue
            if unit.has("conjunction"):
                break
            at -= 1
            continue
        at -= 1
    return fallback


def _explained(row: Sequence[Unit], at: int) -> int:
    """The name that the phrase at `row[at]` explains ("Ali Hassan, the mayor"), else the phrase itself."""
    explains = row[at].has("definite") or row[at].has("implied")
    if explains and at >= 2 and row[at - 1].has("comma") and row[at - 2].has("name") and _governor(row, at - 2) is None:
        return at - 2
    return at


def _governor(row: Sequence[Unit], at: int) -> int | None:
    """The preposition that the noun phrase at `row[at]` hangs on, None where it stands free."""
    left = at - 1
    while left >= 0 and (
        row[left].has("determiner")
        or (row[left].has("word") and not row[left].has("verbish"))
        or row[left].has("adverb")
    ):
        left -= 1
    if (
        left >= 0
        and (row[left].has("preposition") or row[left].has("including"))
        and not row[left].has("including_free")
    ):
        return left
    return None


def _aside_start(row: Sequence[Unit], closing: int) -> int | None:
    """The comma or dash that opens the aside closed at `row[closing]`, None where the mark closes none."""
    mark = "comma" if row[closing].has("comma") else "dash"
    at = closing - 1
    while at >= 0 and closing - at <= 16:
        unit = row[at]
        if unit.has("stop") or unit.has("semicolon"):
            return None
        if unit.has(mark):
            head = row[at + 1]
            if head.has("and") or head.has("but") or head.has("or"):
                return None
            if at > 0 and _is_aside(row, at, closing):
                return at
            if mark == "dash":
                return at
            at -= 1
            continue
        at -= 1
    return None


def _is_aside(row: Sequence[Unit], opening: int, closing: int) -> bool:
    """Whether what stands between the two commas explains the people before it."""
    before = row[opening - 1]
    head = row[opening + 1]
    if not (
        before.group is not None
        or before.has("name")
        or before.has("date")
        or before.has("thing")
        or before.has("word")
    ):
        return False
    if any(
        head.has(name)
        for name in ("including", "among", "who", "whom", "which", "of", "aged", "preposition", "age", "all", "both")
    ):
        return True
    if head.has("count") and head.has("partitive"):
        return True
    # An apposition: a noun phrase without a finite verb of its own.
    return not any(
        unit.has(name) for unit in row[opening + 1 : closing] for name in ("be", "tv_past", "iv_past", "say_verb")
    )


def _bracket_start(row: Sequence[Unit], closing: int) -> int:
    at = closing
    while at > 0 and not row[at].has("left"):
        at -= 1
    return at


def _antecedent(row: Sequence[Unit], relative: int) -> int | None:
    """The people that a relative pronoun takes up: the nearest ones to its left that no clause border hides."""
    at = relative - 1
    while at >= 0 and relative - at <= 12:
        unit = row[at]
        if unit.has("people") or unit.has("name"):
            governor = _governor(row, at)
            if unit.has("name") and governor is not None:
                at = governor - 1  # "a man from Lagos, who": not the town
                continue
            return at
        if unit.has("definite_plural") or unit.has("plural_pronoun") or any(unit.has(name) for name in _BORDERS):
            return None
        at -= 1
    return None
