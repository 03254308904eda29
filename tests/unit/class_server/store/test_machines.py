from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, database, driver, migrate
from envcheck_class.store.arrivals import Arrival, Kept
from envcheck_class.store.database import Database
from envcheck_class.store.tables import MACHINES, REPORTS


class Noting:
    """The driver's connection, which notes what it is told."""

    def __init__(self, spoken: Any) -> None:
        self.spoken, self.said = spoken, list[tuple[str, Any]]()

    def execute(self, statement: str, values: Any = ()) -> Any:
        self.said.append((statement, values))
        return self.spoken.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.spoken, name)


def statements(
    place: Database, monkeypatch: pytest.MonkeyPatch, *sent: Arrival
) -> list[tuple[str, Any]]:
    """What is said to the database to keep these, each with its values."""
    said: list[tuple[str, Any]] = []

    @contextmanager
    def noted(connection: Connection) -> Iterator[Noting]:
        with own(connection) as spoken:
            noting = Noting(spoken)
            yield noting
            said.extend(noting.said)

    own = driver.of
    with place.writing() as connection, monkeypatch.context() as patched:
        patched.setattr(driver, "of", noted)
        assert arrivals.keep(connection, sent) == [Kept(1, True)] * len(sent)
    return said


def test_a_larger_batch_costs_no_further_turn(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learners who send for the first time, as all do when class begins."""
    open_class(kept)
    counts = [
        len(statements(kept, monkeypatch, *(arrival(f"{size}-{one}") for one in range(size))))
        for size in (1, 7, 100)
    ]
    assert 4 <= counts[0] == counts[1] == counts[2] <= 5


def test_each_report_is_kept_with_its_own_machine(kept: Database) -> None:
    """Whose numbers SQLite is not asked for: they are counted from the last one's."""
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(f"early-{one}") for one in range(3)])
        mixed = [arrival(f"{'early' if one % 5 == 0 else 'late'}-{one}") for one in range(250)]
        arrivals.keep(connection, [*mixed, *(arrival(f"early-{one}", "b") for one in range(3))])
        rows = connection.execute(
            select(MACHINES.c.alias, REPORTS.c.body).join(
                REPORTS, REPORTS.c.machine_id == MACHINES.c.id
            )
        ).all()
    assert len(rows) == 3 + 249 + 3
    assert [row.alias for row in rows] == [json.loads(row.body)["alias"] for row in rows]


def test_what_is_there_is_found_without_reading_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer is as fast in a class that has had 100,000 reports as in a new one."""
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place)
    told = statements(place, monkeypatch, arrival())
    asked = [said for said in told if said[0].startswith("SELECT")]
    assert asked
    with place.writing() as connection:
        for statement, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [row[-1] for row in plan]
            assert steps and not [step for step in steps if "SCAN reports" in step], steps
    place.close()
