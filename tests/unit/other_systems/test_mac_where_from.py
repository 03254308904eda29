"""Where a Mac without Homebrew gets a Python: no line is shown whose program is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import command_at, on

from bootstrap import environment as environment_of_file
from envcheck_checks.python import replacement
from envcheck_checks.python.replacement import Wanted, instead

# Of the file that learners start, which Python 2 reads too: no types.
environment: Any = environment_of_file


@pytest.mark.parametrize("has_brew", [True, False])
def test_the_line_of_a_manager(
    has_brew: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacement, "get_python", lambda: "brew install python")
    if has_brew:
        command_at(tmp_path / "bin/brew")
    (fix,) = instead(on("darwin", tmp_path), Wanted(">=3.7", ()))
    assert "python.org/downloads" in str(fix)
    assert ("brew install python" in str(fix)) is has_brew


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ("brew", " or with: brew install python"),
        ("winget", " or with: winget install Python.Python.3.13"),
        ("dnf", " or with: sudo dnf install python3"),
        ("", ""),
    ],
)
def test_in_the_file_that_learners_start(
    there: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "which", lambda name: f"/x/{name}" if name == there else "")
    start = "Install Python from https://www.python.org/downloads/"
    assert environment.how_to_install_python() == f"{start}{line}, then open a new terminal."
