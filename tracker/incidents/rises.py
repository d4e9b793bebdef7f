"""What the change of a running total is made of: the claimant's own figures of those days, and the rest.

A total that rises by 127 where the claimant counts 15 dead of the day was not raised by one day's deaths: 112 were
added for earlier ones. Only where the figures of days follow one another without a gap from one value of the total to
the next can they be set against its change; what then remains, plus or minus, is a fact about the register, not about
a day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.claims import Measure, Scope, Status
from tracker.incidents.claimants import Key, settle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracker.incidents.claimants import Voice
    from tracker.readings import Reading

LONGEST = timedelta(days=4)
"""A longer window sums up more than a bulletin does."""


class Account(NamedTuple):
    """What a change is made of, in persons."""

    reported: int | None
    """The claimant's own figures of the days between the two values; None where they leave a gap."""
    added: tuple[str, ...] = ()
    """The claims, of the text that states the total, of those who were added for earlier days."""


NOTHING_KNOWN = Account(None)


@dataclass(frozen=True, slots=True)
class DayFigure:
    """What was said of the days after `after` up to `until`."""

    after: date
    until: date
    persons: int
    claim_id: str
    text_sha256: str
    published: date
    voice: Key | None
    sentence: str


Figures = dict[tuple[tuple[str, ...], Measure], list[DayFigure]]
"""By area and measure."""


def figures_of_days(
    readings: Iterable[Reading], voices: Mapping[str, Voice], areas: Mapping[str, tuple[str, ...]]
) -> Figures:
    """The whole figures that the readings give for a day or a few, of no single cause; `areas` by claim id."""
    chosen = list(readings)
    starts = {(r.text_sha256, r.claim.start) for r in chosen if r.claim.scope is Scope.EVENT}
    found: Figures = defaultdict(list)
    for reading in chosen:
        claim = reading.claim
        if claim.scope is not Scope.EVENT or claim.status is not Status.STATED or claim.count_min is None:
            continue
        if claim.date_start is None or claim.date_end is None or claim.date_end - claim.date_start > LONGEST:
            continue
        if claim.part_of is not None and (reading.text_sha256, claim.part_of) in starts:
            continue
        single = claim.date_start == claim.date_end
        voice = voices.get(claim.claim_id)
        found[(areas[claim.claim_id], claim.measure)].append(
            DayFigure(
                after=claim.date_start - timedelta(days=1) if single else claim.date_start,
                until=claim.date_end,
                persons=claim.count_min,
                claim_id=claim.claim_id,
                text_sha256=reading.text_sha256,
                published=reading.published or claim.date_end,
                voice=voice.key if voice else None,
                sentence=claim.quote,
            )
        )
    return found


def speakers(members: Iterable[Reading], figures: Iterable[DayFigure], voices: Mapping[str, Voice]) -> frozenset[Key]:
    """The keys under which the claimant of a total may speak in the figures of days of its area and measure."""
    own = {voice for voice in (voices.get(reading.claim.claim_id) for reading in members) if voice}
    others = {voice for voice in (voices.get(figure.claim_id) for figure in figures) if voice}
    unions = settle(own | others)
    roots = {unions.root(voice.key) for voice in own}
    return frozenset(voice.key for voice in own | others if unions.root(voice.key) in roots)


def account_for(
    change: int, since: date, until: date, total: Reading, figures: Sequence[DayFigure], own: Collection[Key]
) -> Account:
    """What a change from one day to another is made of, where `total` states the later value.

    Of the figures those of the claimant count, and those that the same text gives without a source. Those added for
    earlier days are a figure of the same text that makes up what remains: of somebody else, or told in the sentence of
    the total. Two figures of the claimant told elsewhere ("6 died of wounds, 2 were killed") may as well be the day's.
    """
    text, sentence = total.text_sha256, total.claim.quote
    between = [figure for figure in figures if since <= figure.after and figure.until <= until]
    claimed = [f for f in between if f.voice in own or (f.voice is None and f.text_sha256 == text)]
    here = [figure for figure in figures if figure.text_sha256 == text]
    options = sorted({f.persons for f in claimed if (f.after, f.until) == (since, until) and f.text_sha256 == text})
    covered = _chain(claimed, since, until)
    if covered == change:
        return Account(covered)
    for reported in [*options, *([covered] if covered is not None else [])]:
        rest = [figure for figure in here if figure.persons == change - reported > 0]
        added = [figure for figure in rest if figure not in claimed or figure.sentence == sentence]
        if added:
            return Account(reported, tuple(sorted(figure.claim_id for figure in added)))
    return Account(covered)


def _chain(figures: Sequence[DayFigure], since: date, until: date) -> int | None:
    """The sum of figures that follow one another from one day to the other; None where there is a gap."""
    at, total = since, 0
    while at < until:
        following = [figure for figure in figures if figure.after == at < figure.until]
        if not following:
            return None
        # The longest window, then the latest word on it, then the whole rather than a part.
        chosen = max(following, key=lambda figure: (figure.until, figure.published, figure.persons, figure.claim_id))
        total += chosen.persons
        at = chosen.until
    return total
