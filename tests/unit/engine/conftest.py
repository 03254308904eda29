"""A real environment around a real Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from envcheck.environment import Environment, Located
from envcheck.processes.process import Finished, Processes
from envcheck.processes.watchdog import MARK

RunPython = Callable[..., Finished]


@pytest.fixture
def python(processes: Processes, tmp_path: Path) -> RunPython:
    """Run a piece of Python: `python("print(1)", timeout=5)`."""

    def run(source: str, timeout: float = 20) -> Finished:
        return processes.run(
            [sys.executable, "-c", source], env=dict(os.environ), cwd=tmp_path, timeout=timeout
        )

    return run


@pytest.fixture
def around(processes: Processes, tmp_path: Path) -> Callable[..., Environment]:
    """An environment whose target is the given Python: `around(path, PYTHONPATH=...)`."""

    def make(*command: str | Path, **variables: str) -> Environment:
        folder = tmp_path / "folder"
        scratch = tmp_path / "scratch"
        folder.mkdir(exist_ok=True)
        scratch.mkdir(exist_ok=True)
        return Environment(
            Located(tuple(map(str, command or (sys.executable,))), "the test"),
            variables={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables},
            folder=folder,
            scratch=scratch,
            cache=None,
            processes=processes,
        )

    return make


def marked(mark: str) -> list[psutil.Process]:
    """Every living process that carries the mark of a run."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(
                MARK, ""
            ).startswith(mark):
                found.append(process)
        except psutil.Error:
            continue
    return found
