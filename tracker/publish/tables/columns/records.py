"""The tables of what lies behind the figures: texts, runs of the program, and what people hold."""

from __future__ import annotations

from tracker.judgements import Verdict
from tracker.publish.tables.columns.claims import DOCUMENT_COLUMNS, RUN_COLUMNS
from tracker.publish.tables.columns.column import (
    CLAIM_ID,
    ISO_COUNTRY,
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
    several,
    text,
)

TEXT = text("text", "The text as it was read; only with --with-text, since it belongs to its publisher.", required=True)

DOCUMENTS = Table(
    kind=Kind.DOCUMENTS,
    row="the current version of one text, whether claims were read from it or not",
    order="published (unknown first), document_id",
    day="published",
    key=("document_id",),
    references=(Reference(("run_id",), Kind.RUNS, ("run_id",)),),
    columns=(
        text("document_id", "The text.", required=True),
        *DOCUMENT_COLUMNS,
        text("language", "Language of the text, where its source says.", "as given, mostly two letters", "ISO 639-1"),
        key("outlet_country", "The country that the outlet mainly writes about, where its source says.", "[A-Z]{3}",
            "three letters", ISO_COUNTRY),
        number("claims", "claims", "How many claims are read from it now."),
        *RUN_COLUMNS,
    ),
)  # fmt: skip

JUDGEMENTS = Table(
    kind=Kind.JUDGEMENTS,
    row="one dated, signed opinion of a person on claims",
    order="made_on, judgement_id",
    day="made_on",
    key=("judgement_id",),
    columns=(
        key("judgement_id", "Digest of what the judgement says.", SHA256, "64 hex digits", required=True),
        day("made_on", "The day of the judgement (UTC).", required=True),
        text("author", "Who judged.", required=True),
        choice(
            "verdict",
            "confirmed, wrong, unsure: of how the claim was read; excluded: the claims are to be in no incident, toll "
            "or series; same_event, other_event: they tell, or do not tell, of the event of other_claim_ids; "
            "withdrawn: the judgement in withdraws no longer stands.",
            one_of(Verdict),
            required=True,
        ),
        Column(
            name="stands",
            type="boolean",
            meaning="Whether it is in force: no withdrawal, and not withdrawn by the day of the export.",
            allowed="true; false",
            required=True,
        ),
        several("claim_ids", "The claims that it is about; some may be read no longer.", "24 hex digits each"),
        several("other_claim_ids", "same_event and other_event: the claims on the other side.", "24 hex digits each"),
        key("withdraws", "withdrawn: the judgement that is taken back.", SHA256, "64 hex digits"),
        text("reason", "The reason, in the author's words."),
    ),
)

RUNS = Table(
    kind=Kind.RUNS,
    row="one execution of the program that brought something",
    order="started_at, run_id",
    day="",
    key=("run_id",),
    columns=(
        key("run_id", "The run.", CLAIM_ID, "24 hex digits", required=True),
        Column(
            name="started_at",
            type="datetime",
            meaning="When it started; from that day on what it found is known.",
            allowed="YYYY-MM-DDThh:mm:ssZ",
            source="ISO 8601",
            required=True,
        ),
        text("program_version", "Version of the program.", source="Semantic Versioning", required=True),
        text("rules_digest", "Digest of its rules.", "hex digits", required=True),
        number("documents", "documents", "Document versions that it processed."),
        number("claims", "claims", "Claims read in them, those included that an earlier run had read alike."),
        number("set_aside", "inputs", "Inputs that it was the first to set aside."),
    ),
)
