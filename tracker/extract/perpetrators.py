"""Who is said to have done a harm: the words that name them, and whether they are stated, alleged, claimed or admitted.

Only what the words link to this harm counts: the agent of its verb, its subject, the owner of the act of violence that
the sentence tells with it, or whom the story blames for its event. An actor is somebody armed or a force of a state;
nothing else is ever one. Where two actors fit, or the harmed are of the actor's own side, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.claims import Cause, Measure, PerpetratorStatus, Scope, Status
from tracker.extract.actors import ADJECTIVE, ARMED, FORCE, NAMED, STATE, Actor, ActorFinder
from tracker.extract.context import Context
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.gazetteer import Gazetteer
from tracker.rulebook import Rule, Rulebook

CARRIED = "perpetrator.of_event"
_BY_HAND = frozenset({Cause.POLICE_OPERATION, Cause.TORTURE, Cause.UNREST, Cause.ATTACK, Cause.OTHER, Cause.FIRE})
_VIOLENT = _BY_HAND | {Cause.AIRSTRIKE, Cause.SHELLING, Cause.SHOOTING, Cause.EXPLOSION}
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})
_DONE = frozenset({Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES, Measure.DISPLACED}) | _HELD
_NEAR = 4  # tokens from the harm to the act that did it, where the sentence tells of two
_SOON = 4  # sentences from a figure to the words on who did it


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a sentence that say who did something: their token range, the actor, the rule."""

    first: int
    last: int
    actor: Actor
    rule: Rule

    @property
    def span(self) -> tuple[int, int]:
        """The tokens of the words and the actor together."""
        return min(self.first, self.actor.first), max(self.last, self.actor.last)


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is said to have done a harm, as written, how it is said, and the rule and the words that say so."""

    text: str
    status: PerpetratorStatus
    words: str
    rule_id: str
    kind: str
    names: frozenset[str]


class PerpetratorFinder:
    """Finds who is said to have done each harm of a story, by the rules of `perpetrators.toml`."""

    def __init__(self, rulebook: Rulebook, gazetteer: Gazetteer) -> None:
        rules = rulebook.rules("perpetrators")
        self._actors = ActorFinder(rulebook, gazetteer)
        self._left = tuple(rule for rule in rules if rule.values.get("side") == "left")
        self._right = tuple(rule for rule in rules if rule.values.get("side") == "right")
        self._bars = tuple(rule for rule in rules if rule.values["ties"] == "bar")
        self._doubts = tuple(rule for rule in rules if rule.values["ties"] == "doubt")
        grammar = rulebook.table("perpetrator_grammar")["classes"]
        self._not_subjects = frozenset(grammar["not_subjects"])
        self._not_of_owner = frozenset(grammar["articles"]) | frozenset(grammar["quantifiers"])
        self._in_places = frozenset(grammar["in_places"])
        self._not_owners = frozenset(grammar["not_owners"])
        self._possessive = frozenset(grammar["possessive"])
        self._may_follow = rulebook.words("adjunct_openers") | frozenset(grammar["may_follow"])
        self._may_follow |= rulebook.words("source_times") | rulebook.words("clause_breaks")

    def read(self, sentences: Sequence[Sentence], contexts: Sequence[Context]) -> list[Perpetrator | None]:
        """Who is said to have done the harm of each of the story's contexts, None where nobody or more than one is."""
        links = [self._links(sentence) for sentence in sentences]
        own = [self._own(context, links[context.mention.sentence], sentences) for context in contexts]
        told = self._told(links, contexts, sentences)
        return [
            self._settled(at, contexts, own, told.get(context.event), sentences) for at, context in enumerate(contexts)
        ]

    def _links(self, sentence: Sentence) -> list[Link]:
        """What the words of a sentence say of who did what."""
        actors = self._actors.find(sentence)
        if not actors:
            return []
        starts = {actor.first: actor for actor in actors}
        links = list(self._rightward(sentence, starts))
        for actor in actors:
            links += self._leftward(sentence, actor)
        return links

    def _rightward(self, sentence: Sentence, starts: dict[int, Actor]) -> Iterator[Link]:
        """The links whose actor stands right behind the words that match."""
        tokens = sentence.tokens
        for rule in self._right:
            for first, last, _ in match_line(rule, sentence):
                actor = starts.get(last)
                if actor is None or not _may_act(actor, rule):
                    continue
                following = tokens[actor.last] if actor.last < len(tokens) else None
                if (
                    following is None
                    or following.folded in self._may_follow
                    or following.folded.endswith(("ly", "ing"))
                ):
                    yield Link(first, last, actor, rule)

    def _leftward(self, sentence: Sentence, actor: Actor) -> Iterator[Link]:
        """The links whose actor stands right before the words that match."""
        tokens = sentence.tokens
        if actor.last >= len(tokens):
            return
        before = tokens[actor.first - 1].folded if actor.first else ""
        is_subject = before not in self._not_subjects and not (actor.kind == STATE and before in self._in_places)
        offset = sum(len(token.folded) + 1 for token in tokens[: actor.last])
        for rule in self._left:
            if not _may_act(actor, rule) or not (is_subject or rule.id in _OWNED):
                continue
            owns = rule.id not in _OWNED or tokens[actor.last].folded in self._possessive
            if not owns and tokens[actor.last - 1].folded in self._not_owners:
                continue
            match = rule.pattern.match(sentence.line, offset)
            if match is not None and match.end() > match.start():
                first, last = sentence.tokens_at(match.start(), match.end())
                yield Link(first, last, actor, rule)

    def _own(self, context: Context, links: Sequence[Link], sentences: Sequence[Sentence]) -> Perpetrator | None:
        """Who did it by the words of the figure's own sentence: of its word of harm, else of an act told beside it."""
        mention = context.mention
        if mention.measure not in _DONE or mention.count.maximum == 0 or not links:
            return None
        sentence = sentences[mention.sentence]
        group = mention.group
        free = [link for link in links if not (link.actor.first < group.last and group.first < link.actor.last)]
        for link in free:
            if link.rule.values["ties"] == "harm" and _holds_harm(link, context):
                return self._perpetrator(link, context, sentence)
        if mention.measure in _HELD or not _is_violent(context):
            return None
        bars = [first for rule in self._bars for first, _, _ in match_line(rule, sentence)]
        acts = [link for link in free if link.rule.values["ties"] in ("act", "story")]
        acts = [link for link in acts if not _is_barred(link, mention.harm, bars)]
        side = self._victims_side(context, sentence)
        acts = [link for link in acts if link.actor.kind != side]
        if _are_several(acts):
            acts = [link for link in acts if _distance(link, mention.harm) <= _NEAR]
        if not acts or _are_several(acts):
            return None
        best = next((link for link in acts if link.rule.values.get("gives")), acts[0])
        return self._perpetrator(best, context, sentence)

    def _victims_side(self, context: Context, sentence: Sentence) -> str | None:
        """The side of the harmed, where they bear arms: rebels who died in a rebel attack were killed by others."""
        group = context.mention.group
        words = sentence.tokens[group.first : group.last]
        return self._actors.side(" ".join(token.text for token in words)) if words else None

    def _told(
        self, links: Sequence[Sequence[Link]], contexts: Sequence[Context], sentences: Sequence[Sentence]
    ) -> dict[int, Perpetrator]:
        """Who claims or is blamed for each event, in sentences without a figure; nobody where two are."""
        told: dict[int, Perpetrator | None] = {}
        figures = {context.mention.sentence for context in contexts}
        for number, found in enumerate(links):
            if number in figures:
                continue
            for link in (link for link in found if link.rule.values["ties"] == "story"):
                before = [c for c in contexts if 0 < number - c.mention.sentence <= _SOON and _is_violent(c)]
                if not before or link.actor.is_owned:
                    continue
                nearest = max(before, key=lambda context: context.mention.sentence)
                perpetrator = self._perpetrator(link, nearest, sentences[number])
                known = told.get(nearest.event, perpetrator)
                agree = known is not None and perpetrator is not None and _agree(known, perpetrator)
                told[nearest.event] = perpetrator if agree else None
        return {event: perpetrator for event, perpetrator in told.items() if perpetrator is not None}

    def _settled(
        self,
        at: int,
        contexts: Sequence[Context],
        own: Sequence[Perpetrator | None],
        told: Perpetrator | None,
        sentences: Sequence[Sentence],
    ) -> Perpetrator | None:
        """The own words' perpetrator, else the one of the event, where all that is said of it agrees."""
        context, mine = contexts[at], own[at]
        if mine is not None:
            claimed = told is not None and told.status is PerpetratorStatus.CLAIMED
            return told if told is not None and claimed and not mine.names and _agree(mine, told) else mine
        mention = context.mention
        if mention.measure not in _DONE - _HELD or not _is_violent(context) or not _is_single(context):
            return None
        if mention.count.maximum == 0 or self._victims_side(context, sentences[mention.sentence]) is not None:
            return None
        said = [
            (one, other)
            for one, other in zip(own, contexts, strict=True)
            if one is not None
            and other.event == context.event
            and other.mention.measure not in _HELD
            and _is_single(other)
            and self._victims_side(other, sentences[other.mention.sentence]) is None
        ]
        found = [one for one, _ in said] + ([told] if told is not None else [])
        if not found or not all(_agree(one, other) for one in found for other in found):
            return None
        named = next((one for one in reversed(found) if one.names), found[0])
        return replace(named, rule_id=CARRIED)

    def _perpetrator(self, link: Link, context: Context, sentence: Sentence) -> Perpetrator | None:
        """The perpetrator that a link names, None where "its forces" are those of nobody who speaks."""
        actor, source = link.actor, context.attribution
        first, last = actor.first, actor.last
        if link.rule.id in _OWNED and sentence.tokens[link.first].folded not in self._possessive:
            while first < last - 1 and sentence.tokens[first].folded in self._not_of_owner:
                first += 1  # the article is that of "an army raid"
        text = _text(sentence, first, last)
        if actor.is_owned:
            if source is None:
                return None
            text, status = source.text, PerpetratorStatus.ADMITTED
        else:
            status = self._status(link, context, text, sentence)
        return Perpetrator(text, status, _text(sentence, *link.span), link.rule.id, actor.kind, actor.names)

    def _status(self, link: Link, context: Context, text: str, sentence: Sentence) -> PerpetratorStatus:
        """How it is put: as the rule says, else admitted by its own source, else alleged by any other or by a doubt."""
        if "gives" in link.rule.values:
            return PerpetratorStatus(link.rule.values["gives"])
        if context.attribution is not None and self._actors.speaks_for(context.attribution.text, text):
            return PerpetratorStatus.ADMITTED
        doubts = [first for rule in self._doubts for first, _, _ in match_line(rule, sentence)]
        doubted = (
            _is_barred(link, context.mention.harm, doubts)
            or context.mention.status is not Status.STATED
            or context.attribution is not None
        )
        return PerpetratorStatus.ALLEGED if doubted else PerpetratorStatus.STATED


