"""Readings to incidents: groups of all texts, the links between them, joined best first, and what each cost."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.incidents.coverage import mark_covered
from tracker.incidents.doubts import ADDED_TO_TOTAL, LOOKS_LIKE_TOTAL
from tracker.incidents.figures import weigh
from tracker.incidents.groups import Group, Site, commonest, group_events
from tracker.incidents.incident import Figure, Incident, Link, Statement
from tracker.incidents.links import contradict, is_window, link_groups
from tracker.incidents.names import fold
from tracker.incidents.origins import trace_origins
from tracker.incidents.rulings import Rulings
from tracker.incidents.statements import state
from tracker.incidents.tolls import find_tolls

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from tracker.judgements import Judgement
    from tracker.readings import Reading


def find_incidents(readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> list[Incident]:
    """The incidents that claims of event scope speak of, sorted by date, country, place and id.

    Pure, and independent of the order of the readings and of the judgements, which say what people hold of the events.
    Every event claim that nobody has excluded belongs to exactly one incident.
    """
    readings, judgements = tuple(readings), tuple(judgements)
    rulings = Rulings.of(judgements)
    added = frozenset(claim for point in find_tolls(readings, judgements) for claim in point.added)
    groups = group_events(readings, rulings, added)
    clusters = _cluster(groups, rulings)
    incidents = [_assemble([groups[at] for at in members], links, added) for members, links in clusters]
    return sorted(mark_covered(incidents), key=_order)


def _order(incident: Incident) -> tuple[date, str, str, str]:
    day = incident.date_start or date.max
    return (day, incident.country or "", incident.place or "", incident.incident_id)


def _cluster(groups: Sequence[Group], rulings: Rulings) -> list[tuple[list[int], list[Link]]]:
    """Groups joined along their links, the strongest first, unless a group of one side contradicts one of the other.

    What people hold for one event is joined last, so that it joins also what the rule has found to belong to either.
    """
    found = []
    for first, second in _pairs(groups):
        link = link_groups(groups[first], groups[second])
        if link is not None:
            found.append((-link.score, first, second))  # without its reasons, of which there would be millions
    found.sort()
    members = {at: [at] for at in range(len(groups))}
    home = list(range(len(groups)))
    links: dict[int, list[Link]] = defaultdict(list)
    claims = [frozenset(reading.claim.claim_id for reading in group.readings) for group in groups]
    judged = rulings.joins({claim: at for at, own in enumerate(claims) for claim in own})
    for first, second, link in chain(((first, second, None) for _, first, second in found), judged):
        left, right = home[first], home[second]
        if left == right:
            continue
        pairs = list(product(members[left], members[right]))
        if any(rulings.keep_apart(claims[a], claims[b]) for a, b in pairs if rulings.apart):
            continue
        if link is None and any(contradict(groups[a], groups[b]) for a, b in pairs):
            continue
        members[left] += members.pop(right)
        reasons = link or link_groups(groups[first], groups[second])
        links[left] += [*links.pop(right, []), *([reasons] if reasons else [])]
        for at in members[left]:
            home[at] = left
    return [(sorted(members[at]), links[at]) for at in sorted(members)]


def _pairs(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Pairs that share a country and a day, each once: all others contradict each other anyway."""
    days: dict[tuple[str | None, date], list[tuple[int, date]]] = defaultdict(list)
    windows: dict[Hashable, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group.window is None:
            continue
        first, last = group.window
        if group.dates is not None and is_window(group.dates):
            windows[(group.country, group.dates)].append(at)
            continue
        for offset in range((last - first).days + 1):
            days[(group.country, first + timedelta(days=offset))].append((at, first))
    for block in windows.values():
        yield from combinations(block, 2)
    for (_, day), members in days.items():
        for (left, first), (right, other) in combinations(members, 2):
            if day == max(first, other):  # the first day that the two share
                yield left, right


def _assemble(groups: Sequence[Group], links: Sequence[Link], added: frozenset[str]) -> Incident:
    ids_by_measure: dict[Measure, list[str]] = defaultdict(list)
    doubtful_ids: dict[Measure, list[str]] = defaultdict(list)
    for group in groups:
        for claim in (reading.claim for reading in group.readings):
            (doubtful_ids if claim.claim_id in group.doubtful else ids_by_measure)[claim.measure].append(claim.claim_id)
    told = [(group, statement) for group in groups for statement in state(group)]
    figures = _weigh(told, ids_by_measure)
    doubtful = _weigh([(g, s) for g in groups for s in state(g, doubtful=True)], doubtful_ids)
    earliest = min(
        (group.published or date.max, reading.claim.claim_id) for group in groups for reading in group.readings
    )
    reported = [group.published for group in groups if group.published]
    dates = commonest((group.dates for group in groups if group.dates), lambda span: (span[1] - span[0], span))
    site = _site(groups)
    start, end = dates or ((min(reported), min(reported)) if reported else (None, None))
    return Incident(
        incident_id=hashlib.sha256(earliest[1].encode()).hexdigest()[:12],
        figures=figures,
        place=site.name,
        country=groups[0].country,
        admin1=site.admin1,
        latitude=site.latitude,
        longitude=site.longitude,
        place_precision=site.precision,
        date_start=start,
        date_end=end,
        date_basis="event" if dates else "reported",
        cause=commonest(group.cause for group in groups if group.cause),
        doubtful=doubtful,
        doubts={
            measure: tuple(sorted({ADDED_TO_TOTAL if claim in added else LOOKS_LIKE_TOTAL for claim in ids}))
            for measure, ids in doubtful_ids.items()
        },
        origins=tuple(sorted({origin for figure in (figures or doubtful).values() for origin in figure.origins})),
        sources=_spellings(s.source for _, s in told if s.source),
        outlets=tuple(sorted({outlet for group in groups for outlet in group.all_outlets})),
        claim_ids=tuple(sorted(reading.claim.claim_id for group in groups for reading in group.readings)),
        document_ids=tuple(sorted({document for group in groups for document in group.document_ids})),
        first_reported=min(reported, default=None),
        last_reported=max(reported, default=None),
        links=tuple(sorted(links, key=lambda link: (link.claim_ids, link.score))),
    )


def _weigh(
    told: Sequence[tuple[Group, Statement]], claim_ids: Mapping[Measure, Sequence[str]]
) -> dict[Measure, Figure]:
    """The figure of each measure that is spoken of, its statements traced to their origins."""
    by_measure: dict[Measure, list[Statement]] = defaultdict(list)
    for (_, statement), origin in zip(told, trace_origins(told), strict=True):
        by_measure[statement.measure].append(replace(statement, origin=origin))
    return {measure: weigh(by_measure[measure], claim_ids[measure]) for measure in Measure if measure in by_measure}


def _spellings(names: Iterable[str]) -> tuple[str, ...]:
    """One spelling of each name, sorted: "Police" and "police" are one source."""
    return tuple(sorted({fold(name): name for name in sorted(names, reverse=True)}.values()))


def _site(groups: Sequence[Group]) -> Site:
    """The finest place that is named most often."""
    finest = max(group.site.level for group in groups)
    sites = [group.site for group in groups if group.site.level == finest]
    counts = Counter((site.geonames_id, site.name) for site in sites)

    def merit(site: Site) -> tuple[int, bool, str, str]:
        return (-counts[(site.geonames_id, site.name)], site.latitude is None, site.name or "", repr(_plain(site)))

    return min(sites, key=merit)


def _plain(site: Site) -> tuple[object, ...]:
    return (site.geonames_id, site.latitude, site.longitude, site.admin1, site.precision, sorted(site.names))
