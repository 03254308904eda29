"""pandera: a schema finds exactly the rows that were spoilt in a table, and passes the table
without them.
"""

from __future__ import annotations

from typing import Any

from envcheck import Check, Cost
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "pandera", "pandera", ("pandera[pandas]",), 210, "rules for tables, and which rows break them"
)


def work(folder: str) -> dict[str, Any]:  # noqa: ARG001  # every work is given one
    import importlib

    import pandas

    try:  # the rules for pandas moved here in version 0.24
        pandera = importlib.import_module("pandera.pandas")
    except ImportError:
        pandera = importlib.import_module("pandera")
    table = pandas.DataFrame(
        {"n": range(100), "year": 2000, "profit": [float(n * n) for n in range(1, 101)]}
    )
    table.loc[7, "profit"] = -1.0
    table.loc[42, "profit"] = float("nan")
    table.loc[77, "year"] = 1066
    columns = {
        "n": pandera.Column(int, unique=True),
        "year": pandera.Column(int, pandera.Check.in_range(1955, 2005)),
        "profit": pandera.Column(float, pandera.Check.greater_than(0)),
    }
    schema, bad = pandera.DataFrameSchema(columns), []
    try:
        schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as found:
        bad = sorted({int(row) for row in found.failure_cases["index"]})
    clean = schema.validate(table.drop(index=bad), lazy=True)
    try:  # some releases do not know their own version
        version = importlib.import_module("importlib.metadata").version("pandera")
    except ImportError:
        version = ""
    return {"version": version, "bad rows": bad, "total": int(clean["profit"].sum())}


def pandera(needs: tuple[Check, ...] = ()) -> Check:
    """Of 100 rows the three that were spoilt are found, no other, and the rest adds up
    to 330353.
    """
    return works(
        TOOL,
        work,
        {"bad rows": [7, 42, 77], "total": 338350 - 8 * 8 - 43 * 43 - 78 * 78},
        needs=needs,
        proves="of 100 rows exactly the three that were spoilt are found, and the rest passes and is added up",
        settings=("PANDERA_",),
        cost=Cost(3.0, 200),
        summary=lambda done: (
            f"found the spoilt rows {', '.join(map(str, done.values['bad rows']))} and no other"
        ),
    )
