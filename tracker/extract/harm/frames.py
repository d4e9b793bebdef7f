"""Frames at work: rules over the units of a sentence propose who was harmed and how, and one resolver decides.

Overlaps are decided here and nowhere else: for each group of people and each harm the proposal of the lowest rank
wins, then the one whose trigger stands nearest, then the rule's id. A trigger serves one group (a list counts as
one).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from tracker.claims import Measure
from tracker.extract.harm.frame_needs import Need, needs_of
from tracker.extract.harm.lexicon import Lexicon
from tracker.extract.harm.subjects import climb, find_first_subject, find_subject
from tracker.extract.harm.units import Units, owns_what_follows
from tracker.rulebook import Rule, Rulebook

_SURE = 3  # the ranks of frames whose people and verb belong together
_SPLIT_HARM = {Measure.DEATHS, Measure.INJURIES}


@dataclass(frozen=True, slots=True)
class Link:
    """A proposal or, once resolved, a finding: the people at `patient` suffered `measure`, by the word at `trigger`."""

    patient: int
    trigger: int
    measure: Measure | None
    """None where the measure is that of the figure before."""
    rule: Rule
    start: int
    end: int
    is_part: bool = False
    """Whether these people are part of those of a figure before, by this rule or by one that lost against it."""
    winner: str = ""
    """For a proposal that lost: the rule that won."""


class FrameMatcher:
    """Runs the frames of one rulebook."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon) -> None:
        self.rules = rulebook.rules("frames", lexicon.compile_units)

    def propose(self, units: Units, rules: Iterable[Rule] | None = None) -> list[Link]:
        """Every proposal of every rule, or of those given."""
        if rules is None:
            held = frozenset(units.symbols)
            rules = (rule for rule, needs in self._needs if not any(need.isdisjoint(held) for need in needs))
        return [link for rule in rules for link in _apply(rule, units)]

    @cached_property
    def _needs(self) -> list[tuple[Rule, tuple[Need, ...]]]:
        return [(rule, needs_of(rule.pattern.pattern)) for rule in self.rules]


_SUBJECTS: dict[str, Callable[[Units, regex.Match[str]], int | None]] = {
    "none": lambda units, match: match.start("patient"),
    "clause": lambda units, match: find_subject(units.row, match.start()),
    "sentence": lambda units, match: find_first_subject(units.row, match.start()),
}


def _apply(rule: Rule, units: Units) -> Iterable[Link]:
    for match in rule.pattern.finditer(units.symbols, overlapped=True):
        groups = match.groupdict()
        patient = _SUBJECTS[rule.values.get("subject", "none")](units, match)
        if patient is None or _owns(units, patient, match):
            continue
        if rule.values.get("climbs"):
            patient = climb(units.row, patient)
        trigger = match.start("trigger") if groups.get("trigger") else match.start()
        fixed = rule.values.get("measure")
        measure = Measure(fixed) if fixed else units.row[trigger].measure
        if rule.values.get("inherit"):
            measure = units.row[patient].measure if units.row[patient].has("partitive") else None
        elif measure is None:
            continue
        is_part = bool(rule.values.get("part"))
        link = Link(patient, trigger, measure, rule, match.start(), match.end(), is_part)
        if groups.get("also"):
            yield from _with_second(link, units.row[match.start("also")].measure, match.start("also"), units)
        else:
            yield link


def _owns(units: Units, patient: int, match: regex.Match[str]) -> bool:
    """Whether the people at `patient` only own what was harmed behind them: "captured Omar Said's compound"."""
    is_apart = match.start() != patient and units.row[patient].group is not None
    return is_apart and owns_what_follows(units.row, patient)


def _with_second(link: Link, also: Measure | None, at: int, units: Units) -> Iterable[Link]:
    """Two words of harm for one group: dead and injured in one figure are casualties, a stated zero holds for each."""
    group = units.row[link.patient].group
    nobody = group is not None and group.count.maximum == 0
    if also is None or also is link.measure:
        yield link
    elif {link.measure, also} == _SPLIT_HARM and not nobody:
        if group is not None and group.count.minimum == group.count.maximum == 1:
            yield link if link.measure is Measure.DEATHS else replace(link, measure=also, trigger=at)
        else:
            yield replace(link, measure=Measure.CASUALTIES)
    else:
        yield link
        yield replace(link, measure=also, trigger=at)


def resolve(proposals: Iterable[Link]) -> tuple[list[Link], list[Link]]:
    """The proposals that stand and those that lost, each loser naming its winner."""
    kept: dict[tuple[int, Measure | None], Link] = {}
    used: dict[int, Link] = {}
    lost: list[Link] = []
    proposals = list(proposals)
    died = {link.patient for link in proposals if _says_died(link)}
    parts = {link.patient for link in proposals if link.is_part}
    for proposed in sorted(proposals, key=lambda link: (_is_outlived(link, died), *_order(link))):
        link = replace(proposed, is_part=proposed.patient in parts)
        key = (link.patient, link.measure)
        winner = kept.get(key) or _conflict(link, kept.values(), used)
        if winner is not None:
            if winner.rule is not link.rule or winner.patient != link.patient:
                lost.append(replace(link, winner=winner.rule.id))
            continue
        kept[key] = link
        if link.measure is not None and link.trigger != link.patient and not link.rule.values.get("shares"):
            used[link.trigger] = link
    return sorted(kept.values(), key=lambda link: (link.patient, link.trigger)), lost


def _says_died(link: Link) -> bool:
    return link.measure is Measure.DEATHS and link.trigger > link.patient and link.rule.values.get("rank", 5) <= _SURE


def _is_attribute(link: Link) -> bool:
    """Whether "missing" only says of whom the sentence goes on to tell: "the four missing soldiers"."""
    return link.measure is Measure.MISSING and link.trigger == link.patient


def _is_outlived(link: Link, died: Container[int]) -> bool:
    """Whether a wound gives way to the death that it led to: "was stabbed on Monday and died on Tuesday"."""
    wounded = link.measure is Measure.INJURIES and link.trigger > link.patient
    return (wounded or _is_attribute(link)) and link.patient in died


def _conflict(link: Link, kept: Iterable[Link], used: dict[int, Link]) -> Link | None:
    """The finding that rules `link` out; a stated zero may hold for deaths and injuries alike."""
    if link.trigger in used and used[link.trigger].patient != link.patient and not link.rule.values.get("shares"):
        return used[link.trigger]
    for other in kept:
        if other.patient == link.patient:
            if link.measure is None or other.measure is None:
                return other
            if other.rule is link.rule and other.start == link.start:
                continue
            if other.trigger == link.trigger:
                return other  # one word says one thing of them: heat that "carried off" nine abducted nobody
            if {link.measure, other.measure} <= {Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES}:
                return other
            if _is_attribute(link) and _says_died(other):
                return other  # "the four missing soldiers are found dead"
    return None


def _order(link: Link) -> tuple[int, int, str, int, int]:
    return (link.rule.values.get("rank", 5), abs(link.trigger - link.patient), link.rule.id, link.patient, link.trigger)
