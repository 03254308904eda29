"""What every test may ask for: a healthy Python to examine, and the real command."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REQUIREMENTS = ("notebook", "jupyterlab", "ipykernel", "numpy", "pandas", "matplotlib", "seaborn")
PREPARING_SECONDS = 900


@dataclass(frozen=True)
class Ran:
    """A run of the command: its exit code and what it wrote."""

    code: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """stdout as one JSON report."""
        read: dict[str, Any] = json.loads(self.stdout)
        return read

    def status(self, check: str) -> str:
        """The status of the check with this id or ending."""
        return str(next(one["status"] for one in self.report["checks"] if one["id"] in (check, f"w.{check}")))


Envcheck = Callable[..., Ran]


@pytest.fixture(scope="session")
def healthy() -> Path:
    """A Python that can do everything: ENVCHECK_TEST_TARGET, or one that is made once and kept in the temporary folder."""
    if given := os.environ.get("ENVCHECK_TEST_TARGET"):
        return Path(given)
    key = hashlib.sha256(" ".join([sys.version, *REQUIREMENTS]).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir(), f"envcheck-tests-{os.getuid() if hasattr(os, 'getuid') else 'me'}", f"healthy-{key}")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    with alone(folder.parent / f"{folder.name}.lock"):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, python)
            # A virtual environment cannot be moved: this file is what appears at once, when all the rest is there.
            (folder / "complete").touch()
    return python


def _make(folder: Path, python: Path) -> None:
    if uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        subprocess.run([uv, "venv", "--seed", "--python", sys.executable, str(folder)], check=True)
        subprocess.run([uv, "pip", "install", "--python", str(python), *REQUIREMENTS], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", *REQUIREMENTS], check=True)


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One worker makes the environment, the others wait; a lock that a dead worker left is taken over."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            with contextlib.suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > PREPARING_SECONDS:
                    lock.rmdir()
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()


@pytest.fixture
def envcheck(tmp_path: Path) -> Envcheck:
    """The real command in a process of its own: `envcheck("chapter2", "--quick", env={...}, cwd=folder)`.

    Only PATH and HOME are inherited, so that the machine of the developer does not decide; `env` adds to them.
    """
    work = tmp_path / "work"
    work.mkdir()

    def run(
        *words: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        command: Sequence[str] = (sys.executable, "-I", "-X", "utf8", "-m", "envcheck"),
        timeout: float = 120,
    ) -> Ran:
        variables = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(
            [*command, *map(str, words)],
            env={**variables, **(env or {})},
            cwd=cwd or work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
