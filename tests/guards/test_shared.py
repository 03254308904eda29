"""What the tests make once is made once for all clones of the project on a machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.recipes import Recipe, python_in


def test_clones_make_the_same_of_one_python(tmp_path: Path) -> None:
    """A recipe says the same whichever clone's own environment runs the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "other"], check=True)
    shown = f"import sys; sys.path[:0] = {sys.path!r}; from tests.recipes import Recipe; print(Recipe('one', ()))"
    other = subprocess.run(
        [python_in(tmp_path / "other"), "-c", shown], capture_output=True, text=True, check=True
    )
    assert other.stdout == f"{Recipe('one', ())}\n"
