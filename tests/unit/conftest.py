"""Real programs with a watchdog."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    """Of a mark that nobody else has: at its end it kills on the whole machine what carries that."""
    dog = Watchdog(f"test-{os.urandom(8).hex()}")
    yield dog
    dog.close()


@pytest.fixture
def processes(watchdog: Watchdog) -> Iterator[Processes]:
    programs = Processes(watchdog)
    yield programs
    programs.close()
