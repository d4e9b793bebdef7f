"""Dates of a sentence: which expressions stand there, which days they mean, and what each is the date of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from tracker.errors import RuleError
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.forms import ANCHORED, FORMS, resolve
from tracker.extract.dates.reading import Reading
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule, Rulebook

WHEN, SINCE, UNTIL, REPORT, FUTURE, ANNIVERSARY = "when", "since", "until", "report", "future", "anniversary"
_REASON = "reason"  # of a rule only: the date stays a `when`, of what somebody is held or punished for
_ROLES = frozenset({WHEN, SINCE, UNTIL, REPORT, FUTURE, ANNIVERSARY, _REASON})
_DATES_HARM = frozenset({WHEN, SINCE, ANNIVERSARY})
_BREAKS = frozenset(",;:()-")
_DASHES = frozenset({"-", "--"})
_DATELINE_MARKS = frozenset({",", "(", ")", "/"})
_BEHIND = 2  # tokens between the words for a beginning and its day
_LONGEST_DATELINE = 9  # tokens before the day
_CLAUSE = 6  # words that a clause boundary counts as
_YEARS = range(1500, 2100)
_TABLES = (
    "months",
    "weekdays",
    "capitals",
    "seasons",
    "relative_days",
    "directions",
    "thirds",
    "units",
    "numbers",
    "ordinals",
    "holidays",
    "named_days",
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression: its half-open token range and the inclusive interval that it means."""

    first: int
    last: int
    start: date | None
    end: date | None
    """Both None where the text does not say, or only the unknown day of publication would tell."""
    precision: str
    """`day`, `night`, `window`, `week`, `weekend`, `month`, `season`, `year`, `span` or `unknown`."""
    role: str
    """`when`, `since`, `until`, `report` (of a statement, a find, a verdict), `anniversary` or `future`."""
    rule_id: str
    text: str
    reason: int | None = None
    """Of a date in a reason ("arrested for killing two in May"): the token with which the reason begins."""

    def may_date(self, trigger: int, sentence: Sentence, *, is_arrest: bool) -> bool:
        """Whether the date may be that of the harm whose word stands at the token `trigger`, as far as reasons tell.

        An arrest may also stand behind its reason: "accused of killing two in May, he was arrested".
        """
        if self.reason is None:
            return True
        behind = is_arrest and any(token.folded in _BREAKS for token in sentence.tokens[self.last : trigger])
        return self.reason <= trigger and not behind


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    rule: Rule
    groups: dict[str, str]


