"""What is asked with every batch is looked up, however many rows a class has."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, at_once
from envcheck_class.store.at_once import OF_REPORTS, REPORTS
from envcheck_class.store.database import Database
from envcheck_class.store.machines import THERE

LEARNERS = [f"learner-{number}" for number in range(32)]
DIGESTS = [bytes([number]) * 32 for number in range(32)]
ASKED = {"classes": [1] * 32, "aliases": LEARNERS, "digests": DIGESTS}
ADDED = [
    (1, alias, 1, digest, 5.0, 1, b"{}", b"{}")
    for alias, digest in zip(LEARNERS, DIGESTS, strict=True)
]
SAID = {
    "what is there": (THERE.of_lists, ASKED),
    "what is added": (REPORTS, at_once.lists(OF_REPORTS, ADDED)),
}
AGAIN = 7  # runs after which PostgreSQL no longer plans a prepared statement anew


@pytest.mark.slow
@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("statement", "values"), SAID.values(), ids=SAID)
def test_no_row_of_another_learner_is_read(
    kept: Database, statement: str, values: dict[str, Any]
) -> None:
    """PostgreSQL counts its tables once a minute, and until then believes that a table which has
    just been filled is small: it then read all of a class's machines 32 times.
    """
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(f"learner-{number}") for number in range(500)])
    with kept.reading() as connection:
        for _ in range(AGAIN):
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
    assert not [line for line in plan if "Scan on machines" in line or "Scan on reports" in line]
    assert [line for line in plan if "Index" in line and "machines" in line]
