"""Brings a database to today's schema."""

from __future__ import annotations

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from envcheck.errors import NotWritten, UsageProblem
from envcheck_class.store.database import Database, trouble

ONE_AT_A_TIME = 7_305_143_219  # the key of PostgreSQL's lock for it


def to_newest(database: Database) -> None:
    """Every step that is missing, in one transaction, whoever else does the same. Raises
    NotWritten where the database does not answer, and UsageProblem where a newer envcheck made it.
    """
    try:
        with database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            upgrade(connection)
    except DBAPIError as error:
        raise NotWritten(f"the database of classes cannot be used: {trouble(error)}") from None


def upgrade(connection: Connection, revision: str = "head") -> None:
    """The steps up to a revision, in the connection's transaction. Raises UsageProblem."""
    scripts = ScriptDirectory(str(resources.files("envcheck_class.store") / "migrations"))
    at = MigrationContext.configure(connection).get_current_revision()
    revisions = [script.revision for script in scripts.walk_revisions()]
    if at is not None and at not in revisions:
        raise UsageProblem(f"a newer envcheck made this database (schema {at}): install that one")
    if at != revisions[0] or revision != "head":
        config = Config()
        config.set_main_option("script_location", scripts.dir)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
