"""The database: a file in the data folder, or a PostgreSQL server that somebody else runs."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from envcheck.errors import NotWritten, UsageProblem
from envcheck.private_file import folder_mode
from envcheck.removal import remove_tree
from envcheck_class.store import alive, bounded, driver

FILE = "classes.sqlite3"
WAIT = 5.0  # seconds for a database that somebody else has locked
# A commit is on the disk when it returns, after a power cut too; the writer's batches pay for that.
AT_CONNECT = (
    "PRAGMA page_size=8192",  # of a new file: a report then has two pages, not four
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",  # what an INSERT of many rows needs to be undone: no file for each
    f"PRAGMA busy_timeout={int(WAIT * 1000)}",
)
AWAY = (DBAPIError, NoneFree)  # what is raised where a database does not answer, or not in time
# PostgreSQL packs a report before it keeps it; by lz4, where it has that, in less time.
PACK_FAST = """
    SELECT set_config(name, 'lz4', false) FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)
"""
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True)
class Database:
    """Where classes are kept. `engine` is SQLAlchemy's."""

    engine: Engine

    @contextmanager
    def writing(self, longest: float = math.inf) -> Iterator[Connection]:
        """A connection in a transaction that may write; committed at the end, or undone. An answer
        of PostgreSQL is waited for at most `longest` seconds.
        """
        with self.engine.connect() as connection:
            connection.info["begin"] = "BEGIN IMMEDIATE"
            with _waiting(connection, longest), connection.begin():
                yield connection

    @contextmanager
    def reading(self, longest: float = math.inf) -> Iterator[Connection]:
        """A connection that sees one moment, however long it reads. An answer of PostgreSQL is
        waited for at most `longest` seconds.
        """
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            connection.info["begin"] = "BEGIN"
            with _waiting(connection, longest), connection.begin():
                yield connection

    def tidy(self) -> None:
        """What was deleted is on the disk no more: the log beside SQLite's file is emptied."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def in_folder(folder: Path) -> Database:
    """The one in this folder, which is made where it is not there; both for their owner alone.
    Raises NotWritten.
    """
    file = folder / FILE
    try:
        folder.mkdir(mode=folder_mode(), parents=True, exist_ok=True)
        folder.chmod(0o700)
        # SQLite gives the files beside it the same mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise NotWritten(f"classes cannot be kept in {folder}: {error.strerror}") from None
    engine = sqlalchemy.create_engine(
        f"sqlite:///{file}",
        pool_timeout=WAIT,
        connect_args={"timeout": WAIT, "check_same_thread": False},  # one at a time has it
        hide_parameters=True,
    )
    sqlalchemy.event.listen(engine, "connect", _set_up)
    sqlalchemy.event.listen(engine, "begin", _begin)
    return Database(engine)


@contextmanager
def thrown_away(folder: Path) -> Iterator[Database]:
    """The one in this folder, closed and removed with the folder at the end. Raises NotWritten."""
    try:
        place = in_folder(folder)
        try:
            yield place
        finally:
            place.close()
    finally:
        remove_tree(folder)


def at(address: str) -> Database:
    """The one at this address, `postgresql://USER@HOST/NAME`. The password comes from the
    environment (PGPASSWORD, or ~/.pgpass): a command line is seen by others. Raises UsageProblem.
    """
    try:
        url = sqlalchemy.make_url(address)
    except ArgumentError:
        raise UsageProblem(f"--database {address}: it takes postgresql://USER@HOST/NAME") from None
    if url.drivername not in SCHEMES:
        raise UsageProblem(f"--database takes postgresql://USER@HOST/NAME, not {url.drivername}:")
    if url.password:
        raise UsageProblem(
            "--database: leave the password out, others see a command line; set PGPASSWORD"
        )
    engine = sqlalchemy.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_timeout=WAIT,
        hide_parameters=True,
        connect_args={"connect_timeout": int(WAIT), "options": "-c lock_timeout=5000"},
    )
    sqlalchemy.event.listen(engine, "do_connect", bounded.connect)
    sqlalchemy.event.listen(engine, "connect", _pack_fast)
    alive.ask_after_a_pause(engine)
    return Database(engine)


def trouble(error: DBAPIError) -> str:
    """What a database's own error says, on one line and without the statement."""
    return " ".join(str(error.orig).split())


@contextmanager
def _waiting(connection: Connection, longest: float) -> Iterator[None]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, bounded.Bounded):
        yield
        return
    driver.longest = longest
    try:
        yield
    finally:
        driver.longest = bounded.WAIT  # what is asked before it is used again is small


def _set_up(connection: Any, _record: Any) -> None:  # a connection of the driver
    connection.isolation_level = None  # transactions begin where we say so
    for line in AT_CONNECT:
        connection.execute(line)


def _pack_fast(connection: Any, _record: Any) -> None:  # a connection of the driver
    connection.execute(PACK_FAST)
    connection.commit()


def _begin(connection: Connection) -> None:
    with driver.of(connection) as spoken:
        spoken.execute(connection.info.get("begin", "BEGIN IMMEDIATE"))
