"""Scope: whether a figure is one event's or a running total, and what a running total counts from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.claims import Measure, Scope
from tracker.extract.dates.finding import SINCE, WHEN, DateMention
from tracker.extract.harm.mentions import Mention
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule, Rulebook

_CLAUSE = frozenset({";"})
_BRIEF = frozenset({"day", "night", "window", "week", "weekend"})
_OPEN = frozenset({"month", "season", "year"})  # "this year": up to publication, if it has not ended
_BEHIND = 3  # tokens between a baseline and its day: "since the strikes began on 3 May"


@dataclass(frozen=True, slots=True)
class ScopeReading:
    """The scope of one figure, with the baseline as written and as a day, where known, and the rule that decided."""

    scope: Scope
    baseline_text: str | None = None
    baseline: date | None = None
    rule_id: str = ""
    period: DateMention | None = None
    """Of a running total: the date expression that bounds it, from its first day to publication."""


EVENT = ScopeReading(Scope.EVENT)


class ScopeFinder:
    """Reads scopes by the rules of `scope.toml` and the dates that begin a period."""

    def __init__(self, rulebook: Rulebook) -> None:
        rules = rulebook.rules("scope")
        self.rules = tuple(rule for rule in rules if rule.values["gives"] == "cumulative")
        self._outbreaks = tuple(rule for rule in rules if rule.values["gives"] == "outbreak")
        self._additions = tuple(rule for rule in rules if rule.values["gives"] == "addition")

    def find_outbreak(self, sentences: Iterable[Sentence]) -> ScopeReading | None:
        """The scope that figures without a day of their own have where the story tells of an outbreak, else None."""
        for sentence in sentences:
            for rule in self._outbreaks:
                if any(True for _ in match_line(rule, sentence)):
                    return ScopeReading(Scope.CUMULATIVE, rule_id=rule.id)
        return None

    def is_addition(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether the words of the figure put it on top of those before: "12 new deaths"."""
        first, last = mention.harm
        return any(first <= at < last for rule in self._additions for at, _, _ in match_line(rule, sentence))

    def read(
        self,
        mention: Mention,
        mentions: Sequence[Mention],
        sentence: Sentence,
        dates: Sequence[DateMention],
        nearest: DateMention | None = None,
        published: date | None = None,
    ) -> ScopeReading:
        """The scope of `mention`, one of the `mentions` of `sentence`; of its dates, `nearest` is the mention's own.

        Where the sentence has a running figure beside one of the day ("31 were killed, taking the toll since May to
        900"), what speaks of a period speaks of the running figure.
        """
        feeds = mention.part_of is None or (mention.part_of.raises and not mention.is_part)
        if any(other.is_running for other in mentions) and not mention.is_running and feeds:
            return EVENT
        brief = nearest is not None and nearest.role == WHEN and not mention.is_running and _is_over(nearest, published)
        since = next((d for d in dates if d.role == SINCE and _covers(d.first, d.last, mention, sentence)), None)
        if since is not None:
            return EVENT if brief else ScopeReading(Scope.CUMULATIVE, since.text, since.start, since.rule_id, since)
        for rule, first, last, baseline in self._cues(sentence):
            wanted = rule.values.get("measure")
            if wanted and Measure(wanted) is not mention.measure:
                continue
            if rule.values.get("reach") == "after" and mention.group.count_first < first:
                continue
            if _covers(first, last, mention, sentence):
                period = _from_baseline(dates, first, last, published) if baseline is not None else None
                period = period or open_period(dates, published)
                return ScopeReading(Scope.CUMULATIVE, baseline, period.start if period else None, rule.id, period)
        return EVENT

    def _cues(self, sentence: Sentence) -> Iterable[tuple[Rule, int, int, str | None]]:
        for rule in self.rules:
            for first, last, match in match_line(rule, sentence):
                baseline = None
                if "baseline" in rule.pattern.groupindex and match.group("baseline"):
                    start, end = sentence.tokens_at(*match.span("baseline"))
                    baseline = sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
                yield rule, first, last, baseline


def _is_over(mention: DateMention, published: date | None) -> bool:
    """Whether a date is a bounded one, no period that still runs."""
    return mention.precision in _BRIEF or (mention.end is not None and mention.end != published)


def _from_baseline(dates: Sequence[DateMention], first: int, last: int, published: date | None) -> DateMention | None:
    """The days from that of a baseline on: "since the beginning of the strikes in May"."""
    days = (d for d in dates if first <= d.first < last + _BEHIND and d.start is not None and d.role == WHEN)
    return next((replace(day, role=SINCE, end=published) for day in days), None)


def open_period(dates: Sequence[DateMention], published: date | None) -> DateMention | None:
    """A month, season or year that has not ended: "this year", up to publication."""
    running = (d for d in dates if d.role == WHEN and d.precision in _OPEN and d.start is not None)
    return next((day for day in running if day.end == published is not None), None)


def _covers(first: int, last: int, mention: Mention, sentence: Sentence) -> bool:
    """Whether no clause border stands between the cue and the figure."""
    left, right = (last, mention.harm[0]) if last <= mention.harm[0] else (mention.harm[1], first)
    return not any(token.folded in _CLAUSE for token in sentence.tokens[left:right])
