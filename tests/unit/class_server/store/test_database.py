from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.class_server.made import open_class

from envcheck.errors import NotWritten, UsageProblem
from envcheck_class.store import alive, classes, database, migrate
from envcheck_class.store.database import Database


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with modes")
def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    place = database.in_folder(tmp_path / "a" / "data")
    migrate.to_newest(place)
    codes = open_class(place)
    with place.reading() as connection:
        assert classes.by_code(connection, codes.helper)
        modes = {
            file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "a" / "data").iterdir()
        }
    place.close()
    assert (tmp_path / "a" / "data").stat().st_mode & 0o777 == 0o700
    assert "classes.sqlite3-wal" in modes and set(modes.values()) == {0o600}


def test_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    place = database.in_folder(tmp_path)
    with place.reading() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    place.close()
    assert told == ["wal", 2, 1, 1]


def test_what_is_forgotten_is_not_in_the_files(tmp_path: Path) -> None:
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place, "a-name-to-be-forgotten")
    with place.writing() as connection:
        classes.forget(connection, 1)
    place.tidy()
    place.close()
    assert all(b"a-name-to-be-forgotten" not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match="classes cannot be kept in"):
        database.in_folder(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://me:secret@host/db", "set PGPASSWORD"),
        ("mysql://me@host/db", "not mysql:"),
        ("hello", "it takes postgresql://"),
    ],
)
def test_addresses_that_are_not_taken(address: str, reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason) as told:
        database.at(address)
    assert "secret" not in str(told.value)


def test_a_server_that_does_not_answer() -> None:
    place = database.at("postgresql://me@127.0.0.1:1/db")
    with pytest.raises(NotWritten, match="cannot be used"):
        migrate.to_newest(place)
    place.close()


def end_all_others(place: Database) -> None:
    """As when PostgreSQL is started again: each of its processes ends, with its connection."""
    with place.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


@pytest.mark.slow
def test_a_connection_that_is_gone_after_a_pause_is_replaced(
    postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told of it; and one that is used all the time is not asked each time."""
    asked: list[Any] = []
    place, other = database.at(postgresql_address), database.at(postgresql_address)
    ping = place.engine.dialect.do_ping

    def noting(driver: Any) -> bool:
        asked.append(driver)
        return ping(driver)

    monkeypatch.setattr(place.engine.dialect, "do_ping", noting)
    for _ in range(3):
        assert number(place) == 1
    assert not asked
    end_all_others(other)
    monkeypatch.setattr(alive, "PAUSE", 0.0)
    assert number(place) == 1
    assert asked
    place.close()
    other.close()


@pytest.mark.slow
def test_a_connection_that_is_gone_at_once_is_replaced_after_one_refusal(
    postgresql_address: str,
) -> None:
    place, other = database.at(postgresql_address), database.at(postgresql_address)
    assert number(place) == 1
    end_all_others(other)
    with pytest.raises(database.AWAY):
        number(place)
    assert number(place) == 1
    place.close()
    other.close()


@pytest.mark.slow
def test_postgresql_packs_reports_fast_where_it_can(postgresql_address: str) -> None:
    place = database.at(postgresql_address)
    with place.reading() as connection:
        can, does = connection.exec_driver_sql(
            "SELECT 'lz4' = ANY(enumvals), setting = 'lz4' FROM pg_settings"
            " WHERE name = 'default_toast_compression'"
        ).one()
    assert can == does
    place.close()


def number(place: Database) -> int:
    """What a connection answers."""
    with place.reading() as connection:
        return int(connection.exec_driver_sql("SELECT 1").scalar_one())
