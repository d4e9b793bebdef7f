"""What harmed people: words for causes in a sentence, and which of them belongs to a given harm.

The words and how much each says are in `causes.toml`. Means beat events, events beat settings, and what is near beats
what is far; a mishap ("the bus plunged") takes its cause from the vehicle beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from tracker.claims import Cause, Measure
from tracker.errors import RuleError
from tracker.extract.text.phrases import PhraseTable
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token, tokenise
from tracker.rulebook import Rulebook

Range = tuple[int, int]

DIRECT, EVENT, SETTING = 3, 2, 1
_STRENGTHS = {"direct": DIRECT, "event": EVENT, "setting": SETTING, "custody": DIRECT}
_CUSTODY = "custody"
_MISHAPS = ("certain", "with_vehicle", "in_water", "collapses")
_OTHER_TABLES = frozenset(
    [
        "about",
        "nothing",
        "people",
        "mishaps",
        "vehicles",
        "structures",
        "agents",
        "raids",
        "measures",
        "custody",
        "takes_in",
        "unrest_over",
    ]
)
_AGENT_GRAMMAR = ("by", "relatives", "deeds", "participle_follows", "count_follows", "bounds")
_ORIGIN = "en/causes.toml"

# One step of strength is worth so many tokens of distance; two words for one event stand no further apart than _BESIDE.
_TOKENS_A_STEP = 11
_BESIDE = 9
_FAR = 30  # "after an earthquake …, under a collapsed mosque": what merely came down has a cause of its own
# How many tokens may stand between a mishap and the vehicle or structure that it befell.
_BEFORE = {"certain": 24, "with_vehicle": 20, "in_water": 40, "collapses": 8}
_AFTER = {"certain": 7, "with_vehicle": 3, "in_water": 40, "collapses": 4}
_BY_BEFORE_AGENT = 5
_BEFORE_DEED = 2  # tokens: "rebels then killed"
_COUNTED_NOUN = 3
_FROM_SPARK, _TO_REASON = 4, 8  # tokens: "sparks a rooftop protest", "protests continued across the city over"
_REASON_LENGTH = 3  # tokens: "over the police killing of a waiter"
_LONGEST_SPARK = 3


@dataclass(frozen=True, slots=True)
class CauseMention:
    """Words for a cause: token range in the sentence, and how directly they say it (3 means, 2 event, 1 setting)."""

    first: int
    last: int
    cause: Cause
    strength: int
    rule_id: str
    is_people: bool = False
    """Whether the words name people, who may be the harmed themselves."""
    text: str = ""
    result_of: int = -1
    """Of unrest that something sparked: the first token of the words that say so; what stands before is no result."""
    reason_at: int = -1
    """Of a protest over something: the token at which the reason begins, whose harm did not come of the protest."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a phrase stands for: a cause, a mishap, what a mishap befell, somebody armed, or nothing."""

    kind: str
    cause: Cause | None = None
    strength: int = 0
    rule_id: str = ""


class _Hit(NamedTuple):
    """A phrase of the table where it stands in a sentence."""

    first: int
    last: int
    entry: _Entry


