"""A claim: one statement in a text that gives the size of a human harm, with everything needed to check it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


class Measure(StrEnum):
    """What was counted. The first six are the core; the last three are the extended measures."""

    DEATHS = "deaths"
    INJURIES = "injuries"
    CASUALTIES = "casualties"
    MALNUTRITION_DEATHS = "malnutrition_deaths"
    MALNUTRITION_CASES = "malnutrition_cases"
    MISSING = "missing"
    DISPLACED = "displaced"
    DETAINED = "detained"
    ABDUCTED = "abducted"


class Scope(StrEnum):
    """`event`: one event or a bounded window; `cumulative`: a running total up to the time of the report."""

    EVENT = "event"
    CUMULATIVE = "cumulative"


class Status(StrEnum):
    """How the figure is put: stated as fact by somebody, only feared or believed, or denied in the same text."""

    STATED = "stated"
    POSSIBLE = "possible"
    DISPUTED = "disputed"


class PerpetratorStatus(StrEnum):
    """How it is put who did a harm.

    `stated`: the text itself says so; `alleged`: somebody else says, suspects or blames; `claimed`: the perpetrator
    took responsibility for the act; `admitted`: the perpetrator, or who speaks for it, gives the figure itself.
    """

    STATED = "stated"
    ALLEGED = "alleged"
    CLAIMED = "claimed"
    ADMITTED = "admitted"


class Cause(StrEnum):
    """What harmed the people, in the codebook's terms."""

    AIRSTRIKE = "airstrike"
    SHELLING = "shelling"
    SHOOTING = "shooting"
    EXPLOSION = "explosion"
    ATTACK = "attack"
    POLICE_OPERATION = "police_operation"
    TORTURE = "torture"
    UNREST = "unrest"
    TRAFFIC_ACCIDENT = "traffic_accident"
    AIR_CRASH = "air_crash"
    SHIPWRECK = "shipwreck"
    FIRE = "fire"
    EARTHQUAKE = "earthquake"
    FLOOD = "flood"
    STORM = "storm"
    LANDSLIDE = "landslide"
    HEAT_COLD = "heat_cold"
    DISEASE = "disease"
    MALNUTRITION = "malnutrition"
    INDUSTRIAL_ACCIDENT = "industrial_accident"
    STAMPEDE = "stampede"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """Persons, with the bounds as stated: a bound of None is open, and 0/0 is a stated zero (never an unknown)."""

    minimum: int | None
    maximum: int | None

    def __post_init__(self) -> None:
        if self.minimum is None and self.maximum is None:
            raise ValueError("a count needs at least one bound")
        if any(bound is not None and bound < 0 for bound in (self.minimum, self.maximum)):
            raise ValueError("a count of persons cannot be negative")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"a count cannot run from {self.minimum} to {self.maximum}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim record: the scored fields of the codebook first, then what proves and places the figure.

    Offsets are half-open, in Unicode code points of the document's text exactly as given. Dates are inclusive.
    """

    document_id: str
    measure: Measure
    count_min: int | None
    count_max: int | None
    count_text: str
    start: int
    end: int
    victims: str | None = None
    part_of: int | None = None
    scope: Scope = Scope.EVENT
    status: Status = Status.STATED
    places: tuple[str, ...] = ()
    country: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    source: str | None = None
    cause: Cause | None = None
    # The proof.
    claim_id: str = ""
    quote: str = ""
    quote_start: int = 0
    quote_end: int = 0
    rule_id: str = ""
    story: int = 0
    event: int = 0
    # What the figure counts from, where it is a running total.
    baseline_text: str | None = None
    baseline_date: date | None = None
    # Where, for maps.
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    admin1: str | None = None
    place_precision: str | None = None
    date_precision: str | None = None
    # Who says so, beyond the words.
    source_id: str | None = None
    source_kind: str | None = None
    relayed_by: str | None = None
    # Who is said to have done it.
    perpetrator_text: str | None = None
    perpetrator_status: PerpetratorStatus | None = None
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Count(self.count_min, self.count_max)
        if self.end - self.start != len(self.count_text):
            raise ValueError(f"count_text {self.count_text!r} does not fit offsets {self.start} to {self.end}")
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise ValueError(f"a harm cannot last from {self.date_start} to {self.date_end}")


ENUMS: dict[str, type[StrEnum]] = {
    "measure": Measure,
    "scope": Scope,
    "status": Status,
    "cause": Cause,
    "perpetrator_status": PerpetratorStatus,
}
"""The fields that hold one of a few values."""


def identify(text_sha256: str, start: int, end: int, measure: Measure) -> str:
    """The claim's id: the same text, place in it and measure give the same id in every run and under every rulebook."""
    basis = f"{text_sha256}:{start}:{end}:{measure}"
    return hashlib.sha256(basis.encode()).hexdigest()[:24]


def to_record(claim: Claim) -> dict[str, Any]:
    """The claim as plain JSON values, in the order of the fields."""
    return {field.name: _plain(getattr(claim, field.name)) for field in fields(Claim)}


def from_record(record: dict[str, Any]) -> Claim:
    """The claim that `to_record` wrote; unknown keys are ignored, ValueError where a value does not fit."""
    known = {field.name for field in fields(Claim)}
    values = {name: value for name, value in record.items() if name in known and value is not None}
    for name, kind in ENUMS.items():
        if name in values:
            values[name] = kind(values[name])
    for name in ("date_start", "date_end", "baseline_date"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in ("places", "flags"):
        if name in values:
            values[name] = tuple(values[name])
    values.setdefault("count_min", None)
    values.setdefault("count_max", None)
    return Claim(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
