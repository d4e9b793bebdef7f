"""Events of a story: which mentions speak of one harm, and the date, place and cause that hold for all of them.

Place, date and cause belong to the harm and are said once; count, victims, source and status belong to each mention.
A mention joins the last event that nothing in its own sentence contradicts; a harm dated long before publication is
an event apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.claims import Cause, Scope
from tracker.extract.dates.finding import SINCE, DateMention
from tracker.extract.harm.mentions import Mention
from tracker.extract.places.finding import HarmPlace

_RECENT = timedelta(days=45)  # what lies further back is background, which other figures of the story do not date
_LONGEST = timedelta(days=20)  # "in March", "earlier this year": an event of its own, not the one just told


@dataclass(slots=True)
class Evidence:
    """What the words around one mention say of its event."""

    mention: Mention
    scope: Scope
    day: DateMention | None
    own_place: HarmPlace | None
    """From the mention's own sentence; None where it names no place of harm."""
    cause: Cause | None


@dataclass(slots=True)
class Event:
    """Mentions of one harm."""

    evidence: list[Evidence] = field(default_factory=list)

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
        placed = [e.own_place for e in self.evidence if e.own_place is not None and e.own_place.places]
        return max(placed, key=lambda place: _CLOSENESS.get(place.precision or "", 0), default=None)


_CLOSENESS = {"exact": 6, "vicinity": 5, "admin2": 4, "admin1": 3, "region": 2, "sea": 2, "country": 1}


def group_events(evidence: Iterable[Evidence], published: date | None) -> list[Event]:
    """The events of a story; `evidence` is in the order of the text."""
    events: list[Event] = []
    for item in evidence:
        whole = item.mention.part_of
        event = _event_of(events, whole) if whole is not None else None
        if event is None or not _agrees(event, item, published):
            event = next((e for e in reversed(events) if _agrees(e, item, published)), None)
        if event is None:
            event = Event()
            events.append(event)
        event.evidence.append(item)
    return events


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
    return _CLOSENESS.get(a.precision or "", 0) <= 3 or _CLOSENESS.get(b.precision or "", 0) <= 3
