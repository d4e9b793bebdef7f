"""Step two, between texts: the written rule by which two groups are taken for one event, and why.

The rule is conservative: where two texts may well speak of two events, they stay two incidents. A veto is a
contradiction and holds between all groups of one incident; a link needs agreement in place, time and cause together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.claims import Cause
from tracker.incidents.bounds import ceiling, floor, overlap
from tracker.incidents.groups import FINE, Group, Site
from tracker.incidents.incident import Link
from tracker.incidents.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.claims import Measure

THRESHOLD = 0.6
NEAR_KM = 25.0
NEAR = 0.3
"""What it says that two places are near each other; with no more than that, the figures have to agree..."""
CONTAINED = 0.15
"""...and what it says that one text gives only the province or country: then everything has to agree..."""
DISTINCTIVE = 3
"""...on a figure of at least so many persons: one man shot somewhere in the country may be any man."""
WIDE = 0.25
"""What it says that two texts give the same name, of which only the region or the water is known."""
DAY_PRECISION = 3
"""An interval of at most so many days speaks of one event; a longer one is a window that sums up several."""
GROWTH = 5
"""How many times a figure may exceed another and still be of the same event..."""
DISASTER_GROWTH = 50
"""...and where the dead are found over weeks."""

_DISASTERS = frozenset({Cause.EARTHQUAKE, Cause.FLOOD, Cause.STORM, Cause.LANDSLIDE})
_VAST = frozenset({"region", "sea"})
_SINGULAR = _DISASTERS | {Cause.SHIPWRECK, Cause.AIR_CRASH, Cause.STAMPEDE, Cause.INDUSTRIAL_ACCIDENT}
"""Causes of which one province seldom sees two on one day, so that the figures need not agree."""
_FAMILIES = (
    frozenset(
        {
            Cause.AIRSTRIKE,
            Cause.SHELLING,
            Cause.SHOOTING,
            Cause.EXPLOSION,
            Cause.ATTACK,
            Cause.POLICE_OPERATION,
            Cause.TORTURE,
            Cause.UNREST,
        }
    ),
    frozenset({Cause.FLOOD, Cause.STORM, Cause.LANDSLIDE}),
    frozenset({Cause.EARTHQUAKE, Cause.LANDSLIDE}),
    frozenset({Cause.FIRE, Cause.EXPLOSION, Cause.INDUSTRIAL_ACCIDENT}),
    frozenset({Cause.UNREST, Cause.STAMPEDE}),
)


def link_groups(group: Group, other: Group) -> Link | None:
    """The link between two groups with its reasons, or None where the rule does not let them be one event."""
    if group.key[0] in other.copies and group.words & other.words and not contradict(group, other):
        return _link(group, other, 1.0, ["the same sentence in copies of one text"])
    place = _place_agreement(group.site, other.site)  # first, since it sorts out the most
    if place is None or contradict(group, other) or _figures_far_apart(group, other):
        return None
    agreeing = [measure for measure in group.counts if _agree(group, other, measure)]
    if place[0] <= NEAR and not agreeing and not (group.cause is other.cause and group.cause in _SINGULAR):
        return None
    if place[0] <= CONTAINED and not _alike(group, other, agreeing):
        return None
    parts = [place, _time_agreement(group, other), _cause_agreement(group.cause, other.cause)]
    if _repeated(group, other):
        parts.append((0.15, "the same claimant gives the same figure"))
    elif agreeing:
        parts.append((0.15, f"figures of {sorted(agreeing)[0]} agree"))
    elif not group.counts.keys() & other.counts.keys():
        parts.append((0.05, "no measure in common"))
    score = round(sum(weight for weight, _ in parts), 2)
    if score < THRESHOLD:
        return None
    return _link(group, other, score, [reason for _, reason in parts])


def _link(group: Group, other: Group, score: float, reasons: Sequence[str]) -> Link:
    first, second = sorted((group, other), key=lambda side: side.key)
    return Link(
        score=score,
        reasons=tuple(reasons),
        claim_ids=(first.readings[0].claim.claim_id, second.readings[0].claim.claim_id),
    )


def contradict(group: Group, other: Group) -> bool:
    """Whether something known of the two rules out that they are one event, whatever else agrees."""
    if group.key[:2] == other.key[:2]:  # the text itself tells them apart
        return True
    if group.key[3] != other.key[3]:  # hunger is an event apart
        return True
    if group.country != other.country or not _times_meet(group, other):
        return True
    if not _causes_fit(group.cause, other.cause):
        return True
    return _places_apart(group.site, other.site)


def is_window(dates: tuple[date, date]) -> bool:
    """Whether the interval is too long for one event, such as "in 2024"."""
    return (dates[1] - dates[0]).days >= DAY_PRECISION


def _times_meet(group: Group, other: Group) -> bool:
    if group.window is None or other.window is None:
        return False
    for side in (group, other):
        if side.dates is not None and is_window(side.dates):
            return group.dates == other.dates
    if group.dates is not None and other.dates is not None:
        # Yesterday to today and today to tomorrow are the windows of two bulletins, though they share a day.
        (start, end), (from_, to) = group.dates, other.dates
        return (start <= from_ and to <= end) or (from_ <= start and end <= to)
    return group.window[0] <= other.window[1] and other.window[0] <= group.window[1]


def _time_agreement(group: Group, other: Group) -> tuple[float, str]:
    if group.dates is not None and group.dates == other.dates:
        return 0.3, "same date"
    if group.dates is not None and other.dates is not None:
        return 0.2, "the dates of one lie in those of the other"
    return 0.1, "published within days of each other, one without a date of its own"


def _causes_fit(cause: Cause | None, other: Cause | None) -> bool:
    if cause is None or other is None or cause is other:
        return True
    return any(cause in family and other in family for family in _FAMILIES)


def _cause_agreement(cause: Cause | None, other: Cause | None) -> tuple[float, str]:
    if cause is None or other is None:
        return 0.05, "cause not given in both"
    if cause is other:
        return 0.2, f"same cause, {cause}"
    return 0.1, f"related causes, {min(cause, other)} and {max(cause, other)}"


def _place_agreement(site: Site, other: Site) -> tuple[float, str] | None:
    if site.level >= FINE and other.level >= FINE:
        known = not (site.coarse or other.coarse)
        if known and site.geonames_id is not None and site.geonames_id == other.geonames_id:
            return 0.4, "same place"
        if site.name and other.name:
            if fold(site.name) == fold(other.name):
                return 0.35, f"same place name, {fold(site.name)}"
            if fold(site.name) in other.names or fold(other.name) in site.names:
                return 0.35, "one names the place of the other"
        kilometres = _distance(site, other)
        if kilometres is not None and kilometres <= NEAR_KM:
            return NEAR, f"places at most {NEAR_KM:.0f} km apart"
        return None
    if site.name and other.name and fold(site.name) == fold(other.name) and {site.precision, other.precision} <= _VAST:
        return WIDE, f"same place name, {fold(site.name)}"
    coarse, fine = (site, other) if site.level <= other.level else (other, site)
    if coarse.level == 0:
        return CONTAINED, "one gives the country only"
    if _division(coarse) & _division(fine):
        return CONTAINED, "one gives the province or region only"
    return None


def _places_apart(site: Site, other: Site) -> bool:
    if site.level == 0 or other.level == 0:
        return False
    if site.level >= FINE and other.level >= FINE:
        kilometres = _distance(site, other)
        return kilometres is not None and kilometres > NEAR_KM and _place_agreement(site, other) is None
    divisions, others = _division(site), _division(other)
    return bool(divisions and others) and not divisions & others


def _division(site: Site) -> set[str]:
    """The names under which a site's first-order division or region may be known."""
    names = {site.admin1} if site.admin1 else set()
    if site.level == 1 and site.name:
        names.add(site.name)
    return {fold(name) for name in names if name}


