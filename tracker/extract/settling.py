"""Settles the place, the day and the cause of a mention between its own words, its event's and what they continue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from tracker.claims import Cause, Measure, Scope
from tracker.extract.causes import DIRECT, CauseFinder, CauseMention
from tracker.extract.dates.finding import SINCE, WHEN, DateMention
from tracker.extract.events import Event, Evidence, is_background, is_long_ago, lies_within
from tracker.extract.findings import OF_HUNGER, Findings
from tracker.extract.harm.mentions import Mention
from tracker.extract.harm.scopes import ScopeReading
from tracker.extract.places.finding import HarmPlace
from tracker.extract.text.sentences import Sentence

_OF_TAKING = frozenset({Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING})
_STOPS = frozenset({".", "!", "?", '"'})
_LEVEL = "scope.level_now"  # "1,200 remain behind bars": nobody says what brought them there
LASTING = frozenset({Cause.DISEASE, Cause.MALNUTRITION, Cause.HEAT_COLD})  # they go on through a running total
_BROAD = frozenset({Cause.AIRSTRIKE, Cause.SHELLING, Cause.EARTHQUAKE, Cause.AIR_CRASH, Cause.SHIPWRECK})
_NOWHERE = HarmPlace((), None, None, None, (), ())


def settle_place(item: Evidence, event: Event, first: Event, findings: Findings) -> HarmPlace:
    """The closest place that the words say of the harm: in its own sentence, of its event, in what it continues."""
    carried = _place_of(item.mention, findings)
    if event.is_apart:
        return item.own_place or replace(_NOWHERE, country=carried.country)
    told = event.place if item.scope is Scope.EVENT else event.wide_place
    place = item.own_place or told
    if place is None:
        away = carried.basis != "speaker" and _is_elsewhere(event, first, findings.published)
        return _NOWHERE if away else carried
    if item.scope is Scope.EVENT:
        for other in (told, carried if item.own_place is None else None):
            if other is not None and lies_within(other, place):
                place = other
    return place


def _is_elsewhere(event: Event, first: Event, published: date | None) -> bool:
    """Whether an event lies far back, or some time in a long period and is of another kind than the story's first."""
    if event.day is None:
        return False
    differs = event.cause and first.cause and event.cause is not first.cause
    return is_long_ago(event.day, published) or bool(differs and is_background(event.day, published))


def settle_cause(
    item: Evidence, scope: ScopeReading, event: Event, findings: Findings, causes: CauseFinder
) -> CauseMention | None:
    """What harmed these people: said beside the figure, in the story around it, or of its event."""
    mention = item.mention
    told = shared = None
    if not is_of_taken(mention) and not event.is_apart:
        told = causes.cause_in_story(
            findings.causes_of(mention.measure), mention.sentence + findings.titles, mention.harm, mention.measure
        )
        shared = _shared_cause(mention, event)
    if mention.raises and scope.scope is Scope.CUMULATIVE:
        told, shared = (one if one is not None and one.cause in LASTING else None for one in (told, shared))
    own = None if scope.rule_id == _LEVEL and mention.measure is Measure.DETAINED else item.cause_said
    is_broad = item.own_place is None and shared is not None and shared.cause in _BROAD
    if shared is not None and is_broad and own is not None and causes.holds(shared.cause, own.cause):
        return shared  # "the blast", of an airstrike
    return own or told or shared


def _shared_cause(mention: Mention, event: Event) -> CauseMention | None:
    """The event's cause, where it may hold for the mention: hunger and arrests are causes of their own."""
    if mention.measure is Measure.DETAINED:
        return None
    for other in event.evidence:
        measure = other.mention.measure
        if other.cause_said is None or (other.mention is not mention and measure is Measure.DETAINED):
            continue
        if (measure in OF_HUNGER) == (mention.measure in OF_HUNGER):
            return other.cause_said
    return None


def own_place(mention: Mention, findings: Findings) -> HarmPlace | None:
    """The place that the mention's own sentence names, None where it names none."""
    found = _place_of(mention, findings)
    return found if found.places and found.basis in ("own", "heading") else None


def _place_of(mention: Mention, findings: Findings) -> HarmPlace:
    return findings.places.of_harm(mention.sentence, mention.harm, findings.next_count(mention))


def settle_day(
    item: Evidence, scope: ScopeReading, event: Event, events: Sequence[Event], findings: Findings
) -> DateMention | None:
    """The day of the harm: said beside it, else of its event, else in sentences that no other event owns."""
    at = item.mention.sentence
    if item.scope is Scope.CUMULATIVE:
        return scope.period or next((day for day in findings.dates[at] if day.role == SINCE), None)
    if item.day is not None or event.is_apart:
        return item.day
    shares = _shares_day(item, event)
    if not all(may_date(day, item.mention, findings.sentences[at]) for day in findings.dates[at]):
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
            elif shares and (not is_background(day, findings.published) or _tells_cause(number, at, findings)):
                return day
    return None


def may_date(day: DateMention, mention: Mention, sentence: Sentence) -> bool:
    """Whether the day may be the mention's, and not that of what somebody is held or punished for."""
    return day.may_date(mention.trigger[0], sentence, is_arrest=mention.measure is Measure.DETAINED)


def _tells_cause(number: int, at: int, findings: Findings) -> bool:
    """Whether the sentence right before says what happened: "A mine blew up a tractor this year. The driver died"."""
    return number == at - 1 and any(cause.strength >= DIRECT for cause in findings.causes[number + findings.titles])


def _shares_day(item: Evidence, event: Event) -> bool:
    """Whether the event's day may be the mention's: an arrest, or the death of one who was taken, has its own."""
    if item.mention.measure is Measure.DETAINED:
        return event.cause is Cause.UNREST or any(
            e.mention.measure is Measure.DETAINED and e.day is not None for e in event.evidence
        )
    return not is_of_taken(item.mention)


def is_of_taken(mention: Mention) -> bool:
    """Whether the mention tells what became of some of those who were taken or missing."""
    whole = mention.part_of
    return whole is not None and whole.measure is not mention.measure and whole.measure in _OF_TAKING


def _is_issue_date(day: DateMention, heading: Sentence) -> bool:
    """Whether a single day in a heading is only set beside it: "Situation report 4, 14 March"."""
    return day.start == day.end and (day.first == 0 or not heading.tokens[day.first - 1].text.isalpha())


def _is_heading(number: int, at: int, findings: Findings) -> bool:
    """Whether a sentence is a line without a full stop above the paragraph of the sentence `at`."""
    heading = findings.sentences[number]
    return (
        number < at
        and heading.paragraph != findings.sentences[number + 1].paragraph
        and heading.tokens[-1].folded not in _STOPS
    )