class CauseFinder:
    """Finds words for causes and assigns them to harms."""

    def __init__(self, rulebook: Rulebook) -> None:
        table = rulebook.table("causes")
        entries = _entries(table)
        self._table = PhraseTable(entries)
        self._first_words = frozenset(phrase.split(" ")[0] for phrase in entries)
        self._people = frozenset(form for phrase in table["people"] for form in spell_endings(phrase))
        self._officials = frozenset(table["raids"]["officials"])
        self._refers_back = frozenset(table["raids"]["refers_back"])
        self._by = frozenset(table["agents"]["by"])
        self._relatives = frozenset(table["agents"]["relatives"])
        self._deeds = frozenset(table["agents"]["deeds"])
        self._sparks = frozenset(form for phrase in table["unrest_over"]["sparks"] for form in spell_endings(phrase))
        self._reasons = frozenset(table["unrest_over"]["reasons"])
        self._bounds = frozenset(table["agents"]["bounds"])
        self._count_follows = frozenset(table["agents"]["count_follows"])
        self._participle_follows = frozenset(table["agents"]["participle_follows"])
        self._measures = {Measure(name): _read_cause(value) for name, value in table["measures"].items()}
        self._custody = frozenset(map(_read_cause, table["custody"]["causes"]))
        self._takes_in = {
            _read_cause(name): frozenset(map(_read_cause, inner)) for name, inner in table["takes_in"].items()
        }

    def find(self, sentence: Sentence) -> list[CauseMention]:
        """The mentions in the order of their words."""
        if self._first_words.isdisjoint(sentence.line.split(" ")):
            return []
        tokens = sentence.tokens
        found: list[_Hit] = []
        at = 0
        while at < len(tokens):
            hit = self._table.longest(tokens, at)
            if hit is None:
                at += 1
                continue
            found.append(_Hit(at, hit[0], hit[1]))
            at = hit[0]
        mentions = (self._mention(tokens, hit, found) for hit in found)
        return [self._set_in_course(sentence, mention) for mention in mentions if mention is not None]

    def _set_in_course(self, sentence: Sentence, mention: CauseMention) -> CauseMention:
        """The mention with its words; unrest with what it came of: "his death sparked riots", "riots over it"."""
        tokens = sentence.tokens
        mention = replace(mention, text=sentence.text[tokens[mention.first].start : tokens[mention.last - 1].end])
        if mention.cause is not Cause.UNREST:
            return mention
        start = max(0, mention.first - _FROM_SPARK)
        sparks = [at for at in range(start, mention.first) if self._says(tokens, at, self._sparks)]
        end = min(len(tokens), mention.last + _TO_REASON)
        reasons = [at for at in range(mention.last, end) if self._says(tokens, at, self._reasons)]
        return replace(mention, result_of=sparks[-1] if sparks else -1, reason_at=reasons[0] if reasons else -1)

    def _says(self, tokens: Sequence[Token], at: int, phrases: frozenset[str]) -> bool:
        words = [token.folded for token in tokens[at : at + _LONGEST_SPARK]]
        return any(" ".join(words[:length]) in phrases for length in range(1, len(words) + 1))

    def _mention(self, tokens: Sequence[Token], hit: _Hit, found: Sequence[_Hit]) -> CauseMention | None:
        entry = hit.entry
        if entry.kind == "cause":
            is_people = " ".join(token.folded for token in tokens[hit.first : hit.last]) in self._people
            return CauseMention(hit.first, hit.last, _known(entry), entry.strength, entry.rule_id, is_people)
        if entry.kind in _MISHAPS:
            return _mishap(hit, found)
        if entry.kind == "raid":
            by_officials = any(token.folded in self._officials for token in tokens)
            if not by_officials and hit.first and tokens[hit.first - 1].folded in self._refers_back:
                return None  # "the raid" is the one told of before
            cause = Cause.POLICE_OPERATION if by_officials else Cause.ATTACK
            return CauseMention(hit.first, hit.last, cause, EVENT, f"cause.{cause}.raid")
        if entry.kind == "agent" and self._acts(tokens, hit):
            return CauseMention(hit.first, hit.last, _known(entry), SETTING, f"cause.{entry.cause}.agent")
        return None

    def _acts(self, tokens: Sequence[Token], hit: _Hit) -> bool:
        """Whether armed people are said to have done something: "by rebels", "rebels killed two"."""
        for token in reversed(tokens[max(0, hit.first - _BY_BEFORE_AGENT) : hit.first]):
            if token.folded in self._by:
                return True
            if not token.text[0].isalnum():
                break
        if hit.last < len(tokens) and tokens[hit.last].folded in self._relatives:
            return True
        for at, word in enumerate(token.folded for token in tokens[hit.last : hit.last + _BEFORE_DEED]):
            if word in self._deeds:
                return self._has_object(tokens[hit.last + at + 1 : hit.last + at + 3])
            if not word[0].isalnum() and word != "-":
                break
        return False

    def _has_object(self, following: Sequence[Token]) -> bool:
        """Whether an object begins behind a deed: "killed two", "killed at least two", not "killed at dawn"."""
        words = [token.folded for token in following]
        if not words or words[0] not in self._participle_follows:
            return bool(words)
        return " ".join(words) in self._count_follows or (words[0] in self._bounds and words[-1][0].isdigit())

    def cause_of_harm(
        self, mentions: Iterable[CauseMention], harm: Range, measure: Measure | None = None, *, crowd: bool = False
    ) -> CauseMention | None:
        """The mention that says what did the harm at the token range `harm` of the same sentence.

        `crowd` says that many were held at once: where the sentence tells of unrest, that is what they were held for.
        """
        fixed = self._measures.get(measure) if measure else None
        fitting = [mention for mention in mentions if self._fits(mention, harm, measure, fixed)]
        if not fitting:
            return None
        best = max(fitting, key=lambda mention: (_score(mention, harm), mention.strength, -mention.first))
        if crowd and measure is Measure.DETAINED:
            best = next((mention for mention in fitting if mention.cause is Cause.UNREST), best)
        reach = _BESIDE if best.cause is not Cause.OTHER else _FAR
        for other in fitting:
            is_beside = _distance(other, (best.first, best.last)) <= reach and other.strength >= best.strength - 1
            if is_beside and best.cause in self._takes_in.get(other.cause, ()):
                return other
        return best

    def holds(self, outer: Cause | None, inner: Cause | None) -> bool:
        """Whether one cause takes the other in, where both are said of one harm: an airstrike its blast."""
        return outer is not None and inner in self._takes_in.get(outer, ())

    def cause_in_story(
        self, mentions: Sequence[Sequence[CauseMention]], sentence: int, harm: Range, measure: Measure | None = None
    ) -> CauseMention | None:
        """The cause of a harm by its own sentence, else the nearest one before that says one, else the next.

        `mentions` holds the mentions of each sentence of the story, the title first where there is one. A measure that
        says the cause itself gives one without words.
        """
        fixed = self._measures.get(measure) if measure else None
        if fixed is not None:
            return CauseMention(0, 0, fixed, DIRECT, f"cause.{fixed}.measure")
        own = self.cause_of_harm(mentions[sentence], harm, measure)
        if own is not None and own.strength > SETTING:
            return own
        if measure is Measure.DETAINED:
            return None
        for number in [*range(sentence - 1, -1, -1), *range(sentence + 1, min(sentence + 2, len(mentions)))]:
            is_next = abs(number - sentence) == 1
            if own is not None and not is_next:
                continue
            far = 10_000 if number < sentence else 0  # the end of a sentence before, the beginning of one after
            other = self.cause_of_harm(mentions[number], (far, far), measure)
            needed = SETTING if is_next and own is None else EVENT
            if other is not None and other.strength >= needed:
                return other
        return own

    def _fits(self, mention: CauseMention, harm: Range, measure: Measure | None, fixed: Cause | None) -> bool:
        if mention.result_of >= 0 and harm[1] <= mention.result_of:
            return False
        if 0 <= mention.reason_at <= harm[0] <= mention.reason_at + _REASON_LENGTH:
            return False
        if mention.is_people and 0 <= mention.first - harm[1] <= _COUNTED_NOUN:
            return False
        if fixed is not None:
            return mention.cause is fixed
        if measure is Measure.DETAINED:
            return mention.cause in self._custody
        return not mention.rule_id.endswith(_CUSTODY)


