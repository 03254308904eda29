"""What `envcheck new` begins: its own test passes, and its chapter runs, as they were written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def typed(folder: Path, *words: str) -> str:
    """What these words of Python print; it must end with 0."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["course", "check", "tool"])
def test_own_test_passes(kind: str, tmp_path: Path) -> None:
    lines = typed(tmp_path, "envcheck", "new", kind, "my-first").splitlines()
    assert [line.startswith("Written: ") for line in lines[:4]] == [True, True, True, False]
    folder = tmp_path / "my-first"
    assert len([*folder.iterdir()]) == 3
    assert " passed" in typed(folder, "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider")
