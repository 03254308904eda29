"""What fixes install from: the wheels of the healthy environment, brought here once and kept for later runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.conftest import alone


@pytest.fixture(scope="session")
def wheels(healthy: Path) -> Path:
    """A folder for PIP_FIND_LINKS: pip prefers what lies there to the same version of the index."""
    frozen = subprocess.run([str(healthy), "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True).stdout.splitlines()
    key = hashlib.sha256(" ".join(frozen).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir(), f"envcheck-tests-{os.getuid()}", f"wheels-{key}")
    with alone(folder.parent / f"{folder.name}.lock"):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            download = [str(healthy), "-m", "pip", "-q", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
            subprocess.run([*download, *frozen], check=True, capture_output=True)
            (folder / "complete").touch()
    return folder
