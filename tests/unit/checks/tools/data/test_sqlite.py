"""SQLite's work, done by the Python that runs the tests: it comes with every one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from envcheck_checks.tools.data import sqlite


def test_the_work_gives_the_numbers_that_the_check_wants(tmp_path: Path) -> None:
    """100 rows survive a deletion that is rolled back."""
    assert sqlite.work(str(tmp_path)) == {
        "version": sqlite3.sqlite_version,
        "rows": 100,
        "total": sum(n * n for n in range(1, 101)),
    }


def test_its_check_needs_nothing_installed() -> None:
    """It is part of Python."""
    assert sqlite.TOOL.requirements == ()
    assert sqlite.sqlite().id == "sqlite"
