"""What stands in red above a cell's result."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck_checks.cells import red_text

SITE = "{site}/bottleneck/__init__.py"
NUMPY = f"""
A module that was compiled using NumPy 1.x cannot be run in
NumPy 2.4.0 as it may crash.

Traceback (most recent call last):  File "<string>", line 2, in <module>
  File "{SITE}", line 7, in <module>
    from .move import move_mean
"""


def warned(tmp_path: Path, red: str) -> list[tuple[str, str, bool]]:
    python = python_at(tmp_path / "venv", {"bottleneck": "1.3.7", "numpy": "2.4.0"})
    env = on("linux", tmp_path, python)
    made = red_text.warnings(env, red.replace("{site}", python.paths["purelib"]))
    return [(one.summary, one.evidence.found, one.fixes[0].automatic) for one in made]


@pytest.mark.parametrize(
    "red",
    [
        "",
        "/site/seaborn/utils.py:12: FutureWarning: use_inf_as_na is deprecated\n  with x:\n",
        "DeprecationWarning: the error 'TypeError: x' comes in pandas 4\n",
        "Matplotlib is building the font cache; this may take a moment.\n",
        "no Errors: 0\n",
    ],
)
def test_no_error(tmp_path: Path, red: str) -> None:
    assert warned(tmp_path, red) == []


def test_an_extension_for_another_numpy(tmp_path: Path) -> None:
    ((summary, found, automatic),) = warned(tmp_path, NUMPY)
    assert summary.startswith("bottleneck 1.3 does not fit numpy 2.4, and notebooks show")
    assert found == "A module that was compiled using NumPy 1.x cannot be run in"
    assert automatic


def test_an_error_of_nobody_that_is_known(tmp_path: Path) -> None:
    ((summary, found, automatic),) = warned(tmp_path, "ValueError: bad colours\n")
    assert summary.startswith("notebooks show an error text in red")
    assert (found, automatic) == ("ValueError: bad colours", False)
