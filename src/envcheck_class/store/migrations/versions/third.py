"""Machines that were asked, in a lab room, and gave no report."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "unreachable",
        sa.Column(
            "class_id", NUMBER, sa.ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("alias", sa.String(64), primary_key=True),
        sa.Column("asked", sa.Float, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("received", sa.Float, nullable=False),
    )
