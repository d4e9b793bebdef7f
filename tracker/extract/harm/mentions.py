"""Mentions: the harms that one sentence states, each with its people, its count and the words that say so.

Frames propose links, one resolver decides, figures without a verb of their own take the measure of the figure before
them, lists come apart into their members, and qualifiers drop or weaken what is left. Everything dropped is kept for
the trace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from tracker.claims import Count, Measure, Status
from tracker.extract.harm.antecedents import Words
from tracker.extract.harm.frames import FrameMatcher, Link, resolve
from tracker.extract.harm.qualifiers import RECALLED, STATUSES, Qualifier, QualifierFinder, clause_ends
from tracker.extract.harm.things import Place, counts_things, dead_things
from tracker.extract.harm.units import Unit, Units
from tracker.extract.people.groups import COUNT, Group
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule

_STILL_TOLD = 2  # sentences before a denial
_MANY = 20  # "dozens", "thousands" give a size where "several" and a bare plural only say that there were some
_BEFORE_HARM = ("who", "have", "be", "adverb", "known")
_PARTS = frozenset({"partitive", "part_group"})


@dataclass(slots=True)
class Mention:
    """One harm as a sentence states it; token ranges are half-open."""

    sentence: int
    group: Group
    measure: Measure
    rule_id: str
    harm: tuple[int, int]
    """From the first word of the count or the trigger to the last of either."""
    trigger: tuple[int, int]
    count: Count
    status: Status = Status.STATED
    part_of: Mention | None = None
    is_part: bool = False
    is_running: bool = False
    """Whether the words make it a total that rose or stands somewhere: a running figure, of one event or of many."""
    raises: bool = False
    """Whether it is the total that the figures just before it feed: "bringing the toll to 15"."""
    is_recalled: bool = False
    """Whether the words recall a harm that is not the one told of: "in retaliation for the killing of two"."""
    is_more: bool = False
    """Whether the words add it to figures given before: "three more bodies"."""
    qualifiers: tuple[Qualifier, ...] = ()
    """Those that weakened it."""
    named: Words | None = None
    """Where the person is named for whom the group's pronoun stands."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that became no claim, with the reason and the words or the rule that decided."""

    first: int
    last: int
    rule_id: str
    reason: str


@dataclass(slots=True)
class SentenceReading:
    """What was found in one sentence."""

    index: int
    sentence: Sentence
    units: Units
    mentions: list[Mention] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    things: list[Place] = field(default_factory=list)
    """Where things, not people, are told to have died."""


class MentionReader:
    """Reads the mentions of a sentence."""

    def __init__(self, frames: FrameMatcher, qualifiers: QualifierFinder) -> None:
        self.frames = frames
        self._qualifiers = qualifiers

    def read(
        self, index: int, units: Units, earlier: Sequence[Mention], things: Sequence[Place] = ()
    ) -> SentenceReading:
        """The mentions of the sentence with these units; `earlier` and `things` are those of the story so far."""
        reading = SentenceReading(index, units.sentence, units)
        reading.things = [(index, first) for first in dead_things(units.row)]
        links, lost = resolve(self.frames.propose(units))
        reading.dropped += [_dropped(units.row, link, f"another rule fits better: {link.winner}") for link in lost]
        cues = self._qualifiers.find(units.sentence) if links or earlier else []
        cues = [cue for cue in cues if not _is_in_date(cue, units.row)]
        _dispute(cues, earlier, index)
        ends = clause_ends(units.row) if cues else []
        harms = {_words(units.row, link) for link in links} if cues else set()
        for link in _inherit(links, units.row, earlier, index):
            if link.measure is None:
                reading.dropped.append(_dropped(units.row, link, "no figure before it gives a measure"))
                continue
            for mention in _mentions(index, units.row, link):
                dropping = _qualify(mention, cues, ends, harms)
                if dropping is None:
                    reading.mentions.append(mention)
                else:
                    words = units.sentence.line.split(" ")[dropping.first : dropping.last]
                    reason = f"{dropping.effect} by {' '.join(words)!r} ({dropping.rule.id})"
                    reading.dropped.append(Dropped(*mention.harm, mention.rule_id, reason))
        reading.mentions.sort(key=lambda mention: (mention.group.count_first, mention.measure))
        if things or reading.things:
            _drop_things(reading, earlier, [*things, *reading.things])
        _find_wholes(reading.mentions, earlier)
        _find_breakdown(reading.mentions)
        _find_increments(reading.mentions, earlier)
        return reading

    def spans_of(self, rule: Rule, units: Units) -> list[tuple[int, int]]:
        """The counts that `rule` finds, as offsets; one that inherits a measure needs the other rules beside it."""
        own = [link for link in self.frames.propose(units, [rule]) if link.measure is not None]
        if rule.values.get("inherit"):
            standing, _ = resolve(self.frames.propose(units))
            own = [
                link for link in _inherit(standing, units.row, (), 0) if link.rule is rule and link.measure is not None
            ]
        tokens = units.tokens
        groups = [mention.group for link in own for mention in _mentions(0, units.row, link)]
        return sorted({(tokens[g.count_first].start, tokens[g.count_last - 1].end) for g in groups})


