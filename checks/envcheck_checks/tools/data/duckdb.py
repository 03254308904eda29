"""DuckDB: a CSV file becomes a Parquet file, and SQL over that gives the sum that was put in."""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "duckdb", "DuckDB", ("duckdb",), 60, "a database in one file, for SQL over files of data"
)


def work(folder: str) -> dict[str, Any]:
    import os

    import duckdb

    table, packed = os.path.join(folder, "sums.csv"), os.path.join(folder, "sums.parquet")
    with open(table, "w") as file:
        file.write("n,square\n" + "".join("%d,%d\n" % (n, n * n) for n in range(1, 101)))
    # Statements that have no open result behind them mean the same in every major version.
    database = duckdb.connect(os.path.join(folder, "sums.db"))
    database.execute("create table sums as select * from read_csv_auto('%s')" % table).fetchall()
    database.execute("copy sums to '%s' (format parquet)" % packed).fetchall()
    rows, total = database.execute("select count(*), sum(square) from '%s'" % packed).fetchall()[0]
    database.close()
    return {"version": duckdb.__version__, "rows": int(rows), "total": int(total)}


def duckdb(needs: tuple[Check, ...] = ()) -> Check:
    """100 rows go from CSV through a table to Parquet, and SQL adds up their squares to 338350."""
    return works(
        TOOL,
        work,
        {"rows": 100, "total": 338350},
        needs=needs,
        proves="100 rows go from CSV through a table to Parquet, and SQL adds up their squares",
        cost=Cost(1.0, 120),
        summary=lambda done: f"CSV, table, Parquet and SQL agree: {done.values['total']}",
    )
