"""Copies of texts, and judgements on which claims tell of one event."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the tables of sketches and copies; judgements may name several claims, and one another."""
    op.create_table(
        "sketches",
        sa.Column("document_key", sa.Integer(), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("scheme", sa.String(), primary_key=True),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "copies",
        sa.Column("text_sha256", sa.String(), primary_key=True),
        sa.Column("copy_sha256", sa.String(), primary_key=True),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("same_numbers", sa.Boolean(), nullable=False),
        sa.Column("first_run_id", sa.String(), sa.ForeignKey("runs.run_id"), nullable=False),
    )
    for name in ("claim_ids", "other_claim_ids", "withdraws"):
        op.add_column("judgements", sa.Column(name, sa.String()))
