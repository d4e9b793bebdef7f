"""The context of a story's mentions: scope, date, place, cause and source of each, and the events that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from tracker.claims import Cause, Measure, Scope
from tracker.documents import Document
from tracker.extract.causes import DIRECT, CauseFinder, CauseMention
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.finding import REPORT, SINCE, WHEN, DateFinder, DateMention
from tracker.extract.events import Event, Evidence, group_events, is_background, is_long_ago
from tracker.extract.harm.mentions import Mention
from tracker.extract.harm.scopes import ScopeFinder, ScopeReading, open_period
from tracker.extract.places.finding import HarmPlace, PlaceFinder, PlaceMention, place_of_harm
from tracker.extract.sources.attribution import Attribution, AttributionFinder, source_for
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.stories import Story

_OF_HUNGER = frozenset({Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES})
_OF_TAKING = frozenset({Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING})
_STOPS = frozenset({".", "!", "?", '"'})
_LEVEL = "scope.level_now"  # "1,200 remain behind bars": nobody says what brought them there
_LASTING = frozenset({Cause.DISEASE, Cause.MALNUTRITION, Cause.HEAT_COLD})  # they go on through a running total
_BROAD = frozenset({Cause.AIRSTRIKE, Cause.SHELLING, Cause.EARTHQUAKE, Cause.AIR_CRASH, Cause.SHIPWRECK})
_JOINTS = frozenset({"and", ",", ";", "or", "but", "while", "with"})
_CROWD = 10  # so many held at once are held for the unrest that the sentence tells of
_NOWHERE = HarmPlace((), None, None, None, (), ())


@dataclass(frozen=True, slots=True)
class Context:
    """All that the words of a story say around one mention, once its event is known."""

    mention: Mention
    scope: ScopeReading
    date: DateMention | None
    place: HarmPlace
    cause: Cause | None
    cause_words: str
    attribution: Attribution | None
    event: int


@dataclass(frozen=True, slots=True)
class _Findings:
    """What the finders saw in a story, sentence by sentence; causes begin with the title where there is one."""

    sentences: Sequence[Sentence]
    published: date | None
    dates: list[list[DateMention]]
    causes: list[list[CauseMention]]
    titles: int
    """How many entries of `causes` stand before the first sentence."""
    places: list[PlaceMention]
    attributions: list[Attribution]
    speakers: list[tuple[int, int, int]]
    counts: dict[int, list[int]]
    """For each sentence, the first tokens of its figures, in order."""

    def next_count(self, mention: Mention) -> int | None:
        """Where the next figure of the mention's sentence begins."""
        return next((at for at in self.counts[mention.sentence] if at > mention.group.count_first), None)

    def causes_of(self, measure: Measure) -> list[list[CauseMention]]:
        """The causes that may have harmed by this measure: deaths of hunger are counted apart by now."""
        if measure in _OF_HUNGER:
            return self.causes
        return [[c for c in found if c.cause is not Cause.MALNUTRITION] for found in self.causes]


