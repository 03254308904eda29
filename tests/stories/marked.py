"""Programs that a test has started, by a mark among their variables: what they start carries it too.
By its number nobody is ended here. That is another program's soon after the end.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path

import psutil
from tests.pace import wait_for, within

VARIABLE = "ENVCHECK_STORY"


def new_mark() -> str:
    return f"story-{secrets.token_hex(8)}"


def marked(mark: str) -> list[psutil.Process]:
    """All that carry this mark now."""
    wanted, found = f"{VARIABLE}={mark}\0".encode(), []
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            process = psutil.Process(pid)  # first: whoever has the number later is not ended by it
            if wanted in Path(f"/proc/{pid}/environ").read_bytes():
                found.append(process)
    return found


def running_with(mark: str) -> list[str]:
    """Their command lines."""
    lines = []
    for process in marked(mark):
        with contextlib.suppress(psutil.Error):
            lines.append(" ".join(process.cmdline()))
    return lines


def left_running(mark: str) -> list[str]:
    """The same, once they had their time. The watchdog may stay for a moment after a run in which
    something was given up.
    """
    end = time.monotonic() + within(20)
    while (left := running_with(mark)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def end(mark: str) -> None:
    """Kill them, and what they start meanwhile."""

    def nothing_runs() -> bool:
        processes = marked(mark)
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.kill()
        return not processes

    wait_for(f"the end of what carries {mark}", 20, nothing_runs)
