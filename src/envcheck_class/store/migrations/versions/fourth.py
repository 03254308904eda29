"""What time it was when something was last deleted for its age."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Times that the server's clock gave: it was so late at least.
TOLD = (
    ("classes", "opened"),
    ("classes", "closed"),
    ("reports", "received"),
    ("unreachable", "received"),
    ("hints", "sent"),
)


def upgrade() -> None:
    """Make the table, with its one row: the newest time that is kept, or of none that of now."""
    clock = op.create_table(
        "clock",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("believed", sa.Float, nullable=False),
        sa.Column("doubted", sa.Float),
    )
    times = []
    for table, column in TOLD:
        newest = sa.select(sa.func.max(sa.column(column, sa.Float()))).select_from(sa.table(table))
        moment = op.get_bind().execute(newest).scalar()
        if moment is not None:
            times.append(float(moment))
    op.bulk_insert(clock, [{"id": 1, "believed": max(times, default=time.time())}])
