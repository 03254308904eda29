"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def of_class() -> "sa.Column[int]":
    """A column that names a class, whose rows go with it."""
    return sa.Column(
        "class_id", NUMBER, sa.ForeignKey("classes.id", ondelete="CASCADE"), nullable=False
    )


def of_machine() -> "sa.Column[int]":
    """A column that names a machine, whose rows go with it."""
    return sa.Column(
        "machine_id", NUMBER, sa.ForeignKey("machines.id", ondelete="CASCADE"), nullable=False
    )


def upgrade() -> None:
    """Make the tables."""
    classes_and_machines()
    reports()
    what_people_do()


def classes_and_machines() -> None:
    """Make the tables of classes and of their machines."""
    op.create_table(
        "classes",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("chapter", sa.String(64), nullable=False),
        sa.Column("course", sa.String(200), nullable=False),
        sa.Column("opened", sa.Float, nullable=False),
        sa.Column("closed", sa.Float),
        sa.Column("keeps_days", sa.Integer, nullable=False),
        sa.Column("roster", sa.Text),
        sa.Column("learner_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("helper_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("instructor_hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "machines",
        sa.Column("id", NUMBER, primary_key=True),
        of_class(),
        sa.Column("alias", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("class_id", "alias", "key_hash"),
        sa.UniqueConstraint("class_id", "alias", "number"),
    )


def reports() -> None:
    """Make the table of reports, with what a page looks them up by."""
    op.create_table(
        "reports",
        sa.Column("id", NUMBER, primary_key=True),
        of_class(),
        of_machine(),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("ready", sa.Integer, nullable=False),
        sa.Column("brief", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("machine_id", "digest"),
    )
    op.create_index("reports_of_class", "reports", ["class_id", "id"])
    op.create_index("reports_by_age", "reports", ["received"])
    op.create_index("reports_ready", "reports", ["machine_id", "ready", "id"])


def what_people_do() -> None:
    """Make the tables of claims, hints and logins."""
    op.create_table(
        "claims",
        sa.Column("id", NUMBER, primary_key=True),
        of_class(),
        of_machine(),
        sa.Column("helper", sa.String(64), nullable=False),
        sa.Column("taken", sa.Float, nullable=False),
        sa.Column("ended", sa.Float),
        sa.Column("solved_by", sa.String(300)),
        sa.Column("active", sa.Integer),
        sa.UniqueConstraint("machine_id", "active"),
    )
    op.create_index("claims_of_class", "claims", ["class_id", "id"])
    op.create_table(
        "hints",
        sa.Column("id", NUMBER, primary_key=True),
        of_class(),
        sa.Column("code", sa.String(128), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("sent", sa.Float, nullable=False),
    )
    op.create_index("hints_of_class", "hints", ["class_id", "id"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        of_class(),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("ends", sa.Float, nullable=False),
    )