def _drop_things(reading: SentenceReading, earlier: Sequence[Mention], things: Sequence[Place]) -> None:
    """Drops the figures that have no noun and follow dead things: "the whales died; four were shot"."""
    told = (*earlier, *reading.mentions)
    people = [(m.sentence, m.group.count_first) for m in told if m.group.victims is not None]
    kept = []
    for mention in reading.mentions:
        if counts_things(mention.group, (mention.sentence, mention.group.count_first), things, people):
            reading.dropped.append(Dropped(*mention.harm, mention.rule_id, "it counts what is no person"))
        else:
            kept.append(mention)
    reading.mentions = kept


_COUNTABLE = frozenset({"people", "name", "ordinal_word", "owner"})


def _may_inherit(reach: str, distance: int) -> bool:
    """Whether a figure may take the measure of one told so many sentences before."""
    return reach == "story" or (reach == "previous" and distance <= 1)


def _inherit(links: Sequence[Link], row: Sequence[Unit], earlier: Sequence[Mention], index: int) -> Iterable[Link]:
    """Each link with a measure: its own, else that of the nearest figure before it in the sentence or the story."""
    measured = [link for link in links if link.measure is not None]
    for link in links:
        if link.measure is not None:
            yield link
            continue
        before = [other for other in measured if other.patient < link.patient]
        if before:
            nearest = max(before, key=lambda other: other.patient)
            yield replace(link, measure=nearest.measure)
        elif earlier and _may_inherit(link.rule.values["inherit"], index - earlier[-1].sentence):
            last = [mention.measure for mention in earlier if mention.sentence == earlier[-1].sentence]
            yield replace(link, measure=Measure.DEATHS if Measure.DEATHS in last else last[-1])
        else:
            yield link


def _mentions(index: int, row: Sequence[Unit], link: Link) -> Iterable[Mention]:
    unit = row[link.patient]
    trigger = row[link.trigger]
    group = unit.group
    assert link.measure is not None
    if group is None or unit.classes.isdisjoint(_COUNTABLE):
        return
    if group.victims is None and group.classes == COUNT:
        group = replace(group, victims=_numbered(row, link.trigger))
    for member in group.members or (group,):
        count = member.count
        if link.rule.values.get("vague") and not member.is_vague:
            continue
        if link.rule.values.get("exact") and member.is_vague and (member.count.minimum or 0) < _MANY:
            continue  # "the killings of several militants" is said in passing
        whole = link.rule.values.get("count") == "whole"
        if whole and member.whole is None:
            continue
        if whole and member.whole is not None:
            count = member.whole
        if link.rule.values.get("bound") == "lower" and count.minimum is not None:
            count = Count(count.minimum, None)
        harm = (min(member.first, trigger.first), max(member.last, trigger.last))
        mention = Mention(
            sentence=index,
            group=member,
            measure=link.measure,
            rule_id=link.rule.id,
            harm=harm,
            trigger=(trigger.first, trigger.last),
            count=count,
            is_part=link.is_part or not member.classes.isdisjoint(_PARTS),
            is_running=bool(link.rule.values.get("running")),
            raises=bool(link.rule.values.get("raises")),
            is_more=member.is_more,
        )
        if link.rule.values.get("wholes") and member.whole is not None and member.whole_at is not None:
            mention.part_of = _whole_of(mention, member.whole, member.whole_at)
            yield mention.part_of
        yield mention


def _numbered(row: Sequence[Unit], trigger: int) -> tuple[int, int] | None:
    """The noun of a number told apart from it: "the number of villagers killed rose to 40"."""
    at = trigger - 1
    while at > 1 and row[at].has_any(_BEFORE_HARM):
        at -= 1
    if at < 2 or not row[at].has("plural") or not row[at - 1].has("of") or not row[at - 2].has("number_word"):
        return None
    group = row[at].group
    return group.victims if group is not None else None


def _whole_of(part: Mention, count: Count, at: tuple[int, int]) -> Mention:
    """The harm of all of whom a part is told: "three of the nine soldiers killed" says that nine were killed."""
    group = replace(
        part.group, first=at[0], count_first=at[0], count_last=at[1], count=count, whole=None, whole_at=None
    )
    return replace(part, group=group, count=count, harm=(at[0], part.harm[1]), is_part=False)


def _words(row: Sequence[Unit], link: Link) -> tuple[int, int]:
    """The tokens from the people to the word of harm that a link joins."""
    first, last = sorted((link.patient, link.trigger))
    return row[first].first, row[last].last