def _score(mention: CauseMention, harm: Range) -> int:
    return mention.strength * _TOKENS_A_STEP - min(_distance(mention, harm), 3 * _TOKENS_A_STEP)


def _distance(mention: CauseMention, other: Range) -> int:
    return max(0, mention.first - other[1], other[0] - mention.last)


def _mishap(hit: _Hit, found: Sequence[_Hit]) -> CauseMention | None:
    kind = hit.entry.kind
    befallen = [other for other in found if _can_befall(kind, other.entry)]
    before = [other for other in befallen if 0 <= hit.first - other.last <= _BEFORE[kind]]
    after = [other for other in befallen if 0 <= other.first - hit.last <= _AFTER[kind]]
    nearest = before[-1] if before else after[0] if after else None
    if nearest is not None:
        cause = _known(nearest.entry)
        return CauseMention(hit.first, hit.last, cause, DIRECT, f"cause.{cause}.mishap")
    alone = {
        "certain": (Cause.TRAFFIC_ACCIDENT, SETTING),
        "in_water": (Cause.OTHER, SETTING),
        "collapses": (Cause.OTHER, EVENT),
    }
    if kind not in alone:
        return None
    cause, strength = alone[kind]
    return CauseMention(hit.first, hit.last, cause, strength, f"cause.{cause}.{kind}_alone")


