"""Events of a story: which mentions speak of one harm, and the date, place and cause that hold for all of them.

Place, date and cause belong to the harm and are said once; count, victims, source and status belong to each mention.
A mention joins the last event that nothing in its own sentence contradicts; a harm dated long before publication is
an event apart, and so is the death of a relative of somebody whose own death, of no violence, the story tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.claims import Cause, Count, Measure, Scope
from tracker.extract.causes import CauseMention
from tracker.extract.dates.finding import SINCE, DateMention
from tracker.extract.harm.mentions import Mention
from tracker.extract.places.finding import HarmPlace

_RECENT = timedelta(days=45)  # what lies further back is background, which other figures of the story do not date
_ONE = Count(1, 1)
_LONGEST = timedelta(days=20)  # "in March", "earlier this year": an event of its own, not the one just told


@dataclass(slots=True)
class Evidence:
    """What the words around one mention say of its event."""

    mention: Mention
    scope: Scope
    day: DateMention | None
    own_place: HarmPlace | None
    """From the mention's own sentence; None where it names no place of harm."""
    cause_said: CauseMention | None

    @property
    def cause(self) -> Cause | None:
        """What harmed these people, by the words of their sentence."""
        return self.cause_said.cause if self.cause_said else None


@dataclass(slots=True)
class Event:
    """Mentions of one harm."""

    evidence: list[Evidence] = field(default_factory=list)
    is_apart: bool = False
    """Whether it is a relative's death, of which the story says no more than the words beside it."""

    @property
    def day(self) -> DateMention | None:
        """The date of the harm: the first one that a mention of it gives, running totals aside."""
        dated = (e.day for e in self.evidence if e.day is not None and e.scope is Scope.EVENT)
        return next(dated, None)

    def day_before(self, item: Evidence) -> DateMention | None:
        """The date that was said last before `item`, running totals aside."""
        before = self.evidence[: self.evidence.index(item)]
        return next((e.day for e in reversed(before) if e.day is not None and e.scope is Scope.EVENT), None)

    @property
    def cause(self) -> Cause | None:
        """What harmed the people, by the first mention that says so."""
        return next((e.cause for e in self.evidence if e.cause is not None), None)

    @property
    def place(self) -> HarmPlace | None:
        """The most closely named place among the mentions' own sentences."""
        return _closest(e.own_place for e in self.evidence)

    @property
    def wide_place(self) -> HarmPlace | None:
        """The most closely named place of its running totals: one death's village is not that of all before."""
        return _closest(e.own_place for e in self.evidence if e.scope is Scope.CUMULATIVE)


_CLOSENESS = {"exact": 6, "vicinity": 5, "admin2": 4, "admin1": 3, "region": 2, "sea": 2, "country": 1}


def _closest(places: Iterable[HarmPlace | None]) -> HarmPlace | None:
    named = [place for place in places if place is not None and place.places]
    return max(named, key=lambda place: _closeness(place), default=None)


def _closeness(place: HarmPlace) -> int:
    return _CLOSENESS.get(place.precision or "", 0)


def lies_within(inner: HarmPlace, outer: HarmPlace) -> bool:
    """Whether `inner` names a place inside that of `outer`, by the names of its containers."""
    if _closeness(inner) <= _closeness(outer) or not inner.places or inner.country != outer.country:
        return False
    is_country = outer.precision == "country" and len(outer.places) == 1
    return is_country or not set(outer.places[:1]).isdisjoint(inner.places[1:])


def group_events(evidence: Iterable[Evidence], published: date | None) -> list[Event]:
    """The events of a story; `evidence` is in the order of the text."""
    events: list[Event] = []
    for item in evidence:
        whole = item.mention.part_of
        event = _event_of(events, whole) if whole is not None else None
        if event is None and _is_of_relative(item, events):
            events.append(Event([item], is_apart=True))
            continue
        if event is None or not _agrees(event, item, published):
            event = next((e for e in reversed(events) if not e.is_apart and _agrees(e, item, published)), None)
        if event is None:
            event = Event()
            events.append(event)
        event.evidence.append(item)
    return events


def _is_of_relative(item: Evidence, events: Sequence[Event]) -> bool:
    """Whether a figure is a relative's death in a life that the story tells: "her father died when she was one"."""
    if not (_is_one_death(item) and item.mention.group.is_kin):
        return False
    earlier = [e for event in events for e in event.evidence if e.mention.measure is Measure.DEATHS]
    return bool(earlier) and all(
        _is_one_death(e) and e.cause in (None, Cause.DISEASE) and e.mention.sentence != item.mention.sentence
        for e in earlier
    )


def _is_one_death(item: Evidence) -> bool:
    return item.mention.measure is Measure.DEATHS and item.mention.count == _ONE


def _event_of(events: Sequence[Event], mention: Mention) -> Event | None:
    return next((e for e in events if any(item.mention is mention for item in e.evidence)), None)


def _agrees(event: Event, item: Evidence, published: date | None) -> bool:
    return (
        event.evidence[0].mention.is_recalled is item.mention.is_recalled
        and _dates_agree(event, item, published)
        and _places_agree(event.place, item.own_place)
        and not (event.cause and item.cause and event.cause is not item.cause and _stands_alone(item, published))
    )


def _stands_alone(item: Evidence, published: date | None) -> bool:
    """Whether the words beside a figure place it or put it into some long period of its own."""
    return item.own_place is not None or bool(item.day and is_background(item.day, published))


def _dates_agree(event: Event, item: Evidence, published: date | None) -> bool:
    mine = item.day if item.scope is Scope.EVENT else None
    theirs = event.day
    if mine is None or mine.start is None or mine.end is None:
        return (
            theirs is None
            or not is_background(theirs, published)
            or event.evidence[-1].mention.sentence == (item.mention.sentence)
        )
    if theirs is None or theirs.start is None or theirs.end is None:
        return not is_background(mine, published)
    return mine.start <= theirs.end and theirs.start <= mine.end


def is_background(mention: DateMention, published: date | None) -> bool:
    """Whether a date lies or reaches so far back that only the words beside it can mean it."""
    if is_long_ago(mention, published):
        return True
    if mention.role == SINCE or mention.start is None or mention.end is None or published is None:
        return False
    return mention.end - mention.start > _LONGEST


def is_long_ago(mention: DateMention, published: date | None) -> bool:
    """Whether a date lies so far back that the story is about something else."""
    return (
        mention.role != SINCE
        and mention.end is not None
        and published is not None
        and published - mention.end > _RECENT
    )


def _places_agree(a: HarmPlace | None, b: HarmPlace | None) -> bool:
    if a is None or b is None or not a.places or not b.places:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if set(a.places) & set(b.places):
        return True
    # A wider place may hold a closer one; two close ones of different names are two places.
    return _closeness(a) <= 3 or _closeness(b) <= 3