def _distance(site: Site, other: Site) -> float | None:
    """Great-circle distance in kilometres, None where a coordinate is missing or that of a wider area."""
    if site.coarse or other.coarse:
        return None
    if site.latitude is None or site.longitude is None or other.latitude is None or other.longitude is None:
        return None
    first, second = math.radians(site.latitude), math.radians(other.latitude)
    width, height = math.radians(other.longitude - site.longitude), second - first
    half = math.sin(height / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(width / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _agree(group: Group, other: Group, measure: Measure) -> bool:
    return measure in other.counts and overlap(group.counts[measure], other.counts[measure])


def _alike(group: Group, other: Group, agreeing: Sequence[Measure]) -> bool:
    """Whether country and date are known and the same, and either one claimant gives both the same figure, or the cause
    is the same with a distinctive figure or of a kind that a province seldom sees twice a day."""
    if group.country is None or group.dates is None or group.dates != other.dates:
        return False
    if _repeated(group, other):
        return True
    if group.cause is None or group.cause is not other.cause:
        return False
    if any(min(floor(group.counts[m]), floor(other.counts[m])) >= DISTINCTIVE for m in agreeing):
        return True
    return group.cause in _SINGULAR and bool(_division(group.site) & _division(other.site))


def _repeated(group: Group, other: Group) -> bool:
    """Whether one claimant gives the same distinctive figure in both."""
    return any(floor(count) >= DISTINCTIVE for _, _, count in group.said & other.said)


def _figures_far_apart(group: Group, other: Group) -> bool:
    growth = DISASTER_GROWTH if {group.cause, other.cause} & _DISASTERS else GROWTH
    for measure in group.counts.keys() & other.counts.keys():
        count, against = group.counts[measure], other.counts[measure]
        for larger, smaller in ((count, against), (against, count)):
            if floor(larger) > growth * max(ceiling(smaller), 2):
                return True
    return False