def _can_befall(kind: str, entry: _Entry) -> bool:
    if kind == "collapses":
        return entry.kind == "structure" or (entry.kind == "vehicle" and entry.cause is Cause.AIR_CRASH)
    return entry.kind == "vehicle" and (kind != "in_water" or entry.cause is Cause.SHIPWRECK)


def _known(entry: _Entry) -> Cause:
    assert entry.cause is not None
    return entry.cause


def _read_cause(name: str) -> Cause:
    try:
        return Cause(name)
    except ValueError:
        raise RuleError(f"{_ORIGIN}: {name!r} is no cause; use one of {', '.join(Cause)}.") from None


def _entries(table: Mapping[str, Any]) -> dict[str, _Entry]:
    known = {cause.value for cause in Cause} | _OTHER_TABLES
    unknown = sorted(set(table) - known)
    if unknown:
        raise RuleError(f"{_ORIGIN}: {unknown[0]!r} is no cause; correct the name of the table.")
    entries: dict[str, _Entry] = {}
    _add(entries, table["nothing"], _Entry("nothing"))
    for cause in Cause:
        for name, phrases in table[cause.value].items():
            if name not in _STRENGTHS:
                raise RuleError(f"{_ORIGIN}: [{cause}] has the key {name!r}; use {', '.join(_STRENGTHS)}.")
            _add(entries, phrases, _Entry("cause", cause, _STRENGTHS[name], f"cause.{cause}.{name}"))
    for kind in _MISHAPS:
        _add(entries, table["mishaps"][kind], _Entry(kind))
    for kind in ("vehicle", "structure"):
        for name, phrases in table[f"{kind}s"].items():
            _add(entries, phrases, _Entry(kind, _read_cause(name)))
    _add(entries, table["raids"]["words"], _Entry("raid"))
    for name, phrases in table["agents"].items():
        if name not in _AGENT_GRAMMAR:
            _add(entries, phrases, _Entry("agent", _read_cause(name)))
    return entries


def _add(entries: dict[str, _Entry], phrases: Iterable[str], entry: _Entry) -> None:
    for phrase in phrases:
        for spelt in spell_endings(phrase):
            form = " ".join(token.folded for token in tokenise(spelt, 0, len(spelt)))
            if entries.setdefault(form, entry) != entry:
                raise RuleError(f"{_ORIGIN}: {form!r} stands for two things; keep one of them.")


def spell_endings(phrase: str) -> list[str]:
    """ "strike/s" as strike and strikes, and every phrase of several words joined by hyphens as well."""
    forms = [""]
    for word in phrase.split(" "):
        base, *endings = word.split("/")
        forms = [f"{form} {base}{ending}".strip() for form in forms for ending in ("", *endings)]
    return forms + [form.replace(" ", "-") for form in forms if " " in form and "'" not in form]
