from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, database, migrate
from envcheck_class.store.arrivals import Arrival, Kept
from envcheck_class.store.database import Database


def statements(place: Database, *sent: Arrival) -> list[tuple[str, Any]]:
    """What is said to the database to keep these, each with its values."""
    said = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        said.append((statement, values))

    sqlalchemy.event.listen(place.engine, "before_cursor_execute", note)
    try:
        with place.writing() as connection:
            assert arrivals.keep(connection, sent) == [Kept(1, True)] * len(sent)
    finally:
        sqlalchemy.event.remove(place.engine, "before_cursor_execute", note)
    return said


def test_a_larger_batch_costs_no_further_turn(kept: Database) -> None:
    """Learners who send for the first time, as all do when class begins."""
    open_class(kept)
    counts = [
        len(statements(kept, *(arrival(f"{size}-{number}") for number in range(size))))
        for size in (1, 7, 100)
    ]
    assert counts[0] == counts[1] == counts[2] <= 6


def test_what_is_there_is_found_without_reading_all_of_it(tmp_path: Path) -> None:
    """The writer is as fast in a class that has had 100,000 reports as in a new one."""
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place)
    asked = [said for said in statements(place, arrival()) if said[0].startswith("SELECT")]
    with place.writing() as connection:
        for statement, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [row[-1] for row in plan]
            assert steps and not [step for step in steps if "SCAN reports" in step], steps
    place.close()
