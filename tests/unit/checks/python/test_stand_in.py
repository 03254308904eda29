"""What only stands in for a Python, by what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck_checks.python import stand_in
from envcheck_checks.python.replacement import Wanted


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Python was not found; run without arguments to install from the Microsoft Store", "python-store-stub"),
        ("No version is set for command python3", "python-dead-shim"),
        ("No preset version installed for command python", "python-dead-shim"),
        ("mise ERROR No version is set for shim: python", "python-dead-shim"),
        ("pyenv: version `3.12.1' is not installed (set by /home/zoe/.python-version)", "python-dead-shim"),
        (r"No Python at 'C:\Python39\python.exe'", "python-environment-broken"),
        ("ModuleNotFoundError: No module named 'encodings'", ""),
    ],
)  # fmt: skip
def test_by_its_words(tmp_path: Path, said: str, code: str) -> None:
    finished = Finished(("python",), Ending.EXITED, 9009, "", said, 0.1)
    dead = Unusable(Trouble.FAILS, ("python",), finished)
    found = stand_in.diagnose(on("win32", tmp_path), dead, Wanted(">=3.7", ()))
    assert (found.code if found is not None else "") == code
