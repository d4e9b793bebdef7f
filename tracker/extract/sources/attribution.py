"""Who is said to have given a figure: the sources that a story names, and the words that each of them answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.extract.sources.bulletins import Bulletins
from tracker.extract.sources.organisations import Organisations
from tracker.extract.sources.phrases import Range, SourcePhrases
from tracker.extract.sources.reach import Reach
from tracker.extract.sources.sayings import Saying, SayingFinder, Source, source_at
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token
from tracker.rulebook import Rulebook

ISSUER_RULE = "attribution.bulletin"
QUOTATION_RULE = "attribution.quotation_goes_on"
_LATEST = 4  # words of time behind a saying
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source and what it answers for. `first` and `last` are tokens of `source_sentence`, `reach` of `sentence`."""

    sentence: int
    first: int
    last: int
    source_sentence: int
    text: str
    reach: tuple[tuple[int, int], ...]
    relayed_by: str | None
    source_id: str | None
    source_kind: str | None
    rule_id: str


class AttributionFinder:
    """Finds the sources of a story, sentence by sentence; what a sentence does not say is never guessed."""

    def __init__(self, rulebook: Rulebook) -> None:
        phrases = SourcePhrases(rulebook)
        self._weak_rules = frozenset(rule.id for rule in rulebook.rules("attribution") if rule.values.get("weak"))
        self._sayings = SayingFinder(rulebook, phrases)
        self._organisations = Organisations(rulebook)
        self._bulletins = Bulletins(phrases)

    def find(self, sentences: Sequence[Sentence]) -> list[Attribution]:
        """The attributions of a story's sentences, which are given in order."""
        found: list[Attribution] = []
        named: list[Source] = []
        heading = self._bulletins.issuer(sentences)
        opened: int | None = None  # the sentence in which the quotation that is still open began
        for number, sentence in enumerate(sentences):
            sayings = self._sayings.find(sentences, number, named)
            attributions = [self._identified(one) for one in _attribute(number, sentence, sayings)]
            if opened is not None:
                found += _reach_back(sentences, opened, found, attributions)
            if not attributions and named and _goes_on_quoting(sentences, number, opened, found):
                going_on = _continue_quotation(number, sentence, named[-1], opened is not None)
                attributions = [self._identified(going_on)]
            found += attributions
            named += [replace(saying.source, said_in=number) for saying in sayings]
            opened = _opened(sentence, number, opened)
            heads = next((saying.source for saying in sayings if saying.cue.frame == "heading"), None)
            if heads is not None:
                below = self._bulletins.entries_below(sentences, number)
                found += map(self._identified, _cover(sentences, below, heads, found))
            footing = next((saying.source for saying in sayings if saying.cue.frame == "issuer"), None)
            if footing is not None and self._bulletins.is_listing(sentences[:number]):
                found += map(self._identified, _cover(sentences, range(number), footing, found))
        if heading is not None:
            number, words = heading
            issuer = source_at(sentences[number], number, words)
            found = [one for one in found if one.rule_id not in self._weak_rules]  # the issuer relays the records
            covered = _cover(sentences, range(number, len(sentences)), issuer, found)
            found += map(self._identified, covered)
        return found

    def _identified(self, attribution: Attribution) -> Attribution:
        organisation = self._organisations.identify(attribution.text)
        if organisation is None:
            return attribution
        return replace(attribution, source_id=organisation.source_id, source_kind=organisation.kind)

    def may_attribute(self, sentence: Sentence) -> bool:
        """Whether the sentence holds any word or mark without which no rule can match."""
        return self._sayings.may_attribute(sentence)


def source_for(attributions: Iterable[Attribution], sentence: int, token: int) -> Attribution | None:
    """The attribution that answers for a token: the one with the shortest reach around it, then the later one."""
    best: tuple[int, int, Attribution] | None = None
    for attribution in attributions:
        if attribution.sentence != sentence:
            continue
        for first, last in attribution.reach:
            if first <= token < last and (best is None or (last - first, -first) < best[:2]):
                best = (last - first, -first, attribution)
    return best[2] if best else None


def _attribute(number: int, sentence: Sentence, sayings: Sequence[Saying]) -> list[Attribution]:
    """The sayings of a sentence as attributions: who cites gives way to who is cited, records to who relays them."""
    cited = [saying for saying in sayings if saying.cue.frame == "cite"]
    speaking = [saying for saying in sayings if saying.cue.frame != "cite"]
    attributions = []
    for saying in speaking:
        if saying.cue.asks("weak") and any(_covers(other, saying) for other in speaking if other is not saying):
            continue
        inside = _bracket(sentence.tokens, saying)
        clipped = tuple(_clipped(sentence.tokens, stretch, saying, speaking) for stretch in saying.reach)
        clipped = tuple((max(first, inside[0]), max(min(last, inside[1]), inside[0])) for first, last in clipped)
        attributions.append(_attribution(number, saying, clipped))
    for saying in cited:
        beside = (
            min(range(len(attributions)), key=lambda at: abs(speaking[at].block[0] - saying.block[0]), default=None)
            if len(attributions) == len(speaking)
            else None
        )
        if beside is None:
            reach: Reach = ((0, saying.block[0]), (saying.block[1], len(sentence.tokens)))
            attributions.append(_attribution(number, saying, tuple(r for r in reach if r[0] < r[1])))
        else:
            main = attributions[beside]
            attributions[beside] = replace(_attribution(number, saying, main.reach), relayed_by=main.text)
    return attributions