class StoryContext:
    """Reads contexts with the finders of one rulebook."""

    def __init__(
        self,
        dates: DateFinder,
        places: PlaceFinder,
        causes: CauseFinder,
        attributions: AttributionFinder,
        scopes: ScopeFinder,
    ) -> None:
        self._dates = dates
        self._places = places
        self._causes = causes
        self._attributions = attributions
        self._scopes = scopes

    def read(self, story: Story, mentions: Sequence[Mention], document: Document) -> list[Context]:
        """The context of each mention, in the order of `mentions`."""
        findings = self._find(story, mentions, document)
        self._mark_malnutrition(mentions, findings)
        evidence: list[Evidence] = []
        scopes: list[ScopeReading] = []
        for mention in mentions:
            scope = self._scope(mention, mentions, findings, evidence, scopes)
            scopes.append(scope)
            evidence.append(self._gather(mention, scope, findings))
        events = group_events(evidence, document.published)
        numbers = {id(item): number for number, event in enumerate(events) for item in event.evidence}
        return [
            self._complete(item, scope, numbers[id(item)], events, findings)
            for item, scope in zip(evidence, scopes, strict=True)
        ]

    def _find(self, story: Story, mentions: Sequence[Mention], document: Document) -> _Findings:
        sentences = story.sentences
        counts: dict[int, list[int]] = {}
        for mention in mentions:
            counts.setdefault(mention.sentence, []).append(mention.group.count_first)
        titled = [story.title, *sentences] if story.title else list(sentences)
        attributions = self._attributions.find(sentences)
        return _Findings(
            sentences=sentences,
            published=document.published,
            dates=self._read_dates(sentences, document.published),
            causes=[self._causes.find(sentence) for sentence in titled],
            titles=len(titled) - len(sentences),
            places=self._places.find(sentences, story.title, document.outlet_country),
            attributions=attributions,
            speakers=[(a.source_sentence, a.first, a.last) for a in attributions],
            counts={number: sorted(starts) for number, starts in counts.items()},
        )

    def _read_dates(self, sentences: Sequence[Sentence], published: date | None) -> list[list[DateMention]]:
        """The dates of each sentence; "two days earlier" counts from the last day that the story gave."""
        found: list[list[DateMention]] = []
        anchor = period = None
        for sentence in sentences:
            mentions = self._dates.find(sentence, published, anchor, period=period)
            found.append(mentions)
            for mention in mentions:
                if mention.role == WHEN and mention.start is not None and mention.end is not None:
                    period = Interval(mention.start, mention.end)
                    anchor = mention.start if mention.start == mention.end else anchor
        return found

    def _mark_malnutrition(self, mentions: Sequence[Mention], findings: _Findings) -> None:
        """A death of hunger is a malnutrition death; a part goes with its whole."""
        for mention in mentions:
            if mention.measure is not Measure.DEATHS:
                continue
            taken = [m.trigger for m in mentions if m.sentence == mention.sentence and m is not mention]
            words = findings.causes[mention.sentence + findings.titles]
            free = [cause for cause in words if (cause.first, cause.last) not in taken]
            cause = self._causes.cause_of_harm(free, mention.harm, Measure.DEATHS)
            whole = mention.part_of
            starved = cause is not None and cause.cause is Cause.MALNUTRITION and cause.strength >= DIRECT
            if starved or (whole is not None and whole.measure in _OF_HUNGER):
                mention.measure = Measure.MALNUTRITION_DEATHS

    def _scope(
        self,
        mention: Mention,
        mentions: Sequence[Mention],
        findings: _Findings,
        evidence: Sequence[Evidence],
        scopes: Sequence[ScopeReading],
    ) -> ScopeReading:
        beside = [other for other in mentions if other.sentence == mention.sentence]
        sentence = findings.sentences[mention.sentence]
        dates = findings.dates[mention.sentence]
        nearest = self._dates.date_of_harm(dates, sentence, mention.harm)
        scope = self._scopes.read(mention, beside, sentence, dates, nearest, findings.published)
        if scope.scope is Scope.CUMULATIVE:
            return scope
        carried = _carried_scope(mention, scope, evidence, scopes)
        own = open_period(dates, findings.published) if carried.scope is Scope.CUMULATIVE else None
        return carried if own is None else replace(carried, baseline_text=own.text, baseline=own.start, period=own)

    def _gather(self, mention: Mention, scope: ScopeReading, findings: _Findings) -> Evidence:
        day = self._day(mention, findings)
        words = _words_for(mention, scope, findings)
        crowd = (mention.count.minimum or 0) >= _CROWD
        cause = self._causes.cause_of_harm(words, mention.harm, mention.measure, crowd=crowd)
        return Evidence(mention, scope.scope, day, _own_place(mention, findings), cause.cause if cause else None)

    def _day(self, mention: Mention, findings: _Findings) -> DateMention | None:
        """The date in the mention's own sentence; a figure that a list adds has the one behind it."""
        sentence = findings.sentences[mention.sentence]
        days = [day for day in findings.dates[mention.sentence] if day.role != SINCE]
        days = [day for day in days if _may_date(day, mention, sentence)]
        following = findings.next_count(mention)
        if len(days) > 1 and following is not None:
            days = [day for day in days if not _opens_next(day, mention, sentence, following)]
        if sentence.tokens[mention.trigger[0]].folded in _JOINTS:
            end = len(sentence.tokens) if following is None else following
            own = [day for day in days if mention.group.count_last <= day.first < end and day.role == WHEN]
            if own:
                return own[0]
        found = self._dates.date_of_harm(days, sentence, mention.harm)
        if found is not None and _is_of_taken(mention):
            finds = [day for day in days if day.role == REPORT and mention.harm[0] <= day.first]
            if any(abs(day.first - mention.harm[1]) < abs(found.first - mention.harm[1]) for day in finds):
                return None  # "kidnapped on Sunday, and found dead on Tuesday"
        return found

    def _complete(
        self, item: Evidence, scope: ScopeReading, number: int, events: Sequence[Event], findings: _Findings
    ) -> Context:
        mention = item.mention
        event = events[number]
        place = item.own_place or event.place
        if place is None:
            place = _place_of(mention, findings)
            if place.basis != "speaker" and _is_elsewhere(event, events[0], findings.published):
                place = None
        told = shared = None
        if not _is_of_taken(mention):
            told = self._causes.cause_in_story(
                findings.causes_of(mention.measure), mention.sentence + findings.titles, mention.harm, mention.measure
            )
            shared = _shared_cause(mention, event)
        if mention.raises and scope.scope is Scope.CUMULATIVE:
            told, shared = (cause if cause in _LASTING else None for cause in (told, shared))
        own = None if scope.rule_id == _LEVEL and mention.measure is Measure.DETAINED else item.cause
        if item.own_place is None and shared in _BROAD and self._causes.holds(shared, own):
            own = shared  # "the blast", of an airstrike
        return Context(
            mention=mention,
            scope=scope,
            date=_date_of(item, scope, event, events, findings),
            place=place or _NOWHERE,
            cause=own or told or shared,
            cause_words="",
            attribution=source_for(findings.attributions, mention.sentence, mention.group.count_first),
            event=number,
        )


