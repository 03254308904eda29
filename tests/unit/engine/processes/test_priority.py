"""Programs that give way: at once, for some seconds, and never for good."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from envcheck.processes import priority
from envcheck.processes.priority import SESSION_NICE, SessionPriority, lower_priority

AUTOGROUPS = Path("/proc/self/autogroup")
needs_autogroups = pytest.mark.skipif(
    not AUTOGROUPS.exists(), reason="this kernel has no autogroups: there is nothing to lower"
)


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    program = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    )
    yield program
    program.kill()
    program.wait()


def session_nice(pid: int) -> int:
    return int(Path(f"/proc/{pid}/autogroup").read_text().split()[-1])


def test_a_program_gives_way_to_others_of_its_session(sleeper: subprocess.Popen[bytes]) -> None:
    before = psutil.Process(sleeper.pid).nice()
    lower_priority(sleeper.pid)
    assert psutil.Process(sleeper.pid).nice() > before


def test_a_program_that_has_ended_is_no_error() -> None:
    program = subprocess.Popen([sys.executable, "-c", ""])
    program.wait()
    lower_priority(program.pid)
    given = SessionPriority(program.pid)
    given.keep()
    assert given._nice == SESSION_NICE  # nothing is tried again for it


@needs_autogroups
def test_a_session_is_lowered_and_gets_its_share_back(
    sleeper: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SessionPriority(sleeper.pid)
    for _ in range(40):  # an ordinary user's change may be refused for a tenth of a second
        given.keep()
        if session_nice(sleeper.pid) == SESSION_NICE:
            break
        time.sleep(0.05)
    assert session_nice(sleeper.pid) == SESSION_NICE
    now = time.monotonic() + priority.SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for _ in range(40):
        given.keep()
        if session_nice(sleeper.pid) == 0:
            break
        time.sleep(0.05)
    assert session_nice(sleeper.pid) == 0


def test_a_refused_change_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([False, False, True])
    asked: list[tuple[int, int]] = []

    def set_nice(session: int, nice: int) -> bool:
        asked.append((session, nice))
        return next(answers)

    monkeypatch.setattr(priority, "_set_nice", set_nice)
    given = SessionPriority(4711)
    for _ in range(4):
        given.keep()
    assert asked == [(4711, SESSION_NICE)] * 3
