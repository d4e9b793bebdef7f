"""Alembic's entry: runs the migrations on the connection and in the transaction that `tracker.ledger.schema` opened.

To change the schema: alter `tracker/ledger/tables.py`, write `versions/<next number>_<what>.py` by hand, and set
`HEAD` in `tracker/ledger/schema.py`; a test proves that the migrations and the tables agree.
"""

from alembic import context

from tracker.ledger.schema import VERSION_TABLE
from tracker.ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
