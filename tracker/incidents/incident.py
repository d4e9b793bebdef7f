"""The words of this room: an incident, its figures, the statements behind a figure, the links that joined them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.claims import Cause, Count, Measure, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one text gives for one measure of one event, in one voice: several claims where they add up, else one."""

    measure: Measure
    count: Count
    status: Status
    claim_ids: tuple[str, ...]
    """The claims that make up the count, in the order of the text."""
    source: str | None
    """Who is said to have given the figure, verbatim; None where the outlet itself states it."""
    outlet: str | None
    published: date | None
    """The first day on which this text was published, by whichever outlet."""
    text_sha256: str
    source_kind: str | None = None
    is_part: bool = False
    """True where the text gives only a part of some whole that it does not state."""
    exact_bound: bool = True
    """False where the words are vague ("dozens"): the lower bound is then no printed number."""
    origin: str = ""
    """The independent party behind it, the same word for all statements of the incident that share it."""
    current: bool = False
    """Whether it is its origin's figure as it stands, neither superseded nor set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Persons harmed in one incident by one measure; None is an open or unknown bound, 0 a stated zero."""

    low: int | None
    best: int | None
    high: int | None
    claim_ids: tuple[str, ...]
    """Every claim of this measure in the incident, parts and superseded figures included."""
    recommended: str | None
    """The claim that `best` was read from; where several add up, the largest of them."""
    reason: str = ""
    """Why that claim was recommended, in a sentence."""
    origins: tuple[str, ...] = ()
    """The independent origins that give this measure."""
    statements: tuple[Statement, ...] = ()
    """All that was said, oldest first: nothing that conflicts is thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two texts' events were taken for one: a score from 0 to 1 and its reasons in words."""

    score: float
    reasons: tuple[str, ...]
    claim_ids: tuple[str, str] = ("", "")
    """The first claim of either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event that one or more claims speak of. Dates are inclusive; coordinates are WGS84 degrees."""

    incident_id: str
    figures: dict[Measure, Figure]
    place: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    place_precision: str | None
    date_start: date | None
    date_end: date | None
    date_basis: str
    """`event`, or `reported` where only the day of the first report is known."""
    cause: Cause | None
    origins: tuple[str, ...]
    """The independent parties behind all reports, sorted: five outlets that repeat one agency are one."""
    sources: tuple[str, ...]
    """Who was cited, verbatim, sorted."""
    outlets: tuple[str, ...]
    claim_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    first_reported: date | None
    last_reported: date | None
    links: tuple[Link, ...] = ()
    doubtful: dict[Measure, Figure] = field(default_factory=dict)
    """What is no figure of this event, in sight here and in no sum, for the reasons in `doubts`."""
    doubts: dict[Measure, tuple[str, ...]] = field(default_factory=dict)
    """Why: `looks_like_total`, as large as a running total; `added_to_total`, of earlier days and only now counted."""
    covered: dict[Measure, str] = field(default_factory=dict)
    """By measure the id of a bulletin's incident that may include this one: a sum takes only that."""
