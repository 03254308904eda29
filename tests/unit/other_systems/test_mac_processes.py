"""Programs that a Mac does not tell about: of other people's nearly nothing is shown, and a program
that has just ended raises an error of its own (ZombieProcess).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.pace import within
from tests.unit.windows_programs import processes_there

from envcheck.processes import seen, tree
from envcheck.processes.watchdog import MARK, sweep
from envcheck.run import scratch
from envcheck_checks.machine import limits, port_holder
from envcheck_checks.notebook.settings.address import reachable_at

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
ASKED = ("children", "cmdline", "cpu_times", "environ", "net_connections", "num_threads", "uids")
REFUSALS = [
    psutil.AccessDenied(7),
    psutil.ZombieProcess(7),
    psutil.NoSuchProcess(7),
    OSError(5, "x"),
]


@pytest.fixture
def program() -> Iterator[subprocess.Popen[bytes]]:
    """One that sleeps, with a mark as those of a run."""
    started = subprocess.Popen(SLEEPS, env={MARK: "mark-of-a-mac.0."})
    yield started
    started.kill()
    started.wait()


@pytest.fixture(params=REFUSALS, ids=lambda error: type(error).__name__)
def refuses(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of a program, nothing is told."""

    def refuse(*_: object, **__: object) -> None:
        raise request.param

    for name in ASKED:
        monkeypatch.setattr(psutil.Process, name, refuse)


def test_what_was_started_is_ended(
    refuses: None, program: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though nobody tells what it has started itself. A Windows has no group that would end too."""
    monkeypatch.setattr(tree, "kill_group", lambda _: None)
    tree.kill_tree(program.pid)
    assert program.wait(within(10)) != 0


def test_the_watchdog_ends_what_it_was_told_of(
    refuses: None, program: subprocess.Popen[bytes]
) -> None:
    sweep("another mark", time.time() - 60, {program.pid: str(seen.born(program.pid))})
    assert program.wait(within(10)) != 0


def test_its_work_is_known_without_that_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A helper that runs as somebody else must not make a kernel look idle, or busy for ever."""
    running = processes_there().start(SLEEPS, env={}, cwd=tmp_path)

    class Helper:
        """Of another person."""

        def cpu_times(self) -> None:
            raise psutil.AccessDenied

        status = io_counters = cpu_times

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(psutil.Process, "children", lambda *_, **__: [Helper()])
        assert running.work is not None
    running.end()


def test_nothing_else_breaks(refuses: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who counts programs, looks for the holder of a port, or asks whether a run still lives."""

    def refused(*_: object) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refused)
    assert limits._running() == 0
    assert port_holder.holder(8888) == ""
    assert reachable_at(psutil.Process().pid, 8888) == ""
    pid = psutil.Process().pid
    own = {"pid": pid, "begun": time.time()}
    assert scratch._lives(own)
    assert scratch._lives({**own, "born": seen.born(pid)})
