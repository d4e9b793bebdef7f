"""Numbers of people as written: digits and words, hedges and bounds, ranges and vague words, each kept as stated.

The words are in `rules/<language>/numerals.toml` and `vague.toml`. A number is read with the bound that its hedge
gives: "at least 49" is 49 to open, "up to 20" is open to 20, "about 50" is 50.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tracker.claims import Count
from tracker.errors import RuleError
from tracker.extract.text.phrases import PhraseTable
from tracker.extract.text.tokens import Token
from tracker.rulebook import Rulebook

_DIGITS = regex.compile(r"(\d{1,3}(?:[,. ]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:([.,]\d{1,2}))?(\p{L}+)?")
_MOST_DIGITS = 18  # no more are read, however many a text has
_ROUND_ONLY = 10_000_000_000  # more people than there are: a slip of the reader, never a count


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a sentence: half-open token range with its hedge, start of the bare number, and bounds."""

    first: int
    last: int
    number_first: int
    count: Count
    is_vague: bool = False


class NumeralReader:
    """Reads the number that begins at a token, by the tables of one rulebook and one policy for vague words."""

    def __init__(self, rulebook: Rulebook, policy: str | None = None) -> None:
        table = rulebook.table("numerals")
        vague = rulebook.table("vague")
        policy = policy or str(vague["default"])
        if policy not in vague["policies"]:
            known = ", ".join(sorted(vague["policies"]))
            raise RuleError(f"vague.toml: there is no policy {policy!r}; choose one of {known}.")
        self.policy = policy
        bounds = {word: value for word, value in vague["policies"][policy].items() if isinstance(value, list)}
        self.bare_plural = _bounds(bounds.pop("bare_plural")) if "bare_plural" in bounds else None
        self._units: dict[str, int] = table["units"]
        self._tens: dict[str, int] = table["tens"]
        self._scales: dict[str, int] = table["scales"]
        self.ordinals: dict[str, int] = table["ordinals"]
        self._phrases = PhraseTable[int](table["phrases"])
        self._vague = PhraseTable[Count]({word: _bounds(value) for word, value in bounds.items()})
        every_policy = {word for entries in vague["policies"].values() for word in entries}
        self._vague_words = PhraseTable[bool](dict.fromkeys(every_policy, True))
        self._one = frozenset(table["composition"]["one"])
        self._and = frozenset(table["composition"]["and"])
        self._half = PhraseTable[bool](dict.fromkeys(table["composition"]["half"], True))
        self._suffixes = {word: bound for bound, words in table["suffixes"].items() for word in words}
        self._before = _hedges(table["hedges_before"])
        self._after = _hedges(table["hedges_after"])
        self._joiners = frozenset(table["ranges"]["joiners"])
        self._openers = frozenset(table["ranges"]["openers"])
        self._changes = frozenset(table["ranges"]["changes"])
        self._designators = PhraseTable[bool](dict.fromkeys(table["not_counts"]["before"], True))
        self._measures = PhraseTable[bool](dict.fromkeys(table["not_counts"]["after"], True))
        self._ages = PhraseTable[bool](dict.fromkeys(table["ages"]["after"], True))
        self._currency = frozenset("$€£¥₹#")
        self._starters = frozenset(
            [*self._units, *self._tens, *self._scales, *self._one]
            + [phrase.split(" ")[0] for phrase in (*table["phrases"], *every_policy)]
        )

    def starts_number(self, token: Token) -> bool:
        """Whether a number could begin at this token: a cheap test before `read`."""
        folded = self._split(token)[0]
        return folded[:1].isdigit() or folded in self._starters or self._simple(folded) is not None

    def read_all(self, tokens: Sequence[Token], blocked: Sequence[bool] = ()) -> list[Numeral]:
        """All numbers of a sentence in order; where two overlap the longer wins ("as many as twenty" over "many").

        Tokens that are `blocked` belong to dates: no number begins among them or runs into them.
        """
        found = []
        for at, token in enumerate(tokens):
            if self.starts_number(token) and not (blocked and blocked[at]):
                numeral = self.read(tokens, at)
                if numeral is not None and not any(blocked[numeral.number_first : numeral.last]):
                    found.append(numeral)
        kept: list[Numeral] = []
        taken = bytearray(len(tokens))
        for numeral in sorted(found, key=lambda n: (n.first - n.last, n.first)):
            if not any(taken[numeral.first : numeral.last]):
                taken[numeral.first : numeral.last] = b"\1" * (numeral.last - numeral.first)
                kept.append(numeral)
        return sorted(kept, key=lambda n: n.first)

    def read(self, tokens: Sequence[Token], at: int) -> Numeral | None:
        """The number whose own words (not its hedge) begin at `tokens[at]`, with the hedges on either side."""
        plain = self._plain(tokens, at)
        if plain is None:
            return None
        end, count, is_vague = plain
        if not is_vague and count.minimum is not None:
            ranged = self._range(tokens, at, end, count.minimum)
            if ranged is not None:
                return ranged
            if at and tokens[at - 1].folded in self._currency:
                return None
        suffix = self._split(tokens[end - 1])[1]
        if suffix is not None:
            count = _bound(count, suffix)
        first = at
        before = self._before.longest_before(tokens, at)
        if before is not None:
            first, bound = before
            count = _bound(count, bound)
        last = end
        if last < len(tokens):
            after = self._after.longest(tokens, last)
            if after is not None:
                last, bound = after
                count = _bound(count, bound)
        return Numeral(first, last, at, count, is_vague)

    def is_label(self, tokens: Sequence[Token], numeral: Numeral) -> bool:
        """Whether the number names a thing (flight 370, page 12) or counts no people (12 km, 5 per cent, $3)."""
        if self.measures_thing(tokens, numeral.last):
            return True
        for at in {numeral.first, numeral.number_first}:
            named = self._designators.longest_before(tokens, at, 3) if at else None
            # "under 18" is an age, "just under 93,000" a bound: a longer hedge speaks of the number, not of a label.
            if named is not None and named[0] <= numeral.first:
                return True
        return False

    def measures_thing(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a unit of measure, time or money stands at `tokens[at]`."""
        return at < len(tokens) and self._measures.longest(tokens, at) is not None

    def is_age(self, tokens: Sequence[Token], numeral: Numeral) -> bool:
        """Whether the number is an age that describes the person behind it: "a forty year old man"."""
        return numeral.last < len(tokens) and self._ages.longest(tokens, numeral.last) is not None

    def _plain(self, tokens: Sequence[Token], at: int) -> tuple[int, Count, bool] | None:
        vague = self._vague.longest(tokens, at)
        named = self._vague_words.longest(tokens, at)
        phrase = self._phrases.longest(tokens, at)
        cardinal = self._cardinal(tokens, at)
        best_end = max((found[0] for found in (vague, named, phrase, cardinal) if found is not None), default=0)
        if not best_end:
            return None
        if cardinal is not None and cardinal[0] == best_end:
            return best_end, Count(cardinal[1], cardinal[1]), False
        if phrase is not None and phrase[0] == best_end:
            return best_end, Count(phrase[1], phrase[1]), False
        if vague is not None and vague[0] == best_end:
            return best_end, vague[1], True
        return None  # a vague word to which this policy gives no figure

    def _cardinal(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        if tokens[at].folded[0].isdigit():
            return self._digits(tokens, at)
        return self._words(tokens, at)

    def _split(self, token: Token) -> tuple[str, str | None]:
        """A word without the ending that bounds it ("40-plus", "twenty-odd"), and that bound."""
        word, hyphen, ending = token.folded.rpartition("-")
        if hyphen and word and ending in self._suffixes:
            return word, self._suffixes[ending]
        return token.folded, None

    def _digits(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        match = _DIGITS.fullmatch(self._split(tokens[at])[0])
        if match is None:
            return None
        whole, fraction, suffix = match.groups()
        digits = regex.sub(r"[,. ]", "", whole)
        if len(digits) > _MOST_DIGITS:
            return None
        value = float(digits + fraction.replace(",", ".")) if fraction else int(digits)
        end = at + 1
        scaled = False
        if suffix is not None:
            if suffix not in self._scales:
                return None
            value *= self._scales[suffix]
            scaled = True
        while end < len(tokens) and (scale := self._scale(tokens, end)) and value < _ROUND_ONLY:
            value *= scale
            scaled = True
            end += 1
        if fraction and not scaled:
            return None
        return self._sane(end, value)

    def _scale(self, tokens: Sequence[Token], at: int) -> int | None:
        """What a scale that stands as a word multiplies by; one letter may be any unit of measure."""
        word = self._split(tokens[at])[0] if at < len(tokens) else ""
        return self._scales.get(word) if len(word) > 1 else None

    def _words(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        """English composition: units below tens below hundreds, each scale closing the group before it."""
        total = current = 0
        end = at
        seen = False
        smallest = _ROUND_ONLY
        if tokens[at].folded in self._one:
            if (self._scale(tokens, at + 1) or 0) < 100:
                return None
            current, end, seen = 1, at + 1, True
        while end < len(tokens):
            word, suffix = self._split(tokens[end])
            if seen and word in self._and:
                half = self._half.longest(tokens, end)
                scale = self._scale(tokens, half[0]) if half is not None and not total else None
                if half is not None and scale is not None:
                    return self._sane(half[0] + 1, (current + 0.5) * scale)
                if not self._joins(tokens, end, total, current):
                    break
                end += 1
                continue
            value = self._simple(word)
            scale = self._scale(tokens, end)
            if value is not None:
                if seen and not (_may_follow(current, value) or (current == 0 and total and value)):
                    break
                current += value
            elif scale is None or not seen:
                break
            elif scale <= 100:
                if current >= 100:
                    break
                current *= scale
            else:
                if scale >= smallest:
                    break
                total, current, smallest = total + current * scale, 0, scale
            seen = True
            end += 1
            if suffix is not None:
                break
        return self._sane(end, total + current) if seen else None

    def _joins(self, tokens: Sequence[Token], at: int, total: int, current: int) -> bool:
        """Whether "and" goes on with the number: after hundreds, or after thousands before less than a hundred."""
        if at + 1 >= len(tokens) or not self._simple(self._split(tokens[at + 1])[0]):
            return False
        return current >= 100 or (total > 0 and current == 0 and not self._scale(tokens, at + 2))

    def _simple(self, word: str) -> int | None:
        if word in self._units:
            return self._units[word]
        if word in self._tens:
            return self._tens[word]
        tens, hyphen, unit = word.partition("-")
        if hyphen and tens in self._tens and self._units.get(unit, 10) < 10:
            return self._tens[tens] + self._units[unit]
        return None

    def _continues(self, tokens: Sequence[Token], at: int) -> bool:
        return at < len(tokens) and bool(self._simple(tokens[at].folded))

    def _sane(self, end: int, value: float) -> tuple[int, int] | None:
        rounded = round(value)
        return (end, rounded) if rounded < _ROUND_ONLY else None

    def _range(self, tokens: Sequence[Token], at: int, end: int, low: int) -> Numeral | None:
        if end + 1 >= len(tokens) or tokens[end].folded not in self._joiners:
            return None
        joiner = tokens[end].folded
        upper = self._cardinal(tokens, end + 1)
        if upper is None:
            return None
        opener = tokens[at - 1].folded if at else ""
        high = upper[1]
        if joiner == "and" and opener != "between":
            return None
        if opener == "from" or (joiner == "to" and opener in self._changes):
            return None  # a change ("rose from 12 to 15", "up by two to 15") or a span of something else
        scale = self._scale(tokens, upper[0] - 1) or 1
        if low < scale <= high:
            low *= scale  # "two or three hundred"
        if low >= high or (joiner == "or" and high - low != scale):
            return None
        first = at - 1 if opener == "between" else at
        return Numeral(first, upper[0], at, Count(low, high))


def _may_follow(current: int, value: int) -> bool:
    """Whether `value` can continue a number so far worth `current`: a unit after a ten, either after a hundred."""
    if current == 0:
        return False
    if current % 100 == 0:
        return value < 100
    return current % 100 >= 20 and current % 10 == 0 and 0 < value < 10


def _bounds(pair: list[int]) -> Count:
    low, high = pair
    return Count(low, None if high < 0 else high)


def _hedges(table: dict[str, list[str]]) -> PhraseTable[str]:
    return PhraseTable({phrase: bound for bound, phrases in table.items() for phrase in phrases})


def _bound(count: Count, bound: str) -> Count:
    if bound == "lower":
        return Count(count.minimum if count.minimum is not None else count.maximum, None)
    if bound == "upper":
        return Count(None, count.maximum if count.maximum is not None else count.minimum)
    return count
