"""How the collection stands: visits of addresses, the quarantine, and what each run did for each source."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "visits",
        sa.Column("address", ORDERED, primary_key=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("etag", sa.String()),
        sa.Column("last_modified", sa.String()),
        sa.Column("sha256", sa.String()),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_visits_origin", "visits", ["origin", "first_at"])
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", sa.String(), primary_key=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sha256", sa.String()),
        sa.Column("address", sa.String()),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("last_run_id", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_quarantine_origin", "quarantine", ["origin"])
    op.create_table(
        "source_runs",
        sa.Column("origin", ORDERED, primary_key=True),
        sa.Column("run_id", sa.String(), primary_key=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String()),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("reread", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
    )
