"""A program and all that it started, ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess  # noqa: TID251  # starts nothing: one of its errors
import sys
from functools import partial
from typing import TYPE_CHECKING, Protocol

from envcheck.processes.seen import below, seen

if TYPE_CHECKING:
    import psutil


class Program(Protocol):
    """What `subprocess.Popen` knows of the program that it started."""

    def wait(self, timeout: float | None = None) -> int: ...


def kill_tree(pid: int, popen: Program | None = None) -> None:
    """Kill a program and everything below it; a child that starts meanwhile is met on the second
    look. Its number must be its own still, not that of a program which ended long ago.

    With `popen`, the program's exit code is collected too, for which it waits five seconds at most.
    """
    import psutil

    for _ in range(2):
        for process in seen(partial(_family, pid), ()):
            with contextlib.suppress(psutil.Error):
                process.kill()
    kill_group(pid)
    if popen is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            popen.wait(5)


def _family(pid: int) -> list[psutil.Process]:
    import psutil

    top = psutil.Process(pid)
    return [*below(top), top]


def kill_group(pid: int) -> None:
    """End what has stayed in a program's own process group; nothing on Windows, which has none."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def has_group(pid: int) -> bool:
    """Whether something is in the process group of that number; never on Windows, which has none."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, 0)
            return True
    return False
