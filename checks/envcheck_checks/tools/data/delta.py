"""Delta Lake: a table is written, appended to, and read as it is and as it was."""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "delta",
    "Delta Lake",
    ("deltalake", "pyarrow"),
    340,
    "tables in files that remember their versions",
)


def work(folder: str) -> dict[str, Any]:
    import os

    import deltalake
    import pyarrow
    from deltalake import DeltaTable, write_deltalake

    place = os.path.join(folder, "squares")
    for mode, first in (("error", 1), ("append", 51)):
        numbers = list(range(first, first + 50))
        write_deltalake(
            place, pyarrow.table({"n": numbers, "square": [n * n for n in numbers]}), mode=mode
        )
    now, then = DeltaTable(place), DeltaTable(place, version=0)
    totals = [sum(table.to_pyarrow_table()["square"].to_pylist()) for table in (then, now)]
    return {
        "version": deltalake.__version__,
        "newest": now.version(),
        "total then": totals[0],
        "total": totals[1],
    }


def delta(needs: tuple[Check, ...] = ()) -> Check:
    """50 rows are written and 50 appended: the newest version adds up to 338350, the one before to
    42925.
    """
    return works(
        TOOL,
        work,
        {"newest": 1, "total then": 42925, "total": 338350},
        needs=needs,
        proves="rows are written and more appended; the table adds up as it is now and as it was before",
        settings=("DELTA_", "RUST_"),
        cost=Cost(1.5, 200),
        summary=lambda done: (
            f"write, append and time travel agree: {done.values['total then']}, then {done.values['total']}"
        ),
    )
