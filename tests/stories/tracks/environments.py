"""Real environments of the tracks' tools: as few as their versions allow, made once by uv and kept for later runs.

Each lies below the system's temporary folder; the name of its folder carries what is in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import alone

# With pip in it (`--seed`): the fix of an absent tool is its install command.
REQUIREMENTS = {
    "data": (
        "duckdb", "boto3", "moto[server]", "pandera[pandas]", "openlineage-python", "dvc",
        "deltalake", "pyarrow", "pyiceberg[sql-sqlite]",
    ),
    "models": ("mlflow",),
    "pipelines": ("distributed", "apache-beam", "apache-airflow"),
}  # fmt: skip


def python_of(name: str) -> Path:
    """The python of that environment; one worker makes it, another waits."""
    requirements = REQUIREMENTS[name]
    key = hashlib.blake2b(repr((sys.version, requirements)).encode(), digest_size=6).hexdigest()
    place = Path(tempfile.gettempdir()) / f"envcheck-tracks-{os.getuid()}" / f"{name}-{key}"
    with alone(place.parent / f"{place.name}.lock"):
        if not (place / "whole").exists():
            shutil.rmtree(place, ignore_errors=True)
            uv = str(Path(sys.executable).parent / "uv")
            _run(uv, "venv", "-q", "--seed", "--python", sys.executable, str(place))
            # Compiled, as pip leaves them: Airflow would spend most of its time on that.
            _run(uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(place / "bin" / "python"), *requirements)
            (place / "whole").touch()
    return place / "bin" / "python"


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{argv}: {done.stderr[-2000:]}"
