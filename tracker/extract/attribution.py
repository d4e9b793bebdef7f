"""Who is said to have given a figure: the sources that a story names, and the words that each of them answers for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.extract.matching import match_line
from tracker.extract.saying_reach import Reach, SayingReach
from tracker.extract.sentences import Sentence
from tracker.extract.sources import Range, SourcePhrases
from tracker.extract.tokens import Token
from tracker.rulebook import Rule, Rulebook

QUOTATION_RULE = "attribution.quotation_goes_on"


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


@dataclass(frozen=True, slots=True)
class _Source:
    """The words that name a source, wherever they stand in the story."""

    sentence: int
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words of saying that a rule found."""

    rule: Rule
    first: int
    last: int

    @property
    def frame(self) -> str:
        return str(self.rule.values["frame"])

    def asks(self, name: str) -> bool:
        return bool(self.rule.values.get(name, False))


@dataclass(frozen=True, slots=True)
class _Saying:
    """A cue with its source: `block` is the token range of both, empty reach for one that only relays."""

    cue: _Cue
    source: _Source
    block: Range
    reach: Reach


class AttributionFinder:
    """Finds the sources of a story, sentence by sentence; what a sentence does not say is never guessed."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rules = rulebook.rules("attribution")
        self._cue_words = rulebook.words("saying_cues")
        self._phrases = SourcePhrases(rulebook)
        self._reach = SayingReach(self._phrases)

    def find(self, sentences: Sequence[Sentence]) -> list[Attribution]:
        """The attributions of a story's sentences, which are given in order."""
        found: list[Attribution] = []
        latest: _Source | None = None
        quoting = False
        for number, sentence in enumerate(sentences):
            continues = quoting or sentence.line.startswith('"')
            sayings = self._sayings(sentences, number, latest) if self.may_attribute(sentence) else []
            attributions = _relay(number, sentence, sayings)
            if not attributions and continues and latest is not None and (quoting or _follows_quote(sentences, number)):
                attributions = [_continue_quotation(number, sentence, latest, quoting)]
            found += attributions
            if sayings:
                latest = _latest(sayings)
            quoting = _is_left_open(sentence, quoting) and (bool(attributions) or quoting)
        return found

    def may_attribute(self, sentence: Sentence) -> bool:
        """Whether the sentence holds any word that a rule could begin from, or could be a labelled headline."""
        line = sentence.line
        return not self._cue_words.isdisjoint(line.split(" "))

    def _sayings(self, sentences: Sequence[Sentence], number: int, latest: _Source | None) -> list[_Saying]:
        sentence = sentences[number]
        sayings: list[_Saying] = []
        end = 0
        for cue in self._cues(sentence):
            if cue.first < end:
                continue
            earlier = sayings[-1].source if sayings else None
            saying = self._resolve(sentences, number, cue, end, earlier, latest)
            if saying is not None:
                sayings.append(saying)
                end = max(end, saying.cue.last, saying.block[1])
        return sayings

    def _cues(self, sentence: Sentence) -> list[_Cue]:
        cues = [_Cue(rule, first, last) for rule in self._rules for first, last, _ in match_line(rule, sentence)]
        # An inverted verb is tried before the same verb with its subject on the left.
        return sorted(cues, key=lambda cue: (cue.first, cue.frame != "quote", -cue.last, cue.rule.id))

    def _resolve(
        self,
        sentences: Sequence[Sentence],
        number: int,
        cue: _Cue,
        floor: int,
        earlier: _Source | None,
        latest: _Source | None,
    ) -> _Saying | None:
        tokens = sentences[number].tokens
        if cue.rule.values["side"] == "right":
            words = self._phrases.after(tokens, cue.last)
            block = (cue.first, words[1] if words else cue.last)
            if words and cue.frame == "quote" and not self._is_inverted(tokens, cue, words):
                return None
            if words and tokens[words[0]].folded in ("him", "her", "them", "it") and words[1] - words[0] == 1:
                return self._carried(cue, block, tokens, earlier or latest)
        else:
            words = self._phrases.before(tokens, cue.first, floor)
            block = (words[0] if words else cue.first, cue.last)
            if cue.asks("shared") and (words is None or not self._names_speaker(tokens, cue, words)):
                return self._shared(sentences[number], number, cue, earlier)
            if words is None and cue.first > 0 and tokens[cue.first - 1].folded in ("and", "but", "then"):
                return self._shared(sentences[number], number, cue, earlier)
            if words is not None and words[1] - words[0] == 1:
                word = tokens[words[0]].folded
                if word in self._phrases.pronouns:
                    return self._carried(
                        cue, block, tokens, earlier or latest or self._subject_before(sentences, number)
                    )
                if word in ("who", "which"):
                    words = self._phrases.before(tokens, words[0] - (tokens[words[0] - 1].folded == ","), floor)
                    if words is None and earlier is not None:
                        return self._shared(sentences[number], number, cue, earlier)
        if words is None or not self._is_fit(tokens, cue, words):
            return None
        return _Saying(cue, _source(sentences[number], number, words), block, self._reach_of(tokens, cue, block))

    def _is_fit(self, tokens: Sequence[Token], cue: _Cue, words: Range) -> bool:
        if self._phrases.is_own_voice(tokens, *words):
            return False
        if cue.asks("doubt") and (
            self._phrases.is_counted(tokens, *words) or self._phrases.is_sentence(tokens, *words)
        ):
            return False
        needs = cue.rule.values.get("needs")
        if needs == "speaker":
            return self._phrases.speaks(tokens, *words)
        if needs == "record":
            return self._phrases.is_record(tokens, *words)
        return any(token.text[0].isalpha() for token in tokens[slice(*words)])

    def _is_inverted(self, tokens: Sequence[Token], cue: _Cue, words: Range) -> bool:
        # "…, a farmer, said police had fired" is no inversion: a clause follows.
        if tokens[cue.first - 1].folded == '"':
            return True
        at_end = words[1] >= len(tokens) or tokens[words[1]].folded == "."
        if not at_end and tokens[words[1]].folded not in (",", ";", "(", "-", '"'):
            return False
        if self._phrases.is_counted(tokens, *words):
            return False
        speaks = self._phrases.speaks(tokens, *words)
        if self._phrases.is_clause(tokens, 0, cue.first - 1):
            return speaks or tokens[words[1] - 1].is_capitalised
        return at_end and speaks

    def _names_speaker(self, tokens: Sequence[Token], cue: _Cue, words: Range) -> bool:
        stretch = tokens[max(0, words[0] - 1) : cue.first]
        opens_with = any(token.folded == "with" for token in stretch)
        if tokens[cue.first - 1].folded == ",":
            return opens_with
        return opens_with or (not self._phrases.is_clause(tokens, *words) and self._phrases.speaks(tokens, *words))

    def _carried(self, cue: _Cue, block: Range, tokens: Sequence[Token], source: _Source | None) -> _Saying | None:
        return None if source is None else _Saying(cue, source, block, self._reach_of(tokens, cue, block))

    def _shared(self, sentence: Sentence, number: int, cue: _Cue, earlier: _Source | None) -> _Saying | None:
        source = earlier
        if source is None:
            words = self._phrases.subject(sentence.tokens[: cue.first])
            if words is None or self._phrases.is_counted(sentence.tokens, *words):
                return None
            source = _source(sentence, number, words)
        reach = self._reach.of_following(sentence.tokens, (cue.first, cue.last))
        return _Saying(cue, source, (cue.first, cue.last), reach)

    def _subject_before(self, sentences: Sequence[Sentence], number: int) -> _Source | None:
        # "Local doctor Omar Said treated them. He said …": the subject of the sentence before, if it can speak.
        if number == 0:
            return None
        sentence = sentences[number - 1]
        words = self._phrases.subject(sentence.tokens)
        if words is None or not self._phrases.speaks(sentence.tokens, *words):
            return None
        return _source(sentence, number - 1, words)

    def _reach_of(self, tokens: Sequence[Token], cue: _Cue, block: Range) -> Reach:
        if cue.frame == "say":
            return self._reach.of_saying(tokens, block, tokens[cue.last - 1].folded == "that")
        if cue.frame == "according":
            return self._reach.of_according(tokens, block)
        if cue.frame == "quote":
            return self._reach.of_quote(tokens, block)
        if cue.frame == "agent":
            return self._reach.of_agent(tokens, block)
        if cue.frame == "before":
            return self._reach.of_agent(tokens, (block[0], len(tokens)))
        return self._reach.of_following(tokens, block)


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


