"""SQLite: the database in one file that comes with Python; sums, and a transaction that is taken
back.
"""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool("sqlite", "SQLite", (), 0, "a database in one file, which comes with Python")


def work(folder: str) -> dict[str, Any]:
    import os
    import sqlite3

    database = sqlite3.connect(os.path.join(folder, "sums.db"))
    database.execute("create table sums (n integer primary key, square integer)")
    database.executemany("insert into sums values (?, ?)", [(n, n * n) for n in range(1, 101)])
    database.commit()
    database.execute("delete from sums where n > 50")
    database.rollback()
    database.close()
    again = sqlite3.connect(os.path.join(folder, "sums.db"))
    rows, total = again.execute("select count(*), sum(square) from sums").fetchone()
    again.close()
    return {"version": sqlite3.sqlite_version, "rows": rows, "total": total}


def sqlite(needs: tuple[Check, ...] = ()) -> Check:
    """100 squares are written to a file, a deletion is rolled back, and the sum of the file read
    again is 338350.
    """
    return works(
        TOOL,
        work,
        {"rows": 100, "total": 338350},
        needs=needs,
        proves="100 rows are written to a file, a deletion is rolled back, and SQL adds up their squares",
        timeout=30,
        cost=Cost(0.2, 20),
        summary=lambda done: f"table, transaction and SQL agree: {done.values['total']}",
    )
