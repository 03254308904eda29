"""Iceberg: a table in a catalogue of SQLite is appended to twice, and a filter finds the second
half.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from envcheck import Check, Cost, Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.tools.data.codes import ICEBERG_CATALOGUE_UNWRITABLE
from envcheck_checks.tools.framework.remote_call import Work
from envcheck_checks.tools.framework.tool import Tool, works

TOOL = Tool(
    "iceberg",
    "Iceberg",
    ("pyiceberg[pyarrow,sql-sqlite]",),
    310,
    "tables in files, listed in a catalogue",
)
CATALOGUE, SQLITE = "PYICEBERG_CATALOG__", "sqlite:///"


def work(folder: str) -> dict[str, Any]:
    import os
    import pathlib

    import pyarrow
    import pyiceberg
    from pyiceberg.catalog.sql import SqlCatalog

    os.makedirs(os.path.join(folder, "warehouse"))
    # What is said here is stronger than the variables that name catalogues.
    warehouse = pathlib.Path(folder, "warehouse").as_uri()
    catalogue = SqlCatalog(
        "envcheck", uri="sqlite:///" + os.path.join(folder, "catalogue.db"), warehouse=warehouse
    )
    catalogue.create_namespace("course")
    table = None
    for first in (1, 51):
        numbers = list(range(first, first + 50))
        rows = pyarrow.table({"n": numbers, "square": [n * n for n in numbers]})
        table = table or catalogue.create_table("course.squares", schema=rows.schema)
        table.append(rows)
    table = catalogue.load_table("course.squares")

    def total(scan: Any) -> int:
        return sum(scan.to_arrow()["square"].to_pylist())

    return {
        "version": pyiceberg.__version__,
        "appended": len(table.metadata.snapshots),
        "filtered": total(table.scan(row_filter="n > 50")),
        "total": total(table.scan()),
    }


def iceberg(needs: tuple[Check, ...] = ()) -> Check:
    """Two appends make two snapshots; all rows add up to 338350, the filtered ones to 295425."""
    return works(
        TOOL,
        work,
        {"appended": 2, "filtered": 295425, "total": 338350},
        needs=needs,
        proves="a table in a SQLite catalogue is appended to twice; all rows add up, and so do those that a filter finds",
        settings=("PYICEBERG_",),
        causes=[unwritable_catalogue],
        codes={
            ICEBERG_CATALOGUE_UNWRITABLE: "a variable puts the catalogue where it cannot be written"
        },
        cost=Cost(3.0, 250),
        summary=lambda done: (
            f"two appends and a filtered scan agree: {done.values['filtered']} of {done.values['total']}"
        ),
    )


def unwritable_catalogue(env: Environment, _: Work) -> Diagnosis | None:
    """The learner's own catalogue: a file of SQLite's in a folder that is not there, or may not be
    written to.
    """
    for name, place in catalogues(env):
        target = place if os.path.exists(place) else place.parent
        if os.path.exists(target) and os.access(target, os.W_OK) and not os.path.isdir(place):
            continue
        why = (
            "is not there"
            if not os.path.exists(target)
            else "is a folder"
            if os.path.isdir(place)
            else "may not be written to"
        )
        return fail(
            ICEBERG_CATALOGUE_UNWRITABLE,
            f"the variable {name} of your terminal puts Iceberg's catalogue where it cannot be written: {target} {why}",
            tell(
                "choose a place for the catalogue",
                f"Set {name} to sqlite:/// and a file in a folder of yours, or make {place.parent}.",
            ),
            found=f"{target} {why}",
            wanted="a file in a folder that you may write to",
            looked_in=name,
        )
    return None


def catalogues(env: Environment) -> Iterator[tuple[str, Path]]:
    """The files of the catalogues that the learner's variables name."""
    for name, value in sorted(env.variables.items()):
        if (
            name.startswith(CATALOGUE)
            and name.endswith("__URI")
            and value.startswith(SQLITE)
            and ":memory:" not in value
        ):
            place = value.removeprefix(SQLITE)
            yield name, env.folder / place if place else env.folder
