"""The tables of running totals: their values, and what was revised."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims import Status
from tracker.publish.tables.columns.column import (
    CLAIM_ID,
    CODEBOOK,
    MEASURE,
    METHOD,
    SHORT_ID,
    Column,
    Kind,
    Reference,
    Table,
    choice,
    day,
    key,
    one_of,
    persons,
    several,
    text,
)

_CLAIM = key("claim_id", "The claim that states the total.", CLAIM_ID, "24 hex digits", required=True)
_TOLL = key("toll_id", "The series that the point belongs to.", SHORT_ID, "12 hex digits", METHOD, required=True)
_SUBJECT = (
    text("claimant", "Who keeps the running total: the source, else the outlet."),
    text("area", "The place that the total is for, verbatim, else the country."),
    MEASURE,
    text("baseline", "What the total counts from: a date where known, else the words; empty if not said."),
    text("population", "Whom a partial total counts, verbatim; empty for the whole."),
)

TOLLS = Table(
    kind=Kind.TOLLS,
    row="one value of one running total. Each value holds the earlier ones of its series, and a partial total is in "
    "the whole: values are never added, nor set on top of incidents",
    order="by series (country or place, measure, status, claimant, baseline, population), then as_of and size",
    day="as_of",
    key=("toll_id", "claim_id"),
    references=(Reference(("claim_id",), Kind.CLAIMS, ("claim_id",)),),
    columns=(
        *_SUBJECT,
        choice("status", "As for claims.", one_of(Status), CODEBOOK, required=True),
        day("as_of", "The day up to which the total counts.", required=True),
        persons("low", "Lower bound as stated."),
        persons("high", "Upper bound as stated; empty where it is open."),
        day("since", "The day of the value that this one is compared with: change is of the days after it."),
        Column(
            name="change",
            type="integer",
            unit="persons",
            meaning="Against that value, negative for a correction; empty where not comparable. Not one day's harm: "
            "see residual.",
        ),
        choice(
            "kind",
            "How the point stands to the one before. addition: its text says how many of the rise were added for "
            "earlier days.",
            ("first", "rise", "same", "correction", "addition"),
            METHOD,
            required=True,
        ),
        Column(
            name="reported",
            type="integer",
            unit="persons",
            meaning="Sum of the claimant's own figures for the days since then; empty where they leave a gap.",
            allowed="0 or more",
            source=METHOD,
            minimum=0,
        ),
        Column(
            name="residual",
            type="integer",
            unit="persons",
            meaning="change less reported: added for earlier days, or taken off (negative); empty where reported is.",
            source=METHOD,
        ),
        Column(
            name="unmoved",
            type="integer",
            unit="days",
            meaning="Partial totals: for how long this one has stood still while the whole moved; the last value as of "
            "the last move of the whole. Empty where it moved with it.",
            allowed="1 or more",
            source=METHOD,
            minimum=1,
        ),
        Column(
            name="stale",
            type="boolean",
            meaning="Whether unmoved is more than 30: the value says nothing of today.",
            allowed="true; false",
            required=True,
        ),
        _CLAIM,
        _TOLL,
    ),
)

REVISIONS = Table(
    kind=Kind.REVISIONS,
    row="one revision of one running total: people taken off, or added for earlier days",
    order="as tolls",
    day="day",
    key=("toll_id", "claim_id"),
    references=(Reference(("toll_id", "claim_id"), Kind.TOLLS, ("toll_id", "claim_id")),),
    columns=(
        day("day", "The day as of which the revised total is given.", required=True),
        choice(
            "kind",
            "correction: the total fell; addition: people of earlier days were added.",
            ("correction", "addition"),
            METHOD,
            required=True,
        ),
        Column(
            name="size",
            type="integer",
            unit="persons",
            meaning="Added for earlier days, or taken off (negative): never one day's harm.",
            source=METHOD,
            required=True,
        ),
        Column(
            name="change",
            type="integer",
            unit="persons",
            meaning="From the value before to this one, harm of the days between included.",
            required=True,
        ),
        day("before", "The day of the value before.", required=True),
        *_SUBJECT,
        replace(_CLAIM, meaning="The claim that states the revised total."),
        several(
            "stated_by",
            "The claims that state the size; empty where it follows from other figures.",
            "24 hex digits each",
        ),
        replace(_TOLL, meaning="The running total."),
    ),
)
