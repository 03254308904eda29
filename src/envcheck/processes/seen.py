"""What the system shows of itself. Some show little: a container without /proc, another user's
processes. psutil then raises whatever comes, an IndexError too; here nothing is seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from envcheck import foreign_file

if TYPE_CHECKING:
    import psutil

T = TypeVar("T")
U = TypeVar("U")
START_TIME = 19  # of the fields after the name (proc_pid_stat(5))


def seen(look: Callable[[], T], otherwise: U) -> T | U:
    """What a look by psutil gives; `otherwise` where the system does not show it."""
    try:
        return look()
    except Exception:  # noqa: BLE001  # psutil promises its own errors, where there is a /proc
        return otherwise


def processes() -> list[psutil.Process]:
    """All that run, as far as they are shown."""
    import psutil

    return seen(lambda: list(psutil.process_iter()), [])


def below(process: psutil.Process) -> list[psutil.Process]:
    """What it started, and what those started, as far as that is shown: macOS and Windows refuse to
    tell of what runs as somebody else.
    """
    return seen(lambda: process.children(recursive=True), [])


def is_below(pid: object, above: int) -> bool:
    """Whether a process is this one, or was started by it or by what it started, as far as is shown."""
    import psutil

    if not isinstance(pid, int):
        return False
    return pid == above or above in seen(lambda: [p.pid for p in psutil.Process(pid).parents()], [])


def born(pid: int) -> float | None:
    """When a process was started, in a number that stays the same for as long as it lives: on Linux in
    ticks since the machine was, where psutil's seconds move with the clock when that is set right.
    None where it is not shown.
    """
    import psutil

    stat = foreign_file.text_or_nothing(Path(f"/proc/{pid}/stat"))
    fields = stat.rpartition(")")[2].split()  # the name before it may hold anything
    if len(fields) > START_TIME and fields[START_TIME].isdecimal():
        return float(fields[START_TIME])
    return seen(lambda: float(psutil.Process(pid).create_time()), None)


def shows_processes() -> bool:
    """Whether this process can see as much as itself: else no other is known to be gone."""
    import psutil

    return seen(lambda: psutil.Process(os.getpid()).create_time() > 0, otherwise=False)


def available_mb() -> float | None:
    """Memory of the machine that programs could still have, in MB; None where that is not shown."""
    import psutil

    return seen(lambda: float(psutil.virtual_memory().available) / 1e6, None)


def total_mb() -> float | None:
    """Memory of the machine, in MB; None where that is not shown."""
    import psutil

    return seen(lambda: float(psutil.virtual_memory().total) / 1e6, None)