def _relay(number: int, sentence: Sentence, sayings: Sequence[_Saying]) -> list[Attribution]:
    """The sayings of a sentence as attributions: who cites gives way to who is cited, records to who relays them."""
    cited = [saying for saying in sayings if saying.cue.frame == "cite"]
    speaking = [saying for saying in sayings if saying.cue.frame != "cite"]
    attributions = []
    for saying in speaking:
        if saying.cue.asks("weak") and any(_covers(other, saying) for other in speaking if other is not saying):
            continue
        clipped = tuple(_clipped(sentence.tokens, stretch, saying, speaking) for stretch in saying.reach)
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


def _covers(outer: _Saying, inner: _Saying) -> bool:
    return outer.block[0] > inner.block[0] and any(
        first <= inner.block[0] and inner.block[1] <= last for first, last in outer.reach
    )


def _clipped(tokens: Sequence[Token], stretch: Range, saying: _Saying, sayings: Sequence[_Saying]) -> Range:
    first, last = stretch
    # "Police told a radio station 12 had died, its website said": the first reaches to where the second begins.
    last = min([last, *(other.block[0] for other in sayings if _covers(other, saying))])
    # A semicolon parts what one source says from what another says.
    for at in range(first, last):
        if tokens[at].folded == ";":
            if at < saying.block[0] and any(other.block[1] <= at for other in sayings):
                first = at + 1
            elif at >= saying.block[1] and any(other.block[0] > at for other in sayings):
                last = at
                break
    return first, max(first, last)