_OWNED = frozenset({"perpetrator.owned_act", "perpetrator.owned_harm"})


def _may_act(actor: Actor, rule: Rule) -> bool:
    if actor.kind == ADJECTIVE:
        return rule.id in _OWNED  # "an Israeli raid": a Cuban who does something is a person
    return actor.kind in (ARMED, FORCE) or actor.kind == rule.values.get("who")


def _holds_harm(link: Link, context: Context) -> bool:
    """Whether the link's words hold the figure's word of harm, and the harmed stand where the rule says."""
    mention = context.mention
    first, last = mention.trigger
    if not (link.first < last and first < link.last):
        return False
    after = mention.group.first >= first
    return after if link.rule.values["object"] == "after" else not after or mention.group.last <= link.last


def _is_violent(context: Context) -> bool:
    return context.cause is None or context.cause.cause in _VIOLENT


def _is_single(context: Context) -> bool:
    """Whether a figure is of the event told, and no sum of many: one attack's gunmen did not do them all."""
    return context.scope.scope is Scope.EVENT and not context.mention.is_recalled


def _is_barred(link: Link, harm: tuple[int, int], bars: Sequence[int]) -> bool:
    """Whether something parts the act from the harm."""
    first, last = link.span
    return any(min(first, harm[0]) <= bar < max(last, harm[1]) for bar in bars)


def _distance(link: Link, harm: tuple[int, int]) -> int:
    first, last = link.span
    return max(0, first - harm[1], harm[0] - last)


def _are_several(links: Sequence[Link]) -> bool:
    return len({(link.actor.kind, link.actor.names) for link in links}) > 1


def _agree(one: Perpetrator, other: Perpetrator) -> bool:
    """Whether two may be the same: of one side, and where both have a name, of one name."""
    if one.kind != other.kind and {STATE, ADJECTIVE, NAMED}.isdisjoint((one.kind, other.kind)):
        return False
    return not (one.names and other.names and one.names.isdisjoint(other.names))


def _text(sentence: Sentence, first: int, last: int) -> str:
    return sentence.text[sentence.tokens[first].start : sentence.tokens[last - 1].end]
