"""What Alembic runs: the steps, in the transaction that it is given."""

from alembic import context

from envcheck_class.store.tables import TABLES

context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES)
context.run_migrations()
