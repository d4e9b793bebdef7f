"""The tables of incidents: a row for each incident and measure, and which claims speak of which incident."""

from __future__ import annotations

from dataclasses import replace

from tracker.publish.tables.columns.column import (
    ADMIN1,
    CAUSE,
    CLAIM_ID,
    COUNTRY,
    LATITUDE,
    LONGITUDE,
    MEASURE,
    METHOD,
    PRECISION,
    SHORT_ID,
    Column,
    Kind,
    Reference,
    Table,
    choice,
    day,
    key,
    persons,
    several,
    text,
)

_INCIDENT = key("incident_id", "The incident.", SHORT_ID, "12 hex digits", METHOD, required=True)

INCIDENTS = Table(
    kind=Kind.INCIDENTS,
    row="one measure of one event: what all texts together say of it. Measures of one incident stand below each other "
    "and are never added",
    order="date_start, country, place, incident_id, then measure; figures that are flagged follow those that are not",
    day="the day on which the incident is counted: date_end, or date_start where date_basis is reported",
    key=("incident_id", "measure", "counted"),
    references=(
        Reference(("recommended",), Kind.CLAIMS, ("claim_id",)),
        Reference(("covered_by",), Kind.INCIDENTS, ("incident_id",)),
    ),
    columns=(
        replace(_INCIDENT, meaning="The incident; one row for each of its measures."),
        MEASURE,
        persons("low", "Lowest lower bound among the origins' standing figures.", METHOD),
        persons("best", "The recommended figure, never an average; empty where it is no number.", METHOD),
        persons("high", "Upper bound of the highest standing figure; empty where that is open.", METHOD),
        key("recommended", "claim_id of the claim that best was read from.", CLAIM_ID, "24 hex digits", METHOD),
        text("reason", "Why that claim was recommended.", source=METHOD),
        several(
            "flags",
            "looks_like_total: the figure is as large as a running total of its source; added_to_total: it counts "
            "people of earlier days whom a running total added now. Such figures are in no sum, series or report.",
            "looks_like_total; added_to_total",
            METHOD,
        ),
        Column(
            name="counted",
            type="boolean",
            meaning="Whether the figure may be in sums and series: false where flags says why not.",
            allowed="true; false",
            source=METHOD,
            required=True,
        ),
        key(
            "covered_by",
            "The incident whose figure for the area and days may include this one; the report adds only that one.",
            SHORT_ID,
            "12 hex digits",
            METHOD,
        ),
        several("figure_origins", "Independent origins that give this measure.", source=METHOD),
        several("figure_claims", "claim_ids of this measure, repeats and parts included.", "24 hex digits each"),
        day("date_start", "First possible day of the event; of the first report, where date_basis is reported."),
        day("date_end", "Last possible day of the event, inclusive."),
        choice(
            "date_basis",
            "event: the day of the harm; reported: of its first report, the harm's being unknown.",
            ("event", "reported"),
            METHOD,
            required=True,
        ),
        COUNTRY,
        ADMIN1,
        text("place", "The finest place that the texts name, verbatim."),
        LATITUDE,
        LONGITUDE,
        PRECISION,
        CAUSE,
        several("origins", "Independent origins of all reports of the incident.", source=METHOD),
        several("sources", "Who was cited, verbatim."),
        several("outlets", "Where the reports were read."),
        day("first_reported", "Day of the first report."),
        day("last_reported", "Day of the latest report."),
        several("document_ids", "The texts that speak of the incident."),
    ),
)

INCIDENT_CLAIMS = Table(
    kind=Kind.INCIDENT_CLAIMS,
    row="one claim that speaks of one measure of one incident: the way from a figure to its evidence and back",
    order="as incidents, then the order of figure_claims there",
    day="as for incidents",
    key=("incident_id", "measure", "claim_id"),
    references=(
        Reference(("incident_id", "measure"), Kind.INCIDENTS, ("incident_id", "measure")),
        Reference(("claim_id",), Kind.CLAIMS, ("claim_id",)),
    ),
    columns=(
        _INCIDENT,
        MEASURE,
        key("claim_id", "A claim of this measure of the incident.", CLAIM_ID, "24 hex digits", required=True),
        choice(
            "part_played",
            "recommended: best was read from it; current: it is, alone or with others, a figure of its origin that "
            "stands; other: superseded, a repeat, a part of a whole, or held out of all sums.",
            ("recommended", "current", "other"),
            METHOD,
            required=True,
        ),
    ),
)
