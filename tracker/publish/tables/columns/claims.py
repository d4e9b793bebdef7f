"""The table of claims: every field of a claim, the text it was read from, the run that read it, and its review."""

from __future__ import annotations

from tracker.claims import PerpetratorStatus, Scope, Status
from tracker.publish.tables.columns.column import (
    ADMIN1,
    CAUSE,
    CLAIM_ID,
    CODEBOOK,
    COUNTRY,
    GEONAMES,
    LATITUDE,
    LONGITUDE,
    MEASURE,
    METHOD,
    PRECISION,
    SHA256,
    Column,
    Kind,
    Reference,
    Table,
    choice,
    day,
    key,
    number,
    one_of,
    persons,
    several,
    text,
)
from tracker.publish.tables.reviews import State

_KINDS_OF_SOURCES = (
    "anonymous; armed_group; army; civil_defence; court; defence_ministry; government; health_ministry; hospital; "
    "interior_ministry; local_authority; media_office; monitor; news_agency; ngo; police; relative; research; un_body; "
    "witness; more may be added in rules/organisations.toml"
)

DOCUMENT_COLUMNS = (
    text("outlet", "Where the text was read."),
    text("title", "Title of the text."),
    text("url", "Address of the text."),
    day("published", "Day of publication of the text."),
    key(
        "text_sha256",
        "Digest of the text in UTF-8, to which the offsets refer.",
        SHA256,
        "64 hex digits",
        "SHA-256",
        required=True,
    ),
)
"""What is known of the document rather than of the claim."""

RUN_COLUMNS = (
    key("run_id", "The run that read the text as it stands here.", CLAIM_ID, "24 hex digits", required=True),
    text("rules_digest", "Digest of the rules by which that run read it.", "hex digits", required=True),
)

REVIEW_COLUMNS = (
    choice(
        "review_state",
        "What people hold of the claim. excluded: to be in no incident, toll or series; confirmed, wrong, unsure: of "
        "how it was read; contested: they differ; unreviewed: nobody has judged its reading. Judgements that were "
        "withdrawn do not count, and those on which event it tells of are in judgement_ids only.",
        one_of(State),
        METHOD,
        required=True,
    ),
    text("reviewer", "Who made the latest of the judgements that decide review_state."),
    day("reviewed_on", "The day of that judgement."),
    text("review_reason", "Its reason, in the reviewer's words."),
    several("judgement_ids", "All judgements that stand and name this claim.", "64 hex digits each"),
)

CLAIMS = Table(
    kind=Kind.CLAIMS,
    row="one statement in one text that gives the size of a harm. The same event may be stated many times, and a part "
    "stands beside its whole: rows are evidence and are never added",
    order="publication (unknown first), document_id, start, measure, end",
    day="the last day of the harm, date_end; where the text does not date the harm, published",
    key=("document_id", "claim_id"),
    references=(
        Reference(("document_id",), Kind.DOCUMENTS, ("document_id",)),
        Reference(("run_id",), Kind.RUNS, ("run_id",)),
    ),
    columns=(
        text("document_id", "The text that the claim was read from.", required=True),
        MEASURE,
        persons("count_min", "Lower bound as stated; empty where only an upper bound is given."),
        persons("count_max", "Upper bound as stated; empty where it is open."),
        text(
            "count_text",
            "The words that give the count, verbatim, with their qualifier.",
            source=CODEBOOK,
            required=True,
        ),
        number("start", "code points", "Where count_text begins in the text, in Unicode code points from 0.", CODEBOOK),
        number("end", "code points", "Where count_text ends, exclusive.", CODEBOOK),
        text("victims", "The words that name the victims, verbatim.", source=CODEBOOK),
        number(
            "part_of",
            "code points",
            "start of the claim of the same document that already includes these people: never add the two.",
            CODEBOOK,
            required=False,
        ),
        choice(
            "scope",
            "event: one event or bounded window; cumulative: a running total. The two are never added.",
            one_of(Scope),
            CODEBOOK,
            required=True,
        ),
        choice(
            "status",
            "stated as fact by somebody; possible: feared or unconfirmed; disputed: denied in the same text.",
            one_of(Status),
            CODEBOOK,
            required=True,
        ),
        several("places", "Named places of the harm, verbatim, most specific first.", source=CODEBOOK),
        COUNTRY,
        day("date_start", "First day on which the harm may have happened; empty where the text does not say."),
        day("date_end", "Last day on which the harm may have happened, inclusive."),
        text(
            "source",
            "Who is said to have given the figure, verbatim; empty where the outlet itself states it.",
            source=CODEBOOK,
        ),
        CAUSE,
        key(
            "claim_id",
            "Hash of the text, start, end and measure: the same in every run, and for the text under another name too.",
            CLAIM_ID,
            "24 hex digits",
            required=True,
        ),
        text("quote", "The sentence that holds the claim, verbatim.", required=True),
        number("quote_start", "code points", "Where quote begins in the text."),
        number("quote_end", "code points", "Where quote ends, exclusive."),
        text("rule_id", "The rule that read the claim.", required=True),
        number("story", "", "Index of the story within the document."),
        Column(
            name="event",
            type="integer",
            meaning="Index of the event: claims of one document and story with equal values tell of one.",
            required=True,
        ),
        text("baseline_text", "Cumulative claims: the words that say what the total counts from."),
        day("baseline_date", "Cumulative claims: the day that the total counts from."),
        LATITUDE,
        LONGITUDE,
        Column(name="geonames_id", type="integer", meaning="The place's id.", source=GEONAMES),
        ADMIN1,
        PRECISION,
        text(
            "date_precision",
            "How finely the date is known; a window is a stretch up to publication, a span any other.",
            "day; night; weekend; week; month; season; year; window; span; unknown",
        ),
        text("source_id", "The organisation that the source is, by rules/organisations.toml; empty where unknown."),
        text("source_kind", "What kind of source it is; empty where unknown.", _KINDS_OF_SOURCES),
        text("relayed_by", "Who passed the source's figure on, where the text names both."),
        text(
            "perpetrator_text",
            "Who is said to have done the harm, verbatim; empty where the words name nobody or more than one.",
            source=METHOD,
        ),
        choice(
            "perpetrator_status",
            "stated: by the text itself; alleged: said, suspected or blamed by somebody else; claimed: the perpetrator "
            "took responsibility; admitted: the perpetrator gives the figure itself.",
            one_of(PerpetratorStatus),
            METHOD,
        ),
        several(
            "flags",
            "What a reader of the claim should know. vague: no printed number; recalled: told in passing of an earlier "
            "harm; date_after_publication: the text dates the harm after its own publication, so the dates are empty.",
            "vague; recalled; date_after_publication",
        ),
        *DOCUMENT_COLUMNS,
        *RUN_COLUMNS,
        *REVIEW_COLUMNS,
    ),
)
