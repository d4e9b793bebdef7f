"""The distant subject: which group of people a verb further right is about, found by walking left from the verb.

What stands between subject and verb is stepped over: asides between commas or in brackets, relative clauses, phrases
that hang on a preposition. The walk ends at a clause border, and refuses where the subject may be something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.harm.units import Unit

_MAX_STEPS = 40
_LONGEST_ASIDE = 18
_LONGEST_RELATIVE = 12
_LONGEST_QUOTED = 6
_BORDERS = ("semicolon", "stop", "colon", "quote")
_WHOLE_PHRASES = ("counted", "count", "implied", "definite", "pronoun", "list", "zero")
_PASSIVE_TOO = (
    "known",
    "treat",
    "cause",
)  # "two men reported missing", "33 of those admitted": no verbs of saying there
_AFTER_PASSIVE = ("to", "be", "harm_adj", "tv_part")  # "Omar Odeh, alleged to be a guard, was killed"
_ASIDE_HEADS = (
    "including",
    "among",
    "who",
    "whom",
    "which",
    "of",
    "aged",
    "preposition",
    "age",
    "all",
    "both",
    "partitive",
)


def find_subject(row: Sequence[Unit], verb: int) -> int | None:
    """The index of the unit that is the subject of the verb at `row[verb]`, None where none is found for certain."""
    at = verb - 1
    if row[verb].has_any(("being", "iv_ing")):
        inner = at - 1 if at > 0 and row[at].has("adverb") else at
        if inner >= 0 and row[inner].has("people") and (row[verb].has("being") or _is_absolute(row, inner)):
            return inner  # "with one soldier being wounded", "with one soldier later dying"
    found = _walk(row, verb)
    return found if found is not None else _apposed(row, verb)


def _walk(row: Sequence[Unit], verb: int) -> int | None:
    """The subject found step by step to the left of the verb."""
    at = verb - 1
    for _ in range(_MAX_STEPS):
        if at < 0:
            return None
        unit = row[at]
        if unit.has("comma") or unit.has("dash"):
            opening = _aside_start(row, at)
            if (
                opening is not None
            ):  # "the owner, who was at home, Karim Odeh, was killed": two asides with one mark between
                before = _aside_start(row, opening)
                opening = before if before is not None and row[before + 1].has("who") else opening
                opening = before if before is not None and row[before + 1].has("which") else opening
            at = (opening if opening is not None else at) - 1
        elif unit.has("right"):
            at = _bracket_start(row, at) - 1
        elif unit.has("quote") and (quoted := _quote_start(row, at)) is not None:
            at = quoted - 1  # three men of the “Night Guard” were killed
        elif unit.has("quote") and at == verb - 1:
            at -= 1  # “three gunmen” were killed
        elif unit.has_any(_BORDERS) or (unit.has("number_word") and at == verb - 1):
            return None  # "an unknown number were injured"
        elif unit.has("who") or (at == verb - 1 and (unit.has("that") or unit.has("which"))):
            return _antecedent(row, at)
        elif (verbal := _participle_before(row, at)) is not None:
            at = verbal - 1  # "a man carrying a bag was killed": the bag is an object
        elif unit.has("people") or unit.has("name"):
            governor = _governor(row, at)
            if governor is None and _speaks(row, at, verb):
                return None  # "Miller said profits were hurt"
            relative = _relative_before(row, at) if governor is None else None
            if relative is not None:
                return _antecedent(row, relative)  # "a woman who pushed the man was killed"
            if governor is None and at >= 2 and row[at - 1].has("be") and row[at - 2].has("to"):
                at -= 3  # "three men believed to be agents were hurt": what they are believed to be
                continue
            if governor is None:
                return _explained(row, at)
            at = governor - 1
        elif unit.has("definite_plural") or unit.has("thing") or unit.has("plural_pronoun"):
            if unit.has("counted_thing") and at >= 2 and row[at - 1].has("and") and row[at - 2].has("people"):
                at -= 2  # "three guards and a hundred sheep were killed"
                continue
            governor = _governor(row, at)
            if governor is None:
                relative = _relative_before(row, at)
                # The subject is a thing, or people whose number is not given here, unless a relative clause ends here.
                return _antecedent(row, relative) if relative is not None else None
            at = governor - 1
        elif unit.has("subordinator") and not unit.has("preposition"):
            return None
        else:
            at -= 1
    return None


def _is_absolute(row: Sequence[Unit], at: int) -> bool:
    """Whether "with" stands before the people at `row[at]`."""
    return at > 0 and row[at - 1].has("with")


def _speaks(row: Sequence[Unit], at: int, verb: int) -> bool:
    """Whether the people at `row[at]` say something, and the verb belongs to what they say."""
    saying = at + 1
    while saying < verb and row[saying].has_any(("adverb", "date")):
        saying += 1
    if saying >= verb or not row[saying].has("say_verb"):
        return False
    if row[saying + 1].has_any(_AFTER_PASSIVE):
        return False
    if not row[at].has_any(("name", "pronoun")) and (not row[saying].has("verb") or row[saying].has_any(_PASSIVE_TOO)):
        return False
    return not any(unit.has("and") for unit in row[saying + 1 : verb])


def _apposed(row: Sequence[Unit], verb: int) -> int | None:
    """The aside between subject and verb that says of an unknown name that it is one person's.

    "Boke, a reporter from Delft, was killed": what the aside explains need not be known to be a name.
    """
    closing = verb - 1
    if closing < 0 or not row[closing].has("comma"):
        return None
    opening = _aside_start(row, closing)
    if opening is None or opening == 0:
        return None
    explained, head = row[opening - 1], row[opening + 1]
    if not head.has("implied") or head.has("kin_group") or not explained.has_any(("word", "place")):
        return None
    return opening + 1 if explained.group is None and not explained.has("verbish") else None


def climb(row: Sequence[Unit], at: int) -> int:
    """The counted people that the phrase at `row[at]` belongs to ("24 members of a wedding party"), else itself."""
    if at >= 2 and row[at - 1].has("of") and row[at - 2].has_any(("counted", "count")):
        return at - 2
    return at


def _explained(row: Sequence[Unit], at: int) -> int:
    """The name that the phrase at `row[at]` explains ("Ali Hassan, the mayor"), else the phrase itself."""
    explains = row[at].has("definite") or row[at].has("implied")
    if explains and at >= 2 and row[at - 1].has("comma") and row[at - 2].has("name") and _governor(row, at - 2) is None:
        return at - 2
    return at


def _governor(row: Sequence[Unit], at: int) -> int | None:
    """The preposition that the noun phrase at `row[at]` hangs on, None where it stands free."""
    left = at - 1
    compound = row[at].has("thing")  # a name may stand inside its phrase: "the Welle relay station"
    whole = row[at].has_any(_WHOLE_PHRASES) and not row[at].has("bare")  # its own number or article begins the phrase
    while (
        left >= 0
        and not _is_verb(row, left)
        and (row[left].has("adverb") if whole else _is_inside_phrase(row[left]) or (compound and row[left].has("name")))
    ):
        left -= 1
    if left < 0 or not (row[left].has("preposition") or row[left].has("including")):
        return None
    if row[left].has("as"):
        return left if row[at].has("plural") or row[at].has("bare") else None  # "working as guides"
    if row[left].has("subordinator") and not row[at].has("thing"):
        return None  # "after a juggler was shot": the subject of its clause
    return left


def _participle_before(row: Sequence[Unit], at: int) -> int | None:
    """The participle whose object the noun phrase at `row[at]` is, None where it is no such object."""
    if not row[at].has_any(("people", "thing", "definite_plural")):
        return None
    left = at - 1
    if left > 1 and row[left].has("verbish") and row[left - 1].has("being"):
        return left - 1  # "Afghans being bused home died"
    while left > 0 and not row[left].has("participle") and _is_inside_phrase(row[left]):
        left -= 1
    return left if left > 0 and row[left].has("participle") else None


def find_first_subject(row: Sequence[Unit], verb: int) -> int | None:
    """The first people of the sentence that hang on no preposition: the subject of a participle behind the clause."""
    for at, unit in enumerate(row[:verb]):
        if (unit.has("people") or unit.has("name")) and _governor(row, at) is None and not _speaks(row, at, verb):
            return at
    return None


def _is_verb(row: Sequence[Unit], at: int) -> bool:
    """Whether a word with a verb's ending is one: behind an article it describes what follows."""
    return row[at].has("verbish") and not (at > 0 and row[at - 1].has("determiner"))


