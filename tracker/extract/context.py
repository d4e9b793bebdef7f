"""The context of a story's mentions: scope, date, place, cause and source of each, and the events that they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.claims import Cause, Count, Measure, Scope
from tracker.documents import Document
from tracker.extract.causes import DIRECT, CauseMention
from tracker.extract.dates.finding import REPORT, SINCE, WHEN, DateMention
from tracker.extract.events import Event, Evidence, group_events
from tracker.extract.findings import OF_HUNGER, Findings, FindingsReader
from tracker.extract.harm.mentions import Dropped, Mention, could_include
from tracker.extract.harm.scopes import ScopeReading, open_period
from tracker.extract.places.finding import HarmPlace
from tracker.extract.settling import LASTING, is_of_taken, may_date, own_place, settle_cause, settle_day, settle_place
from tracker.extract.sources.attribution import Attribution, source_for
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.stories import Story

_ONE = Count(1, 1)
_WINDOW = "window"  # the precision of "the past 24 hours"
_CLOSE_BEHIND = 4  # tokens
_BESIDE = 3  # sentences between a day's figure and the total that it feeds
_JOINTS = frozenset({"and", ",", ";", "or", "but", "while", "with"})
_CROWD = 10  # so many held at once are held for the unrest that the sentence tells of


@dataclass(frozen=True, slots=True)
class Context:
    """All that the words of a story say around one mention, once its event is known."""

    mention: Mention
    scope: ScopeReading
    date: DateMention | None
    place: HarmPlace
    cause: CauseMention | None
    attribution: Attribution | None
    event: int
    is_illness: bool
    """Whether those taken to hospital were ill: the codebook counts the hurt."""


class StoryContext:
    """Reads contexts with the finders of one rulebook."""

    def __init__(self, finders: FindingsReader, care_words: frozenset[str], find_words: frozenset[str]) -> None:
        self._finders = finders
        self._dates = finders.dates
        self._causes = finders.causes
        self._scopes = finders.scopes
        self._care_words = care_words
        self._find_words = find_words

    def read(self, story: Story, mentions: Sequence[Mention], document: Document) -> list[Context]:
        """The context of each mention, in the order of `mentions`."""
        findings = self._finders.read(story, mentions, document)
        beside = _by_sentence(mentions)
        self._mark_malnutrition(mentions, beside, findings)
        evidence: list[Evidence] = []
        scopes: list[ScopeReading] = []
        for mention in mentions:
            scope = self._scope(mention, beside[mention.sentence], findings, evidence, scopes)
            scopes.append(scope)
            evidence.append(self._gather(mention, scope, findings))
        events = group_events(evidence, document.published)
        self._feed_totals(evidence, findings)
        numbers = {id(item): number for number, event in enumerate(events) for item in event.evidence}
        return [
            self._complete(item, scope, numbers[id(item)], events, findings)
            for item, scope in zip(evidence, scopes, strict=True)
        ]

    def _mark_malnutrition(
        self, mentions: Sequence[Mention], beside: Mapping[int, Sequence[Mention]], findings: Findings
    ) -> None:
        """A death of hunger is a malnutrition death; a part goes with its whole."""
        for mention in mentions:
            if mention.measure is not Measure.DEATHS:
                continue
            taken = [m.trigger for m in beside[mention.sentence] if m is not mention]
            words = findings.causes[mention.sentence + findings.titles]
            free = [cause for cause in words if (cause.first, cause.last) not in taken]
            cause = self._causes.cause_of_harm(free, mention.harm, Measure.DEATHS)
            whole = mention.part_of
            starved = cause is not None and cause.cause is Cause.MALNUTRITION and cause.strength >= DIRECT
            if starved or (whole is not None and whole.measure in OF_HUNGER):
                mention.measure = Measure.MALNUTRITION_DEATHS

    def _scope(
        self,
        mention: Mention,
        beside: Sequence[Mention],
        findings: Findings,
        evidence: Sequence[Evidence],
        scopes: Sequence[ScopeReading],
    ) -> ScopeReading:
        sentence = findings.sentences[mention.sentence]
        dates = findings.dates[mention.sentence]
        nearest = self._dates.date_of_harm(dates, sentence, mention.harm)
        scope = self._scopes.read(mention, beside, sentence, dates, nearest, findings.published)
        if scope.scope is Scope.CUMULATIVE:
            return scope
        if mention.part_of is not None and nearest is not None and _is_own_day(nearest, mention):
            return scope  # "…, including 22 killed in the past 24 hours"
        carried = _carried_scope(mention, scope, evidence, scopes)
        if carried is scope and findings.outbreak is not None and self._is_of_outbreak(mention, nearest, findings):
            return findings.outbreak
        own = open_period(dates, findings.published) if carried.scope is Scope.CUMULATIVE else None
        return carried if own is None else replace(carried, baseline_text=own.text, baseline=own.start, period=own)

    def _feed_totals(self, evidence: Sequence[Evidence], findings: Findings) -> None:
        """The figure of the last hours, or the new one, is part of the running total that the story gives beside it."""
        totals = [item.mention for item in evidence if item.scope is Scope.CUMULATIVE]
        for item in evidence:
            day, mention = item.day, item.mention
            fresh = day is not None and day.precision == _WINDOW and day.end == findings.published is not None
            new = self._scopes.is_addition(mention, findings.sentences[mention.sentence])
            if item.scope is Scope.EVENT and (fresh or new) and mention.part_of is None:
                reach = _BESIDE if fresh else 0
                near = [
                    t for t in totals if t.measure is mention.measure and abs(t.sentence - mention.sentence) <= reach
                ]
                mention.part_of = next((total for total in near if could_include(total, mention)), None)

    def _is_of_outbreak(self, mention: Mention, nearest: DateMention | None, findings: Findings) -> bool:
        """Whether a figure sums up an outbreak: several deaths of disease, neither dated nor put on top of others."""
        if mention.measure is not Measure.DEATHS or mention.part_of is not None or mention.count.maximum in (0, 1):
            return False
        if self._scopes.is_addition(mention, findings.sentences[mention.sentence]):
            return False
        if nearest is not None and nearest.role == WHEN:
            return False
        at = mention.sentence + findings.titles
        cause = self._causes.cause_in_story(findings.causes_of(mention.measure), at, mention.harm, mention.measure)
        return cause is not None and cause.cause is Cause.DISEASE

    def _gather(self, mention: Mention, scope: ScopeReading, findings: Findings) -> Evidence:
        day = self._day(mention, findings)
        words = _words_for(mention, scope, findings)
        crowd = (mention.count.minimum or 0) >= _CROWD
        cause = self._causes.cause_of_harm(words, mention.harm, mention.measure, crowd=crowd)
        return Evidence(mention, scope.scope, day, own_place(mention, findings), cause)

    def _day(self, mention: Mention, findings: Findings) -> DateMention | None:
        """The date in the mention's own sentence; a figure that a list adds has the one behind it."""
        sentence = findings.sentences[mention.sentence]
        days = [day for day in findings.dates[mention.sentence] if day.role != SINCE]
        days = [day for day in days if may_date(day, mention, sentence)]
        following = findings.next_count(mention)
        if len(days) > 1 and following is not None:
            days = [day for day in days if not _opens_next(day, mention, sentence, following)]
        if sentence.tokens[mention.trigger[0]].folded in _JOINTS:
            end = len(sentence.tokens) if following is None else following
            own = [day for day in days if mention.group.count_last <= day.first < end and day.role == WHEN]
            if own:
                return own[0]
        found = self._dates.date_of_harm(days, sentence, mention.harm)
        if found is not None and is_of_taken(mention):
            finds = [day for day in days if day.role == REPORT and mention.harm[0] <= day.first]
            if any(abs(day.first - mention.harm[1]) < abs(found.first - mention.harm[1]) for day in finds):
                return None  # "kidnapped on Sunday, and found dead on Tuesday"
        return found

    def _complete(
        self, item: Evidence, scope: ScopeReading, number: int, events: Sequence[Event], findings: Findings
    ) -> Context:
        mention = item.mention
        event = events[number]
        cause = settle_cause(item, scope, event, findings, self._causes)
        words = findings.sentences[mention.sentence].tokens[slice(*mention.trigger)]
        is_bare_find = (
            cause is None and mention.count == _ONE and any(token.folded in self._find_words for token in words)
        )
        in_care = mention.measure is Measure.INJURIES and any(token.folded in self._care_words for token in words)
        return Context(
            mention=mention,
            scope=scope,
            date=None if is_bare_find and item.day is None else settle_day(item, scope, event, events, findings),
            place=settle_place(item, event, events[0], findings),
            cause=cause,
            attribution=source_for(findings.attributions, mention.sentence, mention.group.count_first),
            event=number,
            is_illness=in_care and cause is not None and cause.cause is Cause.DISEASE,
        )


