"""The tables of today's schema. The steps that lead to it are in `migrations/versions`.

Times are seconds since 1970 by the server's clock. No address, host name or code is kept; what
belongs to a class goes with it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# SQLite counts up by itself only for INTEGER.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
TABLES = MetaData()


def _of_class() -> Column[int]:
    return Column("class_id", NUMBER, ForeignKey("classes.id", ondelete="CASCADE"), nullable=False)


CLASSES = Table(
    "classes",
    TABLES,
    Column("id", NUMBER, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("chapter", String(64), nullable=False),
    Column("course", String(200), nullable=False),
    Column("opened", Float, nullable=False),
    Column("closed", Float),
    Column("keeps_days", Integer, nullable=False),
    Column("roster", Text),  # JSON, as envcheck_class.store.rosters writes it; null without one
    Column("learner_hash", String(64), nullable=False, unique=True),
    Column("helper_hash", String(64), nullable=False, unique=True),
    Column("instructor_hash", String(64), nullable=False, unique=True),
)
# How often a class has changed; `since` is another text after something was deleted.
CHANGES = Table(
    "changes",
    TABLES,
    Column("class_id", NUMBER, ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("since", String(16), nullable=False),
    Column("number", NUMBER, nullable=False),
)
# A learner's machine: an alias, and the key that came with its first report.
MACHINES = Table(
    "machines",
    TABLES,
    Column("id", NUMBER, primary_key=True),
    _of_class(),
    Column("alias", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key_hash", String(64), nullable=False),  # empty until a report comes with a key
    UniqueConstraint("class_id", "alias", "key_hash"),
    UniqueConstraint("class_id", "alias", "number"),
)
REPORTS = Table(
    "reports",
    TABLES,
    Column("id", NUMBER, primary_key=True),
    _of_class(),
    Column("machine_id", NUMBER, ForeignKey("machines.id", ondelete="CASCADE"), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),  # SHA-256 of the body
    Column("received", Float, nullable=False),
    Column("ready", Integer, nullable=False),  # 1 where it was complete and ready
    Column("brief", LargeBinary, nullable=False),  # JSON, what the class's page needs of it
    Column("body", LargeBinary, nullable=False),  # the bytes that were sent
    UniqueConstraint("machine_id", "digest"),
    Index("reports_of_class", "class_id", "id"),
    Index("reports_by_age", "received"),
    Index("reports_ready", "machine_id", "ready", "id"),
)
# `active` is 1 while somebody is on it and null afterwards: one at a time, however many ask.
CLAIMS = Table(
    "claims",
    TABLES,
    Column("id", NUMBER, primary_key=True),
    _of_class(),
    Column("machine_id", NUMBER, ForeignKey("machines.id", ondelete="CASCADE"), nullable=False),
    Column("helper", String(64), nullable=False),
    Column("taken", Float, nullable=False),
    Column("ended", Float),
    Column("solved_by", String(300)),  # null where it was given back
    Column("active", Integer),
    UniqueConstraint("machine_id", "active"),
    Index("claims_of_class", "class_id", "id"),
)
HINTS = Table(
    "hints",
    TABLES,
    Column("id", NUMBER, primary_key=True),
    _of_class(),
    Column("code", String(128), nullable=False),  # for whom a cause with this code meets
    Column("text", String(300), nullable=False),
    Column("sent", Float, nullable=False),
    Index("hints_of_class", "class_id", "id"),
)
# A machine of a lab room that was asked and gave no report, by who asked it; the newest record of each.
UNREACHABLE = Table(
    "unreachable",
    TABLES,
    Column("class_id", NUMBER, ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("alias", String(64), primary_key=True),
    Column("asked", Float, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("received", Float, nullable=False),
)
# One row: what time it was when something was last deleted for its age.
CLOCK = Table(
    "clock",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("believed", Float, nullable=False),
    Column("doubted", Float),  # since when the clock is more than a day ahead of it; null where not
)
SESSIONS = Table(
    "sessions",
    TABLES,
    Column("token_hash", String(64), primary_key=True),
    _of_class(),
    Column("role", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("ends", Float, nullable=False),
)