def _qualify(
    mention: Mention, cues: Sequence[Qualifier], ends: Sequence[int], harms: Collection[tuple[int, int]]
) -> Qualifier | None:
    """Weakens the mention by the cues that reach it; the cue that drops it, None where it stands.

    A doubt inside the words of one of the sentence's `harms` is that one's own: "40 drowned and 24 are presumed dead".
    """
    nobody = mention.count.maximum == 0
    for cue in cues:
        if not cue.concerns(mention.measure):
            continue
        if not (cue.reaches(mention.trigger, ends) or cue.reaches((mention.group.first, mention.group.last), ends)):
            continue
        if cue.effect in STATUSES:
            owners = [harm for harm in harms if harm[0] <= cue.first and cue.last <= harm[1]]
            if owners and not any(harm[0] < mention.harm[1] and mention.harm[0] < harm[1] for harm in owners):
                continue
            weaker = Status(cue.effect)
            if mention.status is Status.STATED or weaker is Status.DISPUTED:
                mention.status = weaker
            mention.qualifiers += (cue,)
        elif cue.effect == RECALLED:
            mention.is_recalled = True
        elif not (cue.effect == "negated" and nobody):
            return cue
    return None


def _is_in_date(cue: Qualifier, row: Sequence[Unit]) -> bool:
    """Whether the words of a cue are a date: "on 11 May"."""
    return any(unit.has("date") and unit.first <= cue.first and cue.last <= unit.last for unit in row)


def _dispute(cues: Sequence[Qualifier], earlier: Sequence[Mention], index: int) -> None:
    """Disputes what the sentences right before told, where somebody denies the account of it."""
    if any(cue.looks_back for cue in cues):
        told = [mention for mention in earlier if index - mention.sentence <= _STILL_TOLD]
        for mention in told:
            if mention.count.maximum != 0:
                mention.status = Status.DISPUTED


def _find_increments(mentions: Sequence[Mention], earlier: Sequence[Mention]) -> None:
    """The figures that a raised total takes in: those of its measure in its sentence and the one before."""
    for more in (m for m in (*earlier, *mentions) if m.is_more and m.part_of is None and not m.is_running):
        totals = (m for m in (*mentions, *reversed(earlier)) if m.is_running and abs(m.sentence - more.sentence) <= 1)
        more.part_of = next((m for m in totals if m.measure is more.measure and could_include(m, more)), None)
    for total in (mention for mention in mentions if mention.raises):
        for other in (*earlier, *mentions):
            near = total.sentence - other.sentence <= 1
            same = other.measure is total.measure and other.group.count_first != total.group.count_first
            if near and same and not other.is_running and other.part_of is None and could_include(total, other):
                other.part_of = total


def _find_breakdown(mentions: Sequence[Mention]) -> None:
    """A figure that those behind it in the sentence add up to includes them: "eleven: six in X and five in Y"."""
    for at, whole in enumerate(mentions):
        rest = [m for m in mentions[at + 1 :] if m.measure is whole.measure and m.part_of is None]
        if len(rest) < 2 or whole.is_part or whole.count.minimum is None:
            continue
        if all(m.count.minimum == m.count.maximum for m in rest) and whole.count.minimum == sum(
            m.count.minimum or 0 for m in rest
        ):
            for part in rest:
                part.part_of = whole


def _find_wholes(mentions: Sequence[Mention], earlier: Sequence[Mention]) -> None:
    """Gives each part the figure that includes it: the nearest earlier one that is large enough."""
    for at, mention in enumerate(mentions):
        if not mention.is_part or mention.part_of is not None:
            continue
        candidates = [*reversed(mentions[:at]), *reversed(earlier[-6:])]
        for whole in candidates:
            if (
                whole.is_part
                and whole.sentence == mention.sentence
                and (whole.part_of or whole.trigger == mention.trigger)
            ):
                continue
            if could_include(whole, mention):
                mention.part_of = whole
                break


def could_include(whole: Mention, part: Mention) -> bool:
    """Whether `whole` can include `part`: the same measure or the one it came from, and not smaller."""
    if whole.measure is not part.measure and part.group.classes.isdisjoint(_PARTS):
        return False
    if whole.measure is not part.measure and part.group.harm is part.measure:
        return False  # "two of the dead"
    if part.count.minimum is None or whole.count.maximum is None:
        return (
            whole.count.minimum is None
            or (part.count.minimum or 0) <= (whole.count.minimum or 0)
            or (whole.count.maximum is None)
        )
    return part.count.minimum <= whole.count.maximum


def _dropped(row: Sequence[Unit], link: Link, reason: str) -> Dropped:
    first = min(row[link.patient].first, row[link.trigger].first)
    last = max(row[link.patient].last, row[link.trigger].last)
    return Dropped(first, last, link.rule.id, reason)
