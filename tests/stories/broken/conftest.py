"""What fixes install from: the wheels of the healthy environment, brought here once and kept for
later runs.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from tests.kept import kept


@pytest.fixture(scope="session")
def wheels(healthy: Path) -> Path:
    """A folder for PIP_FIND_LINKS: pip prefers what lies there to the same version of the index."""
    frozen = subprocess.run(
        [str(healthy), "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    key = hashlib.sha256(" ".join(frozen).encode()).hexdigest()[:12]

    def download(folder: Path) -> None:
        words = ["-q", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        subprocess.run(
            [str(healthy), "-m", "pip", *words, *frozen], check=True, capture_output=True
        )

    return kept(f"wheels-{key}", download)
