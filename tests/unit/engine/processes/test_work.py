"""A slow program is told from one that waits for ever, by what is done for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.pace import wait_for

from envcheck.processes.process import Processes
from envcheck.processes.work import Work

NOTHING = Work(1.0, 5_000)
ENDS = "pass"


@pytest.mark.parametrize(
    ("now", "works"),
    [
        (NOTHING, False),
        (Work(1.02, 5_100), False),
        (Work(1.5, 5_000), True),
        (Work(0.2, 5_000), True),
        (Work(1.0, 90_000), True),
        (Work(1.0, 5_000, waits_for_disk=True), True),
    ],
    ids=["nothing", "looks around", "processor", "a part has ended", "reads", "waits for a disk"],
)
def test_what_is_work(now: Work, works: bool) -> None:
    assert now.is_more_than(NOTHING, 2.0) is works


@pytest.mark.parametrize(
    ("source", "works"),
    [
        ("import time; time.sleep(600)", False),
        ("import threading; threading.Event().wait()", False),
        ("while True: pass", True),
        (
            "import time\nwhile True:\n    open(__import__('os').__file__).read(); time.sleep(0.01)",
            True,
        ),
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])",
            True,
        ),
        (ENDS, False),
    ],
    ids=["sleeps", "waits", "computes", "reads", "its child computes", "has ended"],
)
@pytest.mark.slow
def test_a_program_is_looked_at(
    source: str, works: bool, processes: Processes, tmp_path: Path
) -> None:
    """Once it has begun: its start is work too."""
    running = processes.start(
        [sys.executable, "-c", f"print('up', flush=True)\n{source}"],
        env=dict(os.environ),
        cwd=tmp_path,
    )
    wait_for("the program has begun", 20, lambda: "up" in running.stdout.text())
    if source == ENDS:
        wait_for("the program has ended", 20, lambda: running.wait(0.1))
    assert running.is_at_work() is works
    running.end()