def _by_sentence(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    return found


def as_illness(mention: Mention) -> Dropped:
    """The drop of a figure of people who were ill."""
    return Dropped(*mention.harm, mention.rule_id, "taken to hospital with a disease: no injury")


def _opens_next(day: DateMention, mention: Mention, sentence: Sentence, following: int) -> bool:
    """Whether a date stands behind a mark and right before the next figure: "…, on Friday four died"."""
    between = [token.folded for token in sentence.tokens[day.last : following]]
    if not mention.harm[1] <= day.first < day.last <= following or between not in ([], [","]):
        return False
    return any(token.folded in _JOINTS for token in sentence.tokens[mention.harm[1] : day.first])


def _is_own_day(day: DateMention, mention: Mention) -> bool:
    """Whether a day or a window stands right behind the figure, and so is no date of the whole before it."""
    behind = 0 <= day.first - mention.harm[1] <= _CLOSE_BEHIND
    return behind and day.role == WHEN and day.precision in ("day", _WINDOW)


def _carried_scope(
    mention: Mention, scope: ScopeReading, evidence: Sequence[Evidence], scopes: Sequence[ScopeReading]
) -> ScopeReading:
    """A part has the scope of its whole; a running figure goes on with the period that the one before it named."""
    for item, earlier in zip(reversed(evidence), reversed(scopes), strict=True):
        other = item.mention
        if mention.sentence - other.sentence > 1:
            break
        if other is mention.part_of and other.sentence == mention.sentence and not other.raises:
            return earlier
        if mention.is_running and other.is_running and earlier.scope is Scope.CUMULATIVE:
            return earlier
    return scope


def _words_for(mention: Mention, scope: ScopeReading, findings: Findings) -> list[CauseMention]:
    """The words of the mention's sentence that may say what harmed these people."""
    found = findings.causes_of(mention.measure)[mention.sentence + findings.titles]
    if mention.raises and scope.scope is Scope.CUMULATIVE:  # the last victim's cause is not that of all before
        return [cause for cause in found if cause.first >= mention.harm[0] or cause.cause in LASTING]
    whole = mention.part_of
    if whole is not None and is_of_taken(mention) and whole.sentence == mention.sentence:
        return [cause for cause in found if not _overlap((cause.first, cause.last), whole.trigger)]
    return found


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
