"""A number of a process is no name of it: the system gives it to another one day."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.pace import within
from tests.unit.engine.conftest import marked

from envcheck.processes import running
from envcheck.processes.process import Processes
from envcheck.processes.seen import born
from envcheck.processes.watchdog import sweep

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals are POSIX's")
FOR_EVER = "import time; time.sleep(600)"


@posix
def test_a_number_that_was_used_again(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel ended by itself, a minute ago: whoever has its number now is left alone, with all that
    he started, and what the kernel left behind is ended by its mark.
    """
    parent = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    stranger = processes.start(
        [sys.executable, "-c", f"{parent}.wait()"], env=dict(os.environ), cwd=tmp_path
    )
    closed = f"{parent[:-1]}, stdin=-3, stdout=-3, stderr=-3)"
    ended = processes.start([sys.executable, "-c", closed], env=dict(os.environ), cwd=tmp_path)
    assert ended.wait(within(20))
    while not (below := psutil.Process(stranger.pid).children()):
        time.sleep(0.01)
    ended.pid = stranger.pid
    monkeypatch.setattr(running, "KEEPS_NUMBER", 0.0)
    ended.end()
    assert not stranger.wait(0.2)
    assert all(child.is_running() for child in below)
    assert marked(ended.mark) == []


@pytest.mark.parametrize("reused", [False, True], ids=["its own", "used again"])
def test_a_number_that_the_watchdog_was_told(
    processes: Processes, tmp_path: Path, *, reused: bool
) -> None:
    """It ends the program that had this number when it was told, and no later one."""
    program = processes.start([sys.executable, "-c", FOR_EVER], env=dict(os.environ), cwd=tmp_path)
    since = born(program.pid)
    sweep("of another run", time.time() - 60, {program.pid: str(0.0 if reused else since)})
    assert program.wait(1 if reused else within(20)) is not reused