def _attribution(number: int, saying: _Saying, reach: Reach) -> Attribution:
    source = saying.source
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
        rule_id=saying.cue.rule.id,
    )


def _continue_quotation(number: int, sentence: Sentence, source: _Source, quoting: bool) -> Attribution:
    marks = [at for at, token in enumerate(sentence.tokens) if token.folded == '"']
    closing = marks[0] if quoting and marks else marks[1] if len(marks) > 1 else len(sentence.tokens)
    return Attribution(
        sentence=number,
        first=source.first,
        last=source.last,
        source_sentence=source.sentence,
        text=source.text,
        reach=((0, closing),),
        relayed_by=None,
        source_id=None,
        source_kind=None,
        rule_id=QUOTATION_RULE,
    )


def _follows_quote(sentences: Sequence[Sentence], number: int) -> bool:
    return number > 0 and '"' in sentences[number - 1].line


def _is_left_open(sentence: Sentence, quoting: bool) -> bool:
    if '"' not in sentence.line:
        return quoting
    for token in sentence.tokens:
        if token.folded == '"':
            quoting = True if token.text in "“„«" else False if token.text in "”»" else not quoting
    return quoting


def _latest(sayings: Sequence[_Saying]) -> _Source:
    return sayings[-1].source


def _source(sentence: Sentence, number: int, words: Range) -> _Source:
    first, last = words
    tokens = sentence.tokens
    return _Source(number, first, last, sentence.text[tokens[first].start : tokens[last - 1].end])
