from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import database, driver, halves, migrate, reading
from envcheck_class.store.arrivals import Kept
from envcheck_class.store.database import FILE, Database
from envcheck_class.store.halves import Halves


@pytest.fixture
def place(tmp_path: Path) -> Database:
    kept = database.in_folder(tmp_path)
    migrate.to_newest(kept)
    open_class(kept)
    return kept


def there(place: Database) -> int:
    with place.reading() as connection:
        return len([*reading.newest(connection, 1)])


def test_nothing_is_kept_before_the_commit(place: Database) -> None:
    both = Halves(place)
    assert both.keep([arrival("fox"), arrival("owl")]) == [Kept(1, True)] * 2
    assert there(place) == 0
    assert both.commit()
    assert there(place) == 2
    both.close()
    place.close()


def test_what_was_begun_and_not_committed_is_undone(place: Database) -> None:
    both = Halves(place)
    both.keep([arrival("fox")])
    both.close()
    assert not both.commit() and there(place) == 0
    place.close()


def test_it_waits_for_nobody(place: Database, tmp_path: Path) -> None:
    """And is of use again when the other one has finished."""
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    both = Halves(place)
    assert both.keep([arrival("fox")]) is None and not both.commit()
    other.execute("ROLLBACK")
    other.close()
    assert both.keep([arrival("fox")]) == [Kept(1, True)] and both.commit()
    both.close()
    place.close()


def test_what_it_cannot_say_is_undone(place: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    both = Halves(place)
    with monkeypatch.context() as broken:
        broken.setattr(driver, "of", None)
        assert both.keep([arrival("fox")]) is None
    assert both.keep([arrival("owl")]) == [Kept(1, True)] and both.commit()
    assert there(place) == 1
    both.close()
    place.close()


def test_a_batch_that_could_be_written_before_its_commit(
    place: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halves, "QUICK", 1000)
    both = Halves(place)
    assert both.keep([arrival("fox")]) is None
    both.close()
    place.close()