def _may_date(day: DateMention, mention: Mention, sentence: Sentence) -> bool:
    return day.may_date(mention.trigger[0], sentence, is_arrest=mention.measure is Measure.DETAINED)


def _is_elsewhere(event: Event, first: Event, published: date | None) -> bool:
    """Whether an event lies far back, or some time in a long period and is of another kind than the story's first."""
    if event.day is None:
        return False
    differs = event.cause and first.cause and event.cause is not first.cause
    return is_long_ago(event.day, published) or bool(differs and is_background(event.day, published))


def _opens_next(day: DateMention, mention: Mention, sentence: Sentence, following: int) -> bool:
    """Whether a date stands behind a mark and right before the next figure: "…, on Friday four died"."""
    between = [token.folded for token in sentence.tokens[day.last : following]]
    if not mention.harm[1] <= day.first < day.last <= following or between not in ([], [","]):
        return False
    return any(token.folded in _JOINTS for token in sentence.tokens[mention.harm[1] : day.first])


def _carried_scope(
    mention: Mention, scope: ScopeReading, evidence: Sequence[Evidence], scopes: Sequence[ScopeReading]
) -> ScopeReading:
    """A part has the scope of its whole; a running figure goes on with the period that the one before it named."""
    for item, earlier in zip(reversed(evidence), reversed(scopes), strict=True):
        other = item.mention
        if other is mention.part_of and other.sentence == mention.sentence and not other.raises:
            return earlier
        near = mention.sentence - other.sentence <= 1
        if mention.is_running and near and other.is_running and earlier.scope is Scope.CUMULATIVE:
            return earlier
    return scope


