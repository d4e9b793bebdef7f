"""The context of a story's mentions: scope, date, place, cause and source of each, and the events that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.claims import Cause, Measure, Scope
from tracker.documents import Document
from tracker.extract.attribution import Attribution, AttributionFinder, source_for
from tracker.extract.causes import DIRECT, CauseFinder, CauseMention
from tracker.extract.dates import SINCE, DateFinder, DateMention
from tracker.extract.events import Event, Evidence, group_events, is_background
from tracker.extract.mentions import Mention
from tracker.extract.places import HarmPlace, PlaceFinder, PlaceMention, place_of_harm
from tracker.extract.scopes import ScopeFinder, ScopeReading
from tracker.extract.sentences import Sentence
from tracker.extract.stories import Story


@dataclass(frozen=True, slots=True)
class Context:
    """All that the words of a story say around one mention, once its event is known."""

    evidence: Evidence
    scope: ScopeReading
    date: DateMention | None
    place: HarmPlace
    cause: Cause | None
    cause_words: str
    attribution: Attribution | None
    event: int


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
        sentences = story.sentences
        titled = [story.title, *sentences] if story.title else list(sentences)
        offset = len(titled) - len(sentences)
        dates = self._read_dates(sentences, document)
        causes = [self._causes.find(sentence) for sentence in titled]
        places = self._places.find(sentences, story.title, document.outlet_country)
        attributions = self._attributions.find(sentences)
        speakers = [(a.source_sentence, a.first, a.last) for a in attributions]
        self._mark_malnutrition(mentions, causes, offset)
        evidence, scopes = [], []
        for mention in mentions:
            sentence = sentences[mention.sentence]
            found = dates[mention.sentence]
            scope = self._scopes.read(mention, sentence, found)
            if (
                scope.scope is Scope.EVENT
                and mention.part_of is not None
                and mention.part_of.sentence == mention.sentence
            ):
                scope = next((s for s, e in zip(scopes, evidence, strict=True) if e.mention is mention.part_of), scope)
            day = self._dates.date_of_harm([d for d in found if d.role != SINCE], sentence, mention.harm)
            own = _own_place(places, sentences, mention, speakers)
            cause = self._causes.cause_of_harm(causes[mention.sentence + offset], mention.harm, mention.measure)
            scopes.append(scope)
            evidence.append(Evidence(mention, scope.scope, day, own, cause.cause if cause else None))
        events = group_events(evidence, document.published)
        numbers = {id(item): number for number, event in enumerate(events) for item in event.evidence}
        contexts = []
        for item, scope in zip(evidence, scopes, strict=True):
            number = numbers[id(item)]
            event = events[number]
            mention = item.mention
            place = item.own_place
            if place is None and event.place is not None:
                place = event.place
            elif place is None and number == 0:
                place = place_of_harm(places, sentences, mention.sentence, mention.harm, speakers)
            cause_of_story = self._causes.cause_in_story(
                causes, mention.sentence + offset, mention.harm, mention.measure
            )
            contexts.append(
                Context(
                    item,
                    scope,
                    _date_of(item, scope, event, events, dates, mention, document.published),
                    place or HarmPlace((), None, None, None, (), ()),
                    item.cause or cause_of_story or (event.cause if mention.measure is not Measure.DETAINED else None),
                    "",
                    source_for(attributions, mention.sentence, mention.group.count_first),
                    number,
                )
            )
        return contexts

    def _read_dates(self, sentences: Sequence[Sentence], document: Document) -> list[list[DateMention]]:
        """The dates of each sentence; "two days earlier" counts from the last day that the story gave."""
        found: list[list[DateMention]] = []
        anchor = None
        for sentence in sentences:
            mentions = self._dates.find(sentence, document.published, anchor)
            found.append(mentions)
            days = [
                m.start
                for m in mentions
                if m.start is not None and m.start == m.end and m.role not in (SINCE, "report")
            ]
            anchor = days[-1] if days else anchor
        return found

    def _mark_malnutrition(
        self, mentions: Sequence[Mention], causes: Sequence[list[CauseMention]], offset: int
    ) -> None:
        """A death of hunger is a malnutrition death; a part goes with its whole."""
        for mention in mentions:
            if mention.measure is not Measure.DEATHS:
                continue
            taken = [m.trigger for m in mentions if m.sentence == mention.sentence and m is not mention]
            words = [c for c in causes[mention.sentence + offset] if (c.first, c.last) not in taken]
            cause = self._causes.cause_of_harm(words, mention.harm, Measure.DEATHS)
            whole = mention.part_of
            if (cause is not None and cause.cause is Cause.MALNUTRITION and cause.strength >= DIRECT) or (
                whole is not None and whole.measure in (Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES)
            ):
                mention.measure = Measure.MALNUTRITION_DEATHS


def _own_place(
    places: Sequence[PlaceMention],
    sentences: Sequence[Sentence],
    mention: Mention,
    speakers: Sequence[tuple[int, int, int]],
) -> HarmPlace | None:
    own = [place for place in places if place.sentence == mention.sentence]
    if not own:
        return None
    found = place_of_harm(own, sentences, mention.sentence, mention.harm, speakers)
    return found if found.places else None


def _date_of(
    item: Evidence,
    scope: ScopeReading,
    event: Event,
    events: Sequence[Event],
    dates: Sequence[list[DateMention]],
    mention: Mention,
    published: date | None,
) -> DateMention | None:
    """The day of the harm: said beside it, else of its event, else in the story's sentences that no other event owns."""
    if scope.scope is Scope.CUMULATIVE:
        return next((d for d in dates[mention.sentence] if d.role == SINCE), None)
    if item.date is not None:
        return item.date
    if event.date is not None:
        return event.date
    taken = {e.mention.sentence for other in events if other is not event for e in other.evidence}
    for number in [*range(mention.sentence - 1, -1, -1), mention.sentence + 1]:
        if number >= len(dates) or number in taken:
            continue
        days = [d for d in dates[number] if d.role == "when" and not is_background(d, published)]
        if days:
            return days[0]
    return None