class DateFinder:
    """Finds dates by the rules of one rulebook; a sentence without any of their cues costs one look-up a word."""

    def __init__(self, rulebook: Rulebook) -> None:
        calendar = rulebook.table("calendar")
        self._words: dict[str, dict[str, Any]] = {name: calendar[name] for name in _TABLES}
        self.rules = rulebook.rules("dates")
        self._role_rules = rulebook.rules("date_roles")
        self._capitals = frozenset(self._words["capitals"]["words"])
        self._relatives = rulebook.words("relatives")
        self._sites = rulebook.words("site_nouns")
        self._cues = self._index_cues()
        for rule in self.rules:
            if rule.values.get("form") not in FORMS:
                raise RuleError(f"{rule.origin}: rule {rule.id}: form must be one of {', '.join(sorted(FORMS))}.")
        for rule in self._role_rules:
            if rule.values.get("role") not in _ROLES:
                raise RuleError(f"{rule.origin}: rule {rule.id}: role must be one of {', '.join(sorted(_ROLES))}.")

    def find(
        self,
        sentence: Sentence,
        published: date | None,
        anchor: date | None = None,
        rules: Sequence[Rule] | None = None,
        period: Interval | None = None,
    ) -> list[DateMention]:
        """The dates of the sentence in order, none overlapping.

        `anchor` is the day that the text spoke of before: "two days earlier" is counted from the nearest date before it
        in the sentence, else from there, and has no interval where both are missing; `period` is the last stretch of
        days that it gave: "during the month". `rules` are those to try, by
        default the ones whose cues the sentence holds.
        """
        if rules is None:
            rules = self.rules_for(sentence.line)
        if not rules:
            return []
        found = _longest(self._match(rules, sentence))
        if not found:
            return []
        mentions = [
            self._read(one, sentence, published, anchor, None)
            for one in found
            if one.rule.values["form"] not in ANCHORED
        ]
        for one in found:
            if one.rule.values["form"] in ANCHORED:
                nearest = _before(mentions, one)
                day = nearest.start if nearest and one.rule.values["form"] != "same_period" else anchor
                stretch = Interval(nearest.start, nearest.end) if nearest and nearest.start and nearest.end else period
                mentions.append(self._read(one, sentence, published, day, stretch))
        mentions.sort(key=lambda mention: mention.first)
        mentions = _join_since(self._give_roles(mentions, sentence, published), sentence, published)
        return _set_dateline_aside(mentions, sentence)

    def _index_cues(self) -> dict[str, frozenset[int]]:
        """For each word that may begin to make a date, the numbers of the rules that it lets run."""
        index: dict[str, set[int]] = {}
        for number, rule in enumerate(self.rules):
            if not rule.values.get("cues"):
                raise RuleError(f"{rule.origin}: rule {rule.id}: 'cues' is missing; name what lets the rule run.")
            for cue in rule.values["cues"]:
                for word in self._cue_words(cue):
                    index.setdefault(word, set()).add(number)
        return {word: frozenset(numbers) for word, numbers in index.items()}

    def _cue_words(self, cue: str) -> Iterable[str]:
        if cue == "years":
            return map(str, _YEARS)
        if cue == "decades_named":
            return (f"{year}s" for year in _YEARS if year % 10 == 0)
        if cue == "ordinal_days":
            return (f"{day}{ending}" for day in range(1, 32) for ending in ("st", "nd", "rd", "th"))
        entries = self._words.get(cue, (cue,))
        return (max(entry.split(" "), key=lambda word: (len(word), word)) for entry in entries)

    def rules_for(self, line: str) -> list[Rule]:
        """The rules that could match in a folded line, by its cues alone."""
        cues = self._cues
        numbers: set[int] = set()
        for word in line.split():
            if word in cues:
                numbers |= cues[word]
            elif "-" in word or "." in word:
                for part in regex.split("[-.]", word):
                    if part in cues:
                        numbers |= cues[part]
        return [self.rules[number] for number in sorted(numbers)]

    def _match(self, rules: Sequence[Rule], sentence: Sentence) -> list[_Found]:
        found = []
        for rule in rules:
            for first, last, match in match_line(rule, sentence):
                groups = {name: words for name, words in match.groupdict().items() if words is not None}
                if self._is_written_as_date(sentence, first, last) and not self._names_site(sentence, last):
                    found.append(_Found(first, last, rule, groups))
        return found

    def _is_written_as_date(self, sentence: Sentence, first: int, last: int) -> bool:
        return all(token.is_capitalised for token in sentence.tokens[first:last] if token.folded in self._capitals)

    def _names_site(self, sentence: Sentence, last: int) -> bool:
        """Whether the day is part of a name: the Monday Market, the Friday Mosque."""
        following = sentence.tokens[last] if last < len(sentence.tokens) else None
        if following is None or following.text.isupper() or not following.is_capitalised:
            return False
        return following.folded in self._sites and sentence.tokens[last - 1].folded in self._words["weekdays"]

    def _read(
        self,
        found: _Found,
        sentence: Sentence,
        published: date | None,
        anchor: date | None,
        period: Interval | None,
    ) -> DateMention:
        resolved = resolve(Reading(found.groups, found.rule.values, self._words, published, anchor, period))
        start, end = resolved.interval or (None, None)
        role = FUTURE if resolved.is_future else ANNIVERSARY if found.rule.values["form"] == "anniversary" else WHEN
        text = _verbatim(sentence, found.first, found.last)
        return DateMention(found.first, found.last, start, end, resolved.precision, role, found.rule.id, text)

    def _give_roles(self, mentions: list[DateMention], sentence: Sentence, published: date | None) -> list[DateMention]:
        for rule in self._role_rules:
            for match in rule.pattern.finditer(sentence.line):
                first, _ = sentence.tokens_at(match.start(), match.end())
                if _is_name(sentence, match):
                    continue
                word, _ = sentence.tokens_at(*match.span("date"))
                for at, mention in enumerate(mentions):
                    begins_inside = rule.values.get("extends") and first > mention.first
                    if mention.first <= word < mention.last and mention.role == WHEN and not begins_inside:
                        mentions[at] = _with_role(mention, rule, first, sentence, published)
        return mentions

    def date_of_harm(
        self, mentions: Sequence[DateMention], sentence: Sentence, harm: tuple[int, int]
    ) -> DateMention | None:
        """The mention that dates the harm whose words span the token range `harm`; None where the sentence has none.

        A mention with the role `since` comes back too where it is the nearest: it dates running totals only.
        """
        able = [mention for mention in mentions if mention.role in _DATES_HARM]
        return min(able, key=lambda mention: (self._distance(mention, sentence, harm), mention.first), default=None)

    def _distance(self, mention: DateMention, sentence: Sentence, harm: tuple[int, int]) -> int:
        """Words between the two, more for each clause between them; a relative clause belongs to what it follows."""
        if mention.last <= harm[0]:
            between = sentence.tokens[mention.last : harm[0]]
        elif harm[1] <= mention.first:
            between = sentence.tokens[harm[1] : mention.first]
        else:
            return 0
        breaks = sum(token.folded in _BREAKS for token in between)
        if breaks and mention.last <= harm[0] and any(token.folded in self._relatives for token in between):
            breaks -= 1
        return len(between) + _CLAUSE * breaks


