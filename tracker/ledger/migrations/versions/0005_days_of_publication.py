"""An index by which the documents of some days are found without looking at all of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the index of documents by their day of publication."""
    op.create_index("ix_documents_published", "documents", ["published"])
