"""No test writes above its own temporary folder: a `Pipfile` or a `.python-version` there makes a
course of the folders of all other tests.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.kept import SHARED, for_this_run

TESTS = Path(__file__).parents[1]
ABOVE = re.compile(r"getbasetemp\(\)|\btmp_path\.parent\b")
ONLY_ASKED = "for_this_run("  # where all workers meet, below a name of its own


def above(text: str) -> list[int]:
    """The numbers of the lines that lead above it."""
    return [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if ABOVE.search(line) and ONLY_ASKED not in line
    ]


def test_what_leads_above() -> None:
    assert above("a\nfile = tmp_path.parent / 'x'\ntmp_path_factory.getbasetemp()") == [2, 3]
    assert above("for_this_run('x', factory.getbasetemp(), make)\ntmp_path / 'parent'") == []


def test_tests_stay_in_their_own_folders() -> None:
    refused = {
        f"{file.relative_to(TESTS)}:{number}"
        for file in TESTS.rglob("*.py")
        if file != Path(__file__)
        for number in above(file.read_text(encoding="utf-8"))
    }
    assert not refused, "use tmp_path, own_folder (for properties) or tmp_path_factory.mktemp"


def test_runs_of_scripts_test_share_what_is_costly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site and the index are made once for its three runs of pytest; in a run alone, once."""
    made: list[Path] = []
    monkeypatch.delenv(SHARED, raising=False)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    alone = [
        for_this_run("site", tmp_path / name, made.append) for name in ("fast", "slow", "slow")
    ]
    assert (len(made), len({*alone})) == (2, 2)
    monkeypatch.setenv(SHARED, str(tmp_path / "shared"))
    shared = {for_this_run("site", tmp_path / name, made.append) for name in ("fast", "slow")}
    assert (len(made), shared) == (3, {tmp_path / "shared" / "site"})
    assert f"export {SHARED}=" in (TESTS.parent / "scripts" / "test").read_text("utf-8")
