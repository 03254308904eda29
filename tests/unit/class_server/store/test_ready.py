"""What is asked with every batch is looked up, however many rows a class has."""

from __future__ import annotations

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals
from envcheck_class.store.database import Database
from envcheck_class.store.machines import MADE, THERE
from envcheck_class.store.ready import Ready

ASKED = {
    "classes": [1] * 32,
    "aliases": [f"learner-{number}" for number in range(32)],
    "digests": [bytes([number]) * 32 for number in range(32)],
}
AGAIN = 7  # runs after which PostgreSQL no longer plans a prepared statement anew


@pytest.mark.slow
@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
@pytest.mark.parametrize("question", [THERE, MADE], ids=["what is there", "what was made"])
def test_no_row_of_another_learner_is_read(kept: Database, question: Ready) -> None:
    """PostgreSQL counts its tables once a minute, and until then believes that a table which has
    just been filled is small: it then read all of a class's machines 32 times.
    """
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(f"learner-{number}") for number in range(500)])
    asked = ASKED if question is THERE else {name: ASKED[name] for name in ("classes", "aliases")}
    with kept.reading() as connection:
        for _ in range(AGAIN):
            plan = connection.exec_driver_sql(f"EXPLAIN {question.of_lists}", asked).scalars().all()
    assert not [line for line in plan if "Scan on machines" in line or "Scan on reports" in line]
    assert [line for line in plan if "Index" in line and "machines" in line]