def _bracket(tokens: Sequence[Token], saying: Saying) -> Range:
    """The bracket that a saying stands in, which it does not reach out of; else the whole sentence."""
    first = next((at for at in range(saying.block[0] - 1, -1, -1) if tokens[at].folded in "()"), None)
    last = next((at for at in range(saying.block[1], len(tokens)) if tokens[at].folded in "()"), None)
    if first is None or last is None or (tokens[first].folded, tokens[last].folded) != ("(", ")"):
        return 0, len(tokens)
    return first + 1, last


def _covers(outer: Saying, inner: Saying) -> bool:
    return outer.block[0] > inner.block[0] and any(
        first <= inner.block[0] and inner.block[1] <= last for first, last in outer.reach
    )


def _clipped(tokens: Sequence[Token], stretch: Range, saying: Saying, sayings: Sequence[Saying]) -> Range:
    first, last = stretch
    # "Police told a radio station 12 had died, its website said": the first reaches to where the second begins.
    last = min([last, *(other.block[0] for other in sayings if _covers(other, saying))])
    # A semicolon parts what one source says from what another says.
    for at in range(first, last):
        if tokens[at].folded == ";":
            if at < saying.block[0] and any(other.block[1] <= at for other in sayings):
                first = at + 1
            elif at >= saying.block[1] and (
                any(other.block[0] > at for other in sayings) or _is_done(tokens, saying, at)
            ):
                last = at
                break
    return first, max(first, last)


def _is_done(tokens: Sequence[Token], saying: Saying, mark: int) -> bool:
    """Whether a saying set off at the end of its clause ends at the semicolon: "…, the camp said on Monday; …"."""
    first = saying.block[0]
    return first > 0 and tokens[first - 1].folded == "," and mark - saying.block[1] <= _LATEST


def _attribution(number: int, saying: Saying, reach: Reach) -> Attribution:
    relayed_by = saying.relay.text if saying.relay else None
    return replace(_plain(number, saying.source, reach, saying.cue.rule.id), relayed_by=relayed_by)


def _plain(number: int, source: Source, reach: Reach, rule_id: str) -> Attribution:
    return Attribution(
        sentence=number,
        first=source.first,
        last=source.last,
        source_sentence=source.sentence,
        text=source.text,
        reach=reach,
        relayed_by=None,
        source_id=None,
        source_kind=None,
        rule_id=rule_id,
    )


def _continue_quotation(number: int, sentence: Sentence, source: Source, quoting: bool) -> Attribution:
    marks = [at for at, token in enumerate(sentence.tokens) if token.folded == '"']
    closing = marks[0] if quoting and marks else marks[1] if len(marks) > 1 else len(sentence.tokens)
    return _plain(number, source, ((0, closing),), QUOTATION_RULE)


def _cover(
    sentences: Sequence[Sentence], numbers: Iterable[int], issuer: Source, found: Sequence[Attribution]
) -> list[Attribution]:
    """The issuer's attribution for every sentence that has no source of its own."""
    spoken_for = {attribution.sentence for attribution in found if attribution.reach}
    return [
        _plain(number, issuer, ((0, len(sentences[number].tokens)),), ISSUER_RULE)
        for number in numbers
        if number not in spoken_for
    ]


def _goes_on_quoting(
    sentences: Sequence[Sentence], number: int, opened: int | None, found: Sequence[Attribution]
) -> bool:
    """Whether the sentence stands inside a quotation whose speaker was named, or begins with the next one."""
    if opened is not None:
        return any(earlier.sentence == opened for earlier in found)
    return number > 0 and sentences[number].line.startswith('"') and '"' in sentences[number - 1].line


def _opened(sentence: Sentence, number: int, opened: int | None) -> int | None:
    if '"' not in sentence.line:
        return opened
    for token in sentence.tokens:
        if token.folded == '"':
            opens = token.text in _OPENING or (token.text not in _CLOSING and opened is None)
            opened = number if opens else None
    return opened


def _reach_back(
    sentences: Sequence[Sentence], opened: int, found: Sequence[Attribution], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """A quotation of several sentences belongs to its speaker from its first word, wherever he is named."""
    speaker = next((one for one in attributions if any(first == 0 for first, _ in one.reach)), None)
    if speaker is None:
        return []
    spoken_for = {attribution.sentence for attribution in found}
    back = []
    for number in range(opened, speaker.sentence):
        if number not in spoken_for:
            first = _first_mark(sentences[number]) if number == opened else 0
            reach = ((first, len(sentences[number].tokens)),)
            back.append(replace(speaker, sentence=number, reach=reach, rule_id=QUOTATION_RULE))
    return back


def _first_mark(sentence: Sentence) -> int:
    return max((at for at, token in enumerate(sentence.tokens) if token.folded == '"'), default=0)
