from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.class_server.made import open_class

from envcheck.errors import NotWritten, UsageProblem
from envcheck_class.store import classes, database, migrate


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
