"""Which of Python's own names a start-up file overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck_checks.kernel.overwritten import overwritten


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("print = lambda *a, **k: None", "print"),
        ("import builtins\nbuiltins.print = builtins.sum = None", "print and sum"),
        ("def sum(x): return x\nclass list: pass", "list and sum"),
        ("from numpy import min\nmax: object = min", "max and min"),
        ("a, (id, *set) = 1, (2, 3)", "id and set"),
    ],
)
def test_they_are_named(tmp_path: Path, text: str, names: str) -> None:
    file = tmp_path / "00.py"
    file.write_text(text)
    assert overwritten(file) == (
        f"it overwrites {names}: what Python means by it (builtins) is lost"
    )


@pytest.mark.parametrize(
    "text",
    ["def f():\n    id = 1", "x = print", "import numpy as np", "broken(", "%load_ext autoreload"],
)
def test_nothing_is_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "00.py"
    file.write_text(text)
    assert overwritten(file) == ""


def test_no_file(tmp_path: Path) -> None:
    assert overwritten(tmp_path / "gone.py") == ""
