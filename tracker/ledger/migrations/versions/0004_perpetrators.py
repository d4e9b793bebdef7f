"""Who is said to have done a harm, and how it is said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns of the perpetrator to the claims; claims stored before have none."""
    for name in ("perpetrator_text", "perpetrator_status"):
        op.add_column("claims", sa.Column(name, sa.String()))
