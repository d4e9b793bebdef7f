"""The first tables: runs, document versions, readings of claims, what was seen when, judgements, inputs set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(), primary_key=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.Column("rules_digest", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", ORDERED, nullable=False),
        sa.Column("version_digest", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.String()),
        sa.Column("published", sa.Date()),
        sa.Column("language", sa.String()),
        sa.Column("outlet", sa.String()),
        sa.Column("outlet_country", sa.String()),
        sa.Column("url", sa.String()),
        sa.Column("first_run_id", sa.String(), sa.ForeignKey("runs.run_id"), nullable=False),
        sa.UniqueConstraint("document_id", "version_digest", name="uq_documents_version"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_key", sa.Integer(), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("first_run_id", sa.String(), sa.ForeignKey("runs.run_id"), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("measure", ORDERED, nullable=False),
        sa.Column("count_min", sa.BigInteger()),
        sa.Column("count_max", sa.BigInteger()),
        sa.Column("count_text", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("victims", sa.String()),
        sa.Column("part_of", sa.Integer()),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("places", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("date_start", sa.Date()),
        sa.Column("date_end", sa.Date()),
        sa.Column("source", sa.String()),
        sa.Column("cause", sa.String()),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("baseline_text", sa.String()),
        sa.Column("baseline_date", sa.Date()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("geonames_id", sa.Integer()),
        sa.Column("admin1", sa.String()),
        sa.Column("place_precision", sa.String()),
        sa.Column("date_precision", sa.String()),
        sa.Column("source_id", sa.String()),
        sa.Column("source_kind", sa.String()),
        sa.Column("relayed_by", sa.String()),
        sa.Column("flags", sa.String(), nullable=False),
        sa.UniqueConstraint("document_key", "claim_id", "content_digest", name="uq_claims_reading"),
    )
    op.create_index("ix_claims_claim_id", "claims", ["claim_id"])
    op.create_table(
        "document_runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_key", sa.Integer(), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("run_id", sa.String(), sa.ForeignKey("runs.run_id"), nullable=False),
        sa.Column("rules_digest", sa.String(), nullable=False),
    )
    op.create_index("ix_document_runs_document_key", "document_runs", ["document_key"])
    op.create_table(
        "sightings",
        sa.Column("document_run_key", sa.Integer(), sa.ForeignKey("document_runs.id"), primary_key=True),
        sa.Column("claim_key", sa.Integer(), sa.ForeignKey("claims.id"), primary_key=True),
    )
    op.create_table(
        "judgements",
        sa.Column("judgement_id", sa.String(), primary_key=True),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_judgements_claim_id", "judgements", ["claim_id"])
    op.create_table(
        "rejected",
        sa.Column("rejected_id", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("first_run_id", sa.String(), sa.ForeignKey("runs.run_id"), nullable=False),
    )