def _words_for(mention: Mention, scope: ScopeReading, findings: _Findings) -> list[CauseMention]:
    """The words of the mention's sentence that may say what harmed these people."""
    found = findings.causes_of(mention.measure)[mention.sentence + findings.titles]
    if mention.raises and scope.scope is Scope.CUMULATIVE:  # the last victim's cause is not that of all before
        return [cause for cause in found if cause.first >= mention.harm[0] or cause.cause in _LASTING]
    whole = mention.part_of
    if whole is not None and _is_of_taken(mention) and whole.sentence == mention.sentence:
        return [cause for cause in found if not _overlap((cause.first, cause.last), whole.trigger)]
    return found


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _shared_cause(mention: Mention, event: Event) -> Cause | None:
    """The event's cause, where it may hold for the mention: hunger and arrests are causes of their own."""
    if mention.measure is Measure.DETAINED:
        return None
    for other in event.evidence:
        measure = other.mention.measure
        if other.cause is None or (other.mention is not mention and measure is Measure.DETAINED):
            continue
        if (measure in _OF_HUNGER) == (mention.measure in _OF_HUNGER):
            return other.cause
    return None


def _own_place(mention: Mention, findings: _Findings) -> HarmPlace | None:
    """The place that the mention's own sentence names, None where it names none."""
    found = _place_of(mention, findings)
    return found if found.places and found.basis in ("own", "heading") else None


def _place_of(mention: Mention, findings: _Findings) -> HarmPlace:
    following = findings.next_count(mention)
    return place_of_harm(
        findings.places, findings.sentences, mention.sentence, mention.harm, findings.speakers, following
    )


def _date_of(
    item: Evidence, scope: ScopeReading, event: Event, events: Sequence[Event], findings: _Findings
) -> DateMention | None:
    """The day of the harm: said beside it, else of its event, else in sentences that no other event owns."""
    at = item.mention.sentence
    if item.scope is Scope.CUMULATIVE:
        return scope.period or next((day for day in findings.dates[at] if day.role == SINCE), None)
    if item.day is not None:
        return item.day
    shares = _shares_day(item, event)
    if not all(_may_date(day, item.mention, findings.sentences[at]) for day in findings.dates[at]):
        return None  # "hanged for killing a guard in May": the sentence dates the deed, and not this
    if event.day is not None and shares:
        return event.day_before(item) or event.day
    taken = {e.mention.sentence for other in events if other is not event for e in other.evidence}
    for number in chain(range(at - 1, -1, -1), (at + 1,)):
        if number >= len(findings.dates) or number in taken:
            continue
        for day in findings.dates[number]:
            if day.role != WHEN or day.reason is not None:
                continue
            if _is_heading(number, at, findings):
                if not _is_issue_date(day, findings.sentences[number]):
                    return day
            elif shares and not is_background(day, findings.published):
                return day
    return None


def _shares_day(item: Evidence, event: Event) -> bool:
    """Whether the event's day may be the mention's: an arrest, or the death of one who was taken, has its own."""
    if item.mention.measure is Measure.DETAINED:
        return event.cause is Cause.UNREST or any(
            e.mention.measure is Measure.DETAINED and e.day is not None for e in event.evidence
        )
    return not _is_of_taken(item.mention)


def _is_of_taken(mention: Mention) -> bool:
    """Whether the mention tells what became of some of those who were taken or missing."""
    whole = mention.part_of
    return whole is not None and whole.measure is not mention.measure and whole.measure in _OF_TAKING


def _is_issue_date(day: DateMention, heading: Sentence) -> bool:
    """Whether a single day in a heading is only set beside it: "Situation report 4, 14 March"."""
    return day.start == day.end and (day.first == 0 or not heading.tokens[day.first - 1].text.isalpha())


def _is_heading(number: int, at: int, findings: _Findings) -> bool:
    """Whether a sentence is a line without a full stop above the paragraph of the sentence `at`."""
    heading = findings.sentences[number]
    return (
        number < at
        and heading.paragraph != findings.sentences[number + 1].paragraph
        and heading.tokens[-1].folded not in _STOPS
    )