def _longest(found: list[_Found]) -> list[_Found]:
    """Of overlapping matches the longer; of equally long ones the earlier, then the one with the lower rule id."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.first - f.last, f.first, f.rule.id)):
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.first)


def _before(mentions: list[DateMention], found: _Found) -> DateMention | None:
    """The nearest date with days that the sentence gives before the anchored one."""
    before = [mention for mention in mentions if mention.last <= found.first and mention.start]
    return max(before, key=lambda mention: mention.first, default=None)


def _join_since(mentions: list[DateMention], sentence: Sentence, published: date | None) -> list[DateMention]:
    """The mentions; "since the strikes began" takes in the day that follows: "on 14 January"."""
    joined: list[DateMention] = []
    for mention in mentions:
        since = joined[-1] if joined else None
        if (
            since is not None
            and (since.role, since.start, mention.role) == (SINCE, None, WHEN)
            and mention.start is not None
            and mention.first - since.last <= _BEHIND
            and not any(token.folded in _BREAKS for token in sentence.tokens[since.last : mention.first])
        ):
            text = _verbatim(sentence, since.first, mention.last)
            joined[-1] = replace(since, last=mention.last, start=mention.start, end=published, text=text)
            if published is None:
                joined[-1] = replace(joined[-1], start=None)
        else:
            joined.append(mention)
    return joined


def _set_dateline_aside(mentions: list[DateMention], sentence: Sentence) -> list[DateMention]:
    """The mentions; the day of a dateline ("QUITO, March 13 (Agency) -") is that of the report."""
    first = mentions[0]
    tokens = sentence.tokens
    if (
        first.first > _LONGEST_DATELINE
        or first.role != WHEN
        or (first.first and tokens[first.first - 1].folded in "-.")
    ):
        return mentions
    if any(token.text.islower() and token.text[0].isalpha() for token in tokens[: first.first]):
        return mentions
    opens = first.first == 0 or tokens[first.first - 1].folded in _DATELINE_MARKS
    if not opens and sentence.quote.isupper():
        return mentions
    at = first.last
    if at < len(tokens) and tokens[at].folded == "(":
        at = next((n + 1 for n in range(at, min(at + 6, len(tokens))) if tokens[n].folded == ")"), at)
    if at >= len(tokens) or tokens[at].folded not in _DASHES or tokens[at].start == tokens[at - 1].end:
        return mentions
    return [replace(first, role=REPORT), *mentions[1:]]


def _with_role(mention: DateMention, rule: Rule, first: int, sentence: Sentence, published: date | None) -> DateMention:
    role = rule.values["role"]
    if role == _REASON:
        return replace(mention, reason=first)
    if rule.values.get("extends"):
        first = min(first, mention.first)
        mention = replace(mention, first=first, text=_verbatim(sentence, first, mention.last))
    start, end = mention.start, mention.end
    if role == SINCE:
        start, end = (start, published) if start and published else (None, None)
    elif role == UNTIL:
        start = None
    elif role == FUTURE:
        start = end = None
    return replace(mention, role=role, start=start, end=end)


def _is_name(sentence: Sentence, match: regex.Match[str]) -> bool:
    """Whether the verb of a role rule is written like a name (Said, Ruled Britannia)."""
    if match.groupdict().get("verb") is None:
        return False
    at, _ = sentence.tokens_at(*match.span("verb"))
    written = sentence.tokens[at].text
    return at > 0 and written[0].isupper() and not written.isupper()


def _verbatim(sentence: Sentence, first: int, last: int) -> str:
    return sentence.text[sentence.tokens[first].start : sentence.tokens[last - 1].end]
