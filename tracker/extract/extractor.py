"""The extractor: one document in, its claims out, with a trace of every decision on request.

The stages, in order: gate → stories → sentences → dates → units → frames → mentions → scope, cause, place → events →
sources → claims. A document or sentence without any cue of harm is never read closely; the gate is proven to change
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.assembly import ClaimAssembler
from tracker.extract.causes import CauseFinder
from tracker.extract.context import StoryContext, as_illness
from tracker.extract.dates.finding import DateFinder
from tracker.extract.findings import FindingsReader
from tracker.extract.gate import Gate
from tracker.extract.harm.antecedents import find_antecedent
from tracker.extract.harm.frames import FrameMatcher
from tracker.extract.harm.lexicon import Lexicon, literals_of
from tracker.extract.harm.mentions import Dropped, Mention, MentionReader, SentenceReading
from tracker.extract.harm.qualifiers import QualifierFinder
from tracker.extract.harm.scopes import ScopeFinder
from tracker.extract.harm.things import Place
from tracker.extract.harm.unit_reading import UnitReader
from tracker.extract.harm.units import Units
from tracker.extract.people.groups import PRONOUN
from tracker.extract.people.names import PlaceNames, find_names, find_surnames
from tracker.extract.people.numerals import NumeralReader
from tracker.extract.people.persons import PersonWords
from tracker.extract.perpetrators import PerpetratorFinder
from tracker.extract.places.finding import PlaceFinder
from tracker.extract.sources.attribution import AttributionFinder
from tracker.extract.text.matching import spans_of_line_rule
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.stories import Story, StorySplitter
from tracker.extract.text.tokens import tokenise
from tracker.extract.trace import ClaimReason, Rejection, Trace
from tracker.gazetteer import Gazetteer
from tracker.rulebook import Rule, Rulebook, load_rulebook
from tracker.settings import Settings


@dataclass(frozen=True, slots=True)
class _Readings:
    """The sentences of a story that were read closely, and how many there were."""

    sentences: list[SentenceReading]

    @property
    def mentions(self) -> list[Mention]:
        return [mention for reading in self.sentences for mention in reading.mentions]


class Extractor:
    """Extracts claims by one rulebook and one gazetteer. `gated=False` reads every sentence closely."""

    def __init__(
        self, rulebook: Rulebook, gazetteer: Gazetteer, *, vague: str | None = None, gated: bool = True
    ) -> None:
        self.rulebook = rulebook
        lexicon = Lexicon(rulebook, literals_of(rulebook, "frames"))
        self.numerals = NumeralReader(rulebook, vague)
        self.rules_digest = f"{rulebook.digest}-{self.numerals.policy}"
        self._persons = PersonWords(rulebook, gazetteer.demonym)
        self._particles = rulebook.words("name_particles")
        self._gate = Gate(rulebook, lexicon) if gated else None
        self._stories = StorySplitter(rulebook)
        self._dates = DateFinder(rulebook)
        self._units = UnitReader(lexicon, self.numerals, self._persons, self._particles, PlaceNames(gazetteer).includes)
        self._mentions = MentionReader(FrameMatcher(rulebook, lexicon), QualifierFinder(rulebook))
        finders = FindingsReader(
            self._dates,
            PlaceFinder(rulebook, gazetteer),
            CauseFinder(rulebook),
            AttributionFinder(rulebook),
            ScopeFinder(rulebook),
        )
        self._context = StoryContext(finders, rulebook.words("care_words"), rulebook.words("aftermath_verbs"))
        self._perpetrators = PerpetratorFinder(rulebook, gazetteer)
        self._assembler = ClaimAssembler()

    def extract(self, document: Document) -> list[Claim]:
        """The claims of `document`, in the order of its text; the same document always gives the same claims."""
        return [reason.claim for reason in self._read(document, None)]

    def explain(self, document: Document) -> Trace:
        """The claims with the reasons for each field, and every candidate that was dropped."""
        trace = Trace()
        trace.reasons = self._read(document, trace)
        return trace

    def _read(self, document: Document, trace: Trace | None) -> list[ClaimReason]:
        if self._gate is not None and not self._gate.passes(document.text):
            return []
        reasons: list[ClaimReason] = []
        for story in self._stories.split(document):
            readings = self._read_story(story, document)
            if trace is not None:
                trace.stories += 1
                trace.sentences += len(story.sentences)
                trace.gated += len(readings.sentences)
                trace.rejections += [_rejection(r.sentence, drop) for r in readings.sentences for drop in r.dropped]
            if readings.mentions:
                contexts = self._context.read(story, readings.mentions, document)
                harms = [context for context in contexts if not context.is_illness]
                if trace is not None:
                    ill = (context.mention for context in contexts if context.is_illness)
                    trace.rejections += [_rejection(story.sentences[m.sentence], as_illness(m)) for m in ill]
                perpetrators = self._perpetrators.read(story.sentences, harms)
                reasons += self._assembler.assemble(document, story, harms, perpetrators)
        return sorted(reasons, key=lambda reason: (reason.claim.start, reason.claim.measure))

    def _read_story(self, story: Story, document: Document) -> _Readings:
        readings: list[SentenceReading] = []
        earlier: list[Mention] = []
        things: list[Place] = []
        names = find_names(sentence.quote for sentence in story.sentences) | self._units.family_names(story.sentences)
        surnames = find_surnames(story.sentences, self._persons.first_names, self._particles)
        rows: dict[int, Units] = {}

        def read_units(index: int) -> Units:
            if index not in rows:
                sentence = story.sentences[index]
                dates = [(mention.first, mention.last) for mention in self._dates.find(sentence, document.published)]
                rows[index] = self._units.read(sentence, dates, names, surnames)
            return rows[index]

        for index, sentence in enumerate(story.sentences):
            if self._gate is not None and not self._gate.passes(sentence.quote, after_claims=bool(earlier)):
                continue
            reading = self._mentions.read(index, read_units(index), earlier, things)
            readings.append(reading)
            earlier += reading.mentions
            things += reading.things
        for mention in earlier:
            if mention.group.classes == PRONOUN:
                mention.named = find_antecedent(
                    mention.sentence, mention.group.first, lambda index: read_units(index).row
                )
        return _Readings(readings)

    def match_example(self, rule: Rule, text: str) -> list[tuple[int, int]]:
        """Where `rule` alone matches in `text` taken as one sentence; for a frame, the count that it finds."""
        if rule.over == "units":
            sentence = Sentence(text, 0, len(text), 0)
            dates = [(mention.first, mention.last) for mention in self._dates.find(sentence, None)]
            return self._mentions.spans_of(rule, self._units.read(sentence, dates))
        return spans_of_line_rule(rule, text)

    def read_bounds(self, count_text: str) -> tuple[int | None, int | None] | None:
        """The bounds that a count as written gives on its own; None where it holds no number of its own."""
        tokens = tokenise(count_text, 0, len(count_text))
        numerals = self.numerals.read_all(tokens)
        if len(numerals) != 1 or (numerals[0].first, numerals[0].last) != (0, len(tokens)):
            return None  # a noun phrase, a list, a name: more than these words made the count
        return numerals[0].count.minimum, numerals[0].count.maximum


def load_extractor(settings: Settings) -> Extractor:
    """The extractor for these settings."""
    rulebook = load_rulebook(settings.rules_folder, settings.language)
    return Extractor(rulebook, Gazetteer.open(settings.rules_folder))


def _rejection(sentence: Sentence, drop: Dropped) -> Rejection:
    words = sentence.text[sentence.tokens[drop.first].start : sentence.tokens[drop.last - 1].end]
    return Rejection(words, drop.rule_id, drop.reason)
