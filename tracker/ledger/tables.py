"""The tables: what is stored, as SQLModel classes. A row is not the domain type, and is never checked on construction.

Facts are never overwritten. A changed text is a new document row, a changed claim a new claim row, and which of them
were read by which run is said by document runs and sightings. Only the tables at the end change, by which the
collection goes on where it stopped. Enums are stored as the strings that they are.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, DateTime, Index, LargeBinary, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

# PostgreSQL sorts by the database's language unless told otherwise; the order of a ledger is that of code points.
ORDERED = String().with_variant(String(collation="C"), "postgresql")


class RunRow(SQLModel, table=True):
    """One execution of the program that found something new."""

    __tablename__ = "runs"

    run_id: str = Field(primary_key=True)
    started_at: datetime = Field(sa_column=Column(DateTime, nullable=False))
    """UTC, stored without a zone on every database."""
    program_version: str
    rules_digest: str
    command: str


class DocumentRow(SQLModel, table=True):
    """One version of a document: its text and details as they were read."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("document_id", "version_digest", name="uq_documents_version"),
        Index("ix_documents_published", "published"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: str = Field(sa_column=Column(ORDERED, nullable=False))
    version_digest: str
    """Of the text and all details, so that a corrected date is a new version as a corrected text is."""
    text_sha256: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    title: str | None = None
    published: date | None = None
    language: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    url: str | None = None
    first_run_id: str = Field(foreign_key="runs.run_id")


class ClaimRow(SQLModel, table=True):
    """One reading of a claim, first seen in `first_run_id`; another reading of the same claim is another row."""

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("document_key", "claim_id", "content_digest", name="uq_claims_reading"),
        Index("ix_claims_claim_id", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_key: int = Field(foreign_key="documents.id")
    first_run_id: str = Field(foreign_key="runs.run_id")
    content_digest: str
    claim_id: str
    document_id: str
    measure: str = Field(sa_column=Column(ORDERED, nullable=False))
    count_min: int | None = Field(default=None, sa_column=Column(BigInteger))
    count_max: int | None = Field(default=None, sa_column=Column(BigInteger))
    count_text: str
    start: int
    end: int
    victims: str | None = None
    part_of: int | None = None
    scope: str
    status: str
    places: str
    """A JSON list of strings."""
    country: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    source: str | None = None
    cause: str | None = None
    quote: str
    quote_start: int
    quote_end: int
    rule_id: str
    story: int
    event: int
    baseline_text: str | None = None
    baseline_date: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    admin1: str | None = None
    place_precision: str | None = None
    date_precision: str | None = None
    source_id: str | None = None
    source_kind: str | None = None
    relayed_by: str | None = None
    perpetrator_text: str | None = None
    perpetrator_status: str | None = None
    flags: str
    """A JSON list of strings."""


class DocumentRunRow(SQLModel, table=True):
    """One document version as processed by one run. A document's newest row says what is current for it."""

    __tablename__ = "document_runs"
    __table_args__ = (Index("ix_document_runs_document_key", "document_key"),)

    id: int | None = Field(default=None, primary_key=True)
    document_key: int = Field(foreign_key="documents.id")
    run_id: str = Field(foreign_key="runs.run_id")
    rules_digest: str


class SightingRow(SQLModel, table=True):
    """This claim row was read when that document was processed: a reading that recurs is stored once, seen often."""

    __tablename__ = "sightings"

    document_run_key: int = Field(foreign_key="document_runs.id", primary_key=True)
    claim_key: int = Field(foreign_key="claims.id", primary_key=True)


class JudgementRow(SQLModel, table=True):
    """A dated, signed opinion of a person on claims; keyed on the claims' ids, so that it survives every new run."""

    __tablename__ = "judgements"
    __table_args__ = (Index("ix_judgements_claim_id", "claim_id"),)

    judgement_id: str = Field(primary_key=True)
    """The digest of what it says: the same judgement twice is one."""
    claim_id: str
    """The claim, or the first of the claims, that it is about."""
    author: str
    made_on: date
    verdict: str
    reason: str
    claim_ids: str | None = None
    """A JSON list: all claims that it is about, where they are several."""
    other_claim_ids: str | None = None
    """A JSON list: the claims that these are, or are not, one event with."""
    withdraws: str | None = None
    """The id of the judgement that this one takes back."""


class SketchRow(SQLModel, table=True):
    """That a document version was compared with the others, and by what it was found again."""

    __tablename__ = "sketches"

    document_key: int = Field(foreign_key="documents.id", primary_key=True)
    scheme: str = Field(primary_key=True)
    """How the sketch was made; one of another scheme is no use and is made anew."""
    signature: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CopyRow(SQLModel, table=True):
    """Two texts that are copies of one: `text_sha256` is the smaller digest."""

    __tablename__ = "copies"

    text_sha256: str = Field(primary_key=True)
    copy_sha256: str = Field(primary_key=True)
    likeness: float
    """The part of all runs of three words that both have."""
    same_numbers: bool
    """Whether the numbers of one are among those of the other; else one is newer, or a form filled in anew."""
    first_run_id: str = Field(foreign_key="runs.run_id")


class RejectedRow(SQLModel, table=True):
    """An input that was set aside, once however often it is met."""

    __tablename__ = "rejected"

    rejected_id: str = Field(primary_key=True)
    """The digest of what it says."""
    source: str
    line: int | None = None
    reason: str
    first_run_id: str = Field(foreign_key="runs.run_id")


# How the collection stands. These rows change: they are no facts, and no figure depends on them.


class VisitRow(SQLModel, table=True):
    """What an address answered last, so that the next question can be a short one."""

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_origin", "origin", "first_at"),)

    address: str = Field(sa_column=Column(ORDERED, primary_key=True))
    origin: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    details: str
    """A JSON object of strings."""
    first_at: datetime = Field(sa_column=Column(DateTime, nullable=False))
    last_at: datetime = Field(sa_column=Column(DateTime, nullable=False))


class QuarantineRow(SQLModel, table=True):
    """An input that cannot be read at present: it leaves when it can, or stays unheeded when a person drops it."""

    __tablename__ = "quarantine"
    __table_args__ = (Index("ix_quarantine_origin", "origin"),)

    quarantine_id: str = Field(primary_key=True)
    """The digest of its place: one row for what is wrong there now, the history being in `rejected`."""
    origin: str
    source: str
    line: int | None = None
    reason: str
    sha256: str | None = None
    address: str | None = None
    details: str
    """A JSON object of strings."""
    first_at: datetime = Field(sa_column=Column(DateTime, nullable=False))
    last_at: datetime = Field(sa_column=Column(DateTime, nullable=False))
    last_run_id: str
    attempts: int
    dropped: bool


class SourceRunRow(SQLModel, table=True):
    """What one run did for one source, counted along with each document: an interrupted run goes on counting."""

    __tablename__ = "source_runs"

    origin: str = Field(sa_column=Column(ORDERED, primary_key=True))
    run_id: str = Field(primary_key=True)
    started_at: datetime = Field(sa_column=Column(DateTime, nullable=False))
    finished: bool
    problem: str | None = None
    """Why the source as a whole gave nothing; None where it answered."""
    new: int
    updated: int
    reread: int
    unchanged: int
    quarantined: int
    claims: int


METADATA = SQLModel.metadata
RUNS = METADATA.tables["runs"]
DOCUMENTS = METADATA.tables["documents"]
CLAIMS = METADATA.tables["claims"]
DOCUMENT_RUNS = METADATA.tables["document_runs"]
SIGHTINGS = METADATA.tables["sightings"]
JUDGEMENTS = METADATA.tables["judgements"]
REJECTED = METADATA.tables["rejected"]
SKETCHES = METADATA.tables["sketches"]
COPIES = METADATA.tables["copies"]
VISITS = METADATA.tables["visits"]
QUARANTINE = METADATA.tables["quarantine"]
SOURCE_RUNS = METADATA.tables["source_runs"]
