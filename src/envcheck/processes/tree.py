"""A program and all that it started, ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess  # noqa: TID251  # starts nothing: one of its errors
import sys
from typing import Protocol


class Program(Protocol):
    """What `subprocess.Popen` knows of the program that it started."""

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...


def kill_tree(pid: int, popen: Program | None = None) -> None:
    """Kill a program and everything below it; a child that starts meanwhile is met on the second
    look.

    With `popen`, the program's exit code is collected too, for which it waits five seconds at most.
    """
    import psutil

    for _ in range(2):
        try:
            top = psutil.Process(pid)
            family = [*top.children(recursive=True), top]
        except psutil.Error:
            family = []
        if popen is not None and popen.poll() is not None:
            family = [process for process in family if process.pid != pid]
        for process in family:
            with contextlib.suppress(psutil.Error):
                process.kill()
    _kill_group(pid)
    if popen is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            popen.wait(5)


def _kill_group(pid: int) -> None:
    """What was orphaned inside the program's own session is still in its process group."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
