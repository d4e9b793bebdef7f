"""What the finders see in a story, sentence by sentence: dates, places, causes, speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.claims import Cause, Count, Measure
from tracker.documents import Document
from tracker.extract.causes import CauseFinder, CauseMention
from tracker.extract.dates.calendar import Interval
from tracker.extract.dates.finding import WHEN, DateFinder, DateMention
from tracker.extract.harm.mentions import Mention
from tracker.extract.harm.scopes import ScopeFinder, ScopeReading
from tracker.extract.places.finding import PlaceFinder, StoryPlaces
from tracker.extract.sources.attribution import Attribution, AttributionFinder
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.stories import Story

OF_HUNGER = frozenset({Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES})


@dataclass(frozen=True, slots=True)
class Findings:
    """What the finders saw in a story, sentence by sentence; causes begin with the title where there is one."""

    sentences: Sequence[Sentence]
    published: date | None
    dates: list[list[DateMention]]
    causes: list[list[CauseMention]]
    causes_but_hunger: list[list[CauseMention]]
    titles: int
    """How many entries of `causes` stand before the first sentence."""
    places: StoryPlaces
    attributions: list[Attribution]
    outbreak: ScopeReading | None
    """The scope of deaths of disease without a day of their own, where the story tells of an outbreak."""
    counts: dict[int, list[int]]
    """For each sentence, the first tokens of its figures, in order."""

    def next_count(self, mention: Mention) -> int | None:
        """Where the next figure of the mention's sentence begins."""
        return next((at for at in self.counts[mention.sentence] if at > mention.group.count_first), None)

    def causes_of(self, measure: Measure) -> list[list[CauseMention]]:
        """The causes that may have harmed by this measure: deaths of hunger are counted apart by now."""
        return self.causes if measure in OF_HUNGER else self.causes_but_hunger


class FindingsReader:
    """Runs the finders of one rulebook over a story."""

    def __init__(
        self,
        dates: DateFinder,
        places: PlaceFinder,
        causes: CauseFinder,
        attributions: AttributionFinder,
        scopes: ScopeFinder,
    ) -> None:
        self.dates = dates
        self.places = places
        self.causes = causes
        self.attributions = attributions
        self.scopes = scopes

    def read(self, story: Story, mentions: Sequence[Mention], document: Document) -> Findings:
        """What the words of the story say; `mentions` tell where its figures stand and how its victims are called."""
        sentences = story.sentences
        counts: dict[int, list[int]] = {}
        for mention in mentions:
            counts.setdefault(mention.sentence, []).append(mention.group.count_first)
        titled = [story.title, *sentences] if story.title else list(sentences)
        attributions = self.attributions.find(sentences)
        places = self.places.find(sentences, story.title, document.outlet_country, _surnames(mentions, sentences))
        causes = [self.causes.find(sentence) for sentence in titled]
        return Findings(
            sentences=sentences,
            published=document.published,
            dates=self._read_dates(sentences, document.published),
            causes=causes,
            causes_but_hunger=[[c for c in found if c.cause is not Cause.MALNUTRITION] for found in causes],
            titles=len(titled) - len(sentences),
            places=StoryPlaces(places, sentences, [(a.source_sentence, a.first, a.last) for a in attributions]),
            attributions=attributions,
            outbreak=self.scopes.find_outbreak(titled),
            counts={number: sorted(starts) for number, starts in counts.items()},
        )

    def _read_dates(self, sentences: Sequence[Sentence], published: date | None) -> list[list[DateMention]]:
        """The dates of each sentence; "two days earlier" counts from the last day that the story gave."""
        found: list[list[DateMention]] = []
        anchor = period = None
        for sentence in sentences:
            mentions = self.dates.find(sentence, published, anchor, period=period)
            found.append(mentions)
            for mention in mentions:
                if mention.role == WHEN and mention.start is not None and mention.end is not None:
                    period = Interval(mention.start, mention.end)
                    anchor = mention.start if mention.start == mention.end else anchor
        return found


def _surnames(mentions: Iterable[Mention], sentences: Sequence[Sentence]) -> frozenset[str]:
    """The last words, folded, by which single victims are named."""
    singles = (m for m in mentions if m.count == Count(1, 1) and m.group.last - m.group.first > 1)
    lasts = (sentences[m.sentence].tokens[m.group.last - 1] for m in singles)
    return frozenset(token.folded for token in lasts if token.is_capitalised)