def _is_inside_phrase(unit: Unit) -> bool:
    """Whether the unit may stand between a preposition and the head of its noun phrase."""
    if unit.has("verb"):
        return False
    return not unit.has_any(("preposition", "including")) and unit.has_any(
        ("determiner", "word", "adverb", "thing", "possessive", "number", "place", "possessive_mark")
    )


def _relative_before(row: Sequence[Unit], at: int) -> int | None:
    """The relative pronoun whose clause the phrase at `row[at]` ends, None where none is open."""
    for left in range(at - 1, max(-1, at - 1 - _LONGEST_RELATIVE), -1):
        unit = row[left]
        if unit.has("who"):
            return left
        if unit.has("comma") or unit.has_any(_BORDERS) or unit.has("people"):
            return None
    return None


def _aside_start(row: Sequence[Unit], closing: int) -> int | None:
    """The comma or dash that opens the aside closed at `row[closing]`, None where the mark closes none."""
    mark = "comma" if row[closing].has("comma") else "dash"
    for at in range(closing - 1, max(0, closing - 1 - _LONGEST_ASIDE), -1):
        unit = row[at]
        if unit.has("stop") or unit.has("semicolon"):
            return None
        if unit.has(mark):
            if row[at + 1].has_any(("and", "but", "or")):
                return None
            if mark == "dash" or _is_aside(row, at, closing):
                return at
    return None


