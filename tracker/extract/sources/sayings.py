"""Who says what in one sentence: words of saying, found by the rules, each joined to its source and its reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract.sources.phrases import Range, SourcePhrases
from tracker.extract.sources.reach import Reach, SayingReach
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token
from tracker.rulebook import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name a source, wherever they stand in the story."""

    sentence: int
    first: int
    last: int
    text: str
    said_in: int = -1
    """The sentence in which it was last said to speak."""


@dataclass(frozen=True, slots=True)
class Cue:
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
class Saying:
    """A cue with its source: `block` is the token range of both, empty reach for one that only relays."""

    cue: Cue
    source: Source
    block: Range
    reach: Reach
    relay: Source | None = None
    """Who quotes the source, where somebody does."""

    @property
    def speaker(self) -> Source:
        return self.relay or self.source


class SayingFinder:
    """Finds the sayings of a sentence; pronouns take up sources that the story named before."""

    def __init__(self, rulebook: Rulebook, phrases: SourcePhrases) -> None:
        self._rules = rulebook.rules("attribution")
        self._cues_of = [(rule, frozenset(rule.values["cues"])) for rule in self._rules]
        self._cue_words = frozenset[str]().union(*(cues for _, cues in self._cues_of))
        self._phrases = phrases
        self._grammar = phrases.grammar
        self._reach = SayingReach(phrases)

    def may_attribute(self, sentence: Sentence) -> bool:
        """Whether the sentence holds any word or mark without which no rule can match."""
        return not self._cue_words.isdisjoint(sentence.line.split(" "))

    def find(self, sentences: Sequence[Sentence], number: int, named: Sequence[Source]) -> list[Saying]:
        """The sayings of `sentences[number]` in order; `named` holds the sources of the sentences before it."""
        if not self.may_attribute(sentences[number]):
            return []
        sentence = sentences[number]
        sayings: list[Saying] = []
        end = floor = 0
        for cue in self._cues(sentence):
            if cue.first < end:
                continue
            saying = self._resolve(sentences, number, cue, floor, [one.speaker for one in sayings], named)
            if saying is not None:
                sayings.append(saying)
                end = max(end, saying.cue.last, saying.block[1])
                if saying.cue.frame != "cite":  # "A radio station, citing medics, said": the subject stands before
                    floor = end
        return sayings

    def _cues(self, sentence: Sentence) -> list[Cue]:
        words = frozenset(sentence.line.split(" "))
        tried = [rule for rule, cues in self._cues_of if not cues.isdisjoint(words)]
        cues = [Cue(rule, first, last) for rule in tried for first, last, _ in match_line(rule, sentence)]
        cues = [cue for cue in cues if not _is_name(sentence.tokens, cue)]
        # An inverted verb is tried before the same verb with its subject on the left.
        return sorted(cues, key=lambda cue: (cue.first, cue.frame != "quote", -cue.last, cue.rule.id))

    def _resolve(
        self,
        sentences: Sequence[Sentence],
        number: int,
        cue: Cue,
        floor: int,
        here: Sequence[Source],
        named: Sequence[Source],
    ) -> Saying | None:
        tokens = sentences[number].tokens
        earlier = here[-1] if here else None
        if cue.rule.values["side"] == "right":
            words = self._phrases.after(tokens, cue.last)
            block = (cue.first, words[1] if words else cue.last)
            if words and cue.frame == "quote" and not self._is_inverted(tokens, cue, words):
                return None
            if words and tokens[words[0]].folded in self._grammar["object_pronouns"] and words[1] - words[0] == 1:
                source = self._antecedent(sentences, number, cue, tokens[words[0]].folded, here, named)
                return self._carried(cue, block, tokens, source)
        else:
            words = self._phrases.before(tokens, cue.first, floor)
            block = (words[0] if words else cue.first, cue.last)
            if cue.asks("shared") and (words is None or not self._names_speaker(tokens, cue, words)):
                return self._shared(sentences[number], number, cue, earlier)
            if words is None and cue.first > 0 and tokens[cue.first - 1].folded in self._grammar["shared_subject"]:
                return self._shared(sentences[number], number, cue, earlier)
            if words is not None and words[1] - words[0] == 1:
                word = tokens[words[0]].folded
                if word in self._phrases.pronouns:
                    source = self._antecedent(sentences, number, cue, word, here, named)
                    return self._carried(cue, block, tokens, source)
                if word in self._grammar["subject_relatives"]:
                    words = self._phrases.before(tokens, words[0] - (tokens[words[0] - 1].folded == ","), floor)
                    if words is None and earlier is not None:
                        return self._shared(sentences[number], number, cue, earlier)
        if words is None or not self._is_fit(tokens, cue, words):
            return None
        relay = self._relay(sentences, number, cue, floor, here, named) if cue.frame == "relay" else None
        source = source_at(sentences[number], number, words)
        return Saying(cue, source, block, self._reach_of(tokens, cue, block), relay)

    def _relay(
        self,
        sentences: Sequence[Sentence],
        number: int,
        cue: Cue,
        floor: int,
        here: Sequence[Source],
        named: Sequence[Source],
    ) -> Source | None:
        tokens = sentences[number].tokens
        words = self._phrases.before(tokens, cue.first, floor)
        if words is None:
            return None
        pronoun = tokens[words[0]].folded
        if words[1] - words[0] == 1 and pronoun in self._phrases.pronouns:
            return self._antecedent(sentences, number, cue, pronoun, here, named)
        return source_at(sentences[number], number, words)

    def _is_fit(self, tokens: Sequence[Token], cue: Cue, words: Range) -> bool:
        if self._phrases.is_own_voice(tokens, *words):
            return False
        if cue.asks("doubt") and (
            self._phrases.is_counted(tokens, *words) or self._phrases.is_sentence(tokens, *words)
        ):
            return False
        needs = cue.rule.values.get("needs")
        if needs == "speaker":
            return self._phrases.speaks(tokens, *words)
        if needs == "body":
            return self._phrases.names_body(tokens, *words)
        if needs == "record":
            return self._phrases.is_record(tokens, *words)
        return any(token.text[0].isalpha() for token in tokens[slice(*words)])

    def _is_inverted(self, tokens: Sequence[Token], cue: Cue, words: Range) -> bool:
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

    def _names_speaker(self, tokens: Sequence[Token], cue: Cue, words: Range) -> bool:
        stretch = tokens[max(0, words[0] - 1) : cue.first]
        opens_with = any(token.folded in self._grammar["accompanied"] for token in stretch)
        if tokens[cue.first - 1].folded == ",":
            return opens_with
        return opens_with or (not self._phrases.is_clause(tokens, *words) and self._phrases.speaks(tokens, *words))

    def _carried(self, cue: Cue, block: Range, tokens: Sequence[Token], source: Source | None) -> Saying | None:
        return None if source is None else Saying(cue, source, block, self._reach_of(tokens, cue, block))

    def _shared(self, sentence: Sentence, number: int, cue: Cue, earlier: Source | None) -> Saying | None:
        source = earlier
        if source is None:
            words = self._phrases.subject(sentence.tokens[: cue.first])
            if words is None or self._phrases.is_counted(sentence.tokens, *words):
                return None
            source = source_at(sentence, number, words)
        reach = self._reach.of_following(sentence.tokens, (cue.first, cue.last))
        return Saying(cue, source, (cue.first, cue.last), reach)

    def _antecedent(
        self,
        sentences: Sequence[Sentence],
        number: int,
        cue: Cue,
        pronoun: str,
        here: Sequence[Source],
        named: Sequence[Source],
    ) -> Source | None:
        """The source that a pronoun stands for: the nearest that agrees, a subject that said nothing yet included."""
        just_before = [source for source in named if source.said_in == number - 1]
        candidates = [*reversed(here), *reversed(just_before)]
        candidates += self._subjects(sentences, number - 1, None)
        candidates += reversed(named[: len(named) - len(just_before)])
        candidates += self._subjects(sentences, number, cue.first)
        for source in candidates:
            if self._phrases.agrees(pronoun, sentences[source.sentence].tokens, source.first, source.last):
                return source
        return None

    def _subjects(self, sentences: Sequence[Sentence], number: int, before: int | None) -> list[Source]:
        # "Local doctor Omar Said treated them. He said …": a subject that can speak may be taken up later.
        if number < 0:
            return []
        tokens = sentences[number].tokens[:before]
        words = self._phrases.subject(tokens)
        if words is None or not self._phrases.can_say(tokens, *words) or self._phrases.is_counted(tokens, *words):
            return []
        if tokens[words[0]].folded in self._phrases.pronouns:
            return []
        if words == (0, 1) and not self._phrases.is_known(tokens[0]):
            return []  # "Power was cut. He added …": a word that only begins its sentence
        return [source_at(sentences[number], number, words)]

    def _reach_of(self, tokens: Sequence[Token], cue: Cue, block: Range) -> Reach:
        if cue.frame == "say":
            return self._reach.of_saying(tokens, block, tokens[cue.last - 1].folded in self._grammar["content"])
        if cue.frame == "according":
            return self._reach.of_according(tokens, block)
        if cue.frame == "quote":
            return self._reach.of_quote(tokens, block)
        if cue.frame == "agent":
            return self._reach.of_agent(tokens, block)
        if cue.frame == "issuer":
            return ()
        if cue.frame == "before":
            return self._reach.of_agent(tokens, (block[0], len(tokens)))
        return self._reach.of_following(tokens, block)


def _is_name(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether the verb of saying is spelt as part of a name: Port Said; headlines spell all words so."""
    for at in range(max(1, cue.first), cue.last):
        word = tokens[at].text
        is_verb = at == cue.first or tokens[at].folded in cue.rule.values["cues"]
        if is_verb and word[0].isupper() and not word.isupper():
            follows = at + 1 == len(tokens) or tokens[at + 1].text.islower() or not tokens[at + 1].text[0].isalnum()
            return follows and tokens[at - 1].is_capitalised and tokens[at - 1].text[0].isalpha()
    return False


def source_at(sentence: Sentence, number: int, words: Range) -> Source:
    """The source that the words of a token range name."""
    first, last = words
    tokens = sentence.tokens
    return Source(number, first, last, sentence.text[tokens[first].start : tokens[last - 1].end])
