"""The pictures of the documents say what envcheck says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / "scripts" / "pictures"


@pytest.mark.slow
def test_the_pictures_say_what_envcheck_says(healthy: Path) -> None:
    """A word that changed in a message is changed in the pictures too."""
    words = [sys.executable, str(PICTURES), "--check", str(healthy.parent.parent)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