def _is_aside(row: Sequence[Unit], opening: int, closing: int) -> bool:
    """Whether what stands between the two commas explains the people before it, or says who tells of them."""
    before = row[opening - 1]
    if before.group is None and not before.has_any(("name", "date", "thing", "word", "place")):
        return False
    inside = row[opening + 1 : closing]
    if inside[0].has_any(_ASIDE_HEADS) or any(unit.has("say_verb") for unit in inside):
        return True
    # An apposition: a noun phrase without a finite verb of its own.
    return not any(unit.has_any(("be", "tv_past", "iv_past")) for unit in inside)


def _quote_start(row: Sequence[Unit], closing: int) -> int | None:
    """The quotation mark that opens the quoted name of something, a few words behind a preposition or an article."""
    for at in range(closing - 1, max(0, closing - 2 - _LONGEST_QUOTED), -1):
        if row[at].has("quote"):
            named = row[at - 1].has("preposition") or row[at - 1].has("determiner")
            return at if named and at < closing - 1 else None
        if not _is_inside_phrase(row[at]) and not row[at].has_any(("name", "bare")):
            return None
    return None


def _bracket_start(row: Sequence[Unit], closing: int) -> int:
    at = closing
    while at > 0 and not row[at].has("left"):
        at -= 1
    return at


def _antecedent(row: Sequence[Unit], relative: int) -> int | None:
    """The people that a relative pronoun takes up: the nearest ones to its left that no clause border hides."""
    at = relative - 1
    while at >= 0 and relative - at <= _LONGEST_RELATIVE:
        unit = row[at]
        if unit.has("people") or unit.has("name"):
            governor = _governor(row, at)
            if unit.has("name") and governor is not None and not row[governor].has_any(("of", "by", "with", "for")):
                at = governor - 1  # "a man from Lagos, who": not the town
                continue
            part = at if unit.has("partitive") else at - 1  # "five of them Swiss" is one unit or two
            if part >= 2 and row[part].has("partitive") and row[part - 1].has("comma") and row[part - 2].has("people"):
                return part - 2  # "six nuns, five of them Swiss, who": the whole
            return at
        if unit.has("definite_plural") or unit.has("plural_pronoun") or unit.has_any(_BORDERS):
            return None
        at -= 1
    return None
