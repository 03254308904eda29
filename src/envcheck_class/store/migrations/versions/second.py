"""How often each class has changed, so that a page need not count its reports."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table, with a row for every class that is there."""
    changes = op.create_table(
        "changes",
        sa.Column(
            "class_id", NUMBER, sa.ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("since", sa.String(16), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
    )
    there = op.get_bind().execute(sa.text("SELECT id FROM classes")).scalars().all()
    rows = [{"class_id": id, "since": secrets.token_hex(8), "number": 0} for id in there]
    if rows:
        op.bulk_insert(changes, rows)
