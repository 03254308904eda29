"""The folder of a run: ours alone, gone at the end, and gone later where a run could not see to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.pace import within

from envcheck.processes import seen
from envcheck.run import scratch

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and owners are POSIX's")
DEAD = {"mark": "0" * 32, "pid": 999_999_999, "begun": 1.0}
# A check that was given up: its thread makes the folder again as soon as it is gone.
GIVEN_UP = """
import pathlib, sys, threading, time
from envcheck import Check, Chapter, Course, ok
from envcheck.environment import Located
from envcheck.processes.exit import without_waiting
from envcheck.run import plan
from envcheck.environment import Options
from envcheck.run.request import Request
from envcheck.run.session import Session

def examine(env):
    while True:
        try:
            (env.scratch / "ipython").mkdir(parents=True, exist_ok=True)
            (env.scratch / "ipython" / "key").write_text("secret")
        except OSError:
            pass

check = Check(id="x", title="X", examine=examine, timeout=0.3)
course = Course("c", "C", [Chapter("week1", "W", [check])])
planned = plan.make(course, plan.Selection(("week1",)), Options())
request = Request(course, ("week1",), planned, Located((sys.executable,), "test"), {"PATH": ""}, pathlib.Path.cwd())

def main():
    for _ in range(2):
        Session(request).run()
    print("reported", flush=True)
    time.sleep(0.3)
    raise SystemExit(3)

without_waiting(main)
"""

# What a run of another namespace leaves while it goes on, as process 1 or 2 of its own.
IN_A_NAMESPACE = """
import os, sys, tempfile, time
tempfile.tempdir = sys.argv[1]
from pathlib import Path
from envcheck.run import scratch
class Watchdog:
    mark, begun = "1" * 32, time.time()
    def guard_folder(self, folder): pass
scratch.make(Watchdog(), None)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_by(folder: Path, said: object, name: str = "envcheck-0123456789abcdef") -> Path:
    place = folder / name
    place.mkdir()
    (place / scratch.MARK_FILE).write_text(said if isinstance(said, str) else json.dumps(said))
    return place


def test_what_a_killed_run_left_is_cleared(temporary: Path) -> None:
    """Its watchdog was killed too, and its mark is known."""
    place = left_by(temporary, DEAD)
    scratch.clear_abandoned()
    assert not place.exists()


@pytest.mark.parametrize(
    "said",
    [
        {**DEAD, "pid": os.getpid(), "begun": time.time()},
        {**DEAD, "mark": "no mark of ours"},
        {"pid": 1},
        "not json",
        [],
    ],
    ids=["it runs", "another mark", "no mark", "not JSON", "a list"],
)
def test_what_is_not_surely_abandoned_stays(said: object, temporary: Path) -> None:
    """A run that lives, and whatever only looks like one of ours."""
    place = left_by(temporary, said)
    scratch.clear_abandoned()
    assert place.exists()


def test_a_clock_that_is_set_while_a_run_goes_on(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """psutil reckons when a process began from the clock as it is now: an hour later than it was."""
    own = os.getpid()
    here = {**DEAD, "pid": own, "where": scratch._here(), "begun": time.time()}
    runs = left_by(temporary, {**here, "born": seen.born(own)}, "envcheck-1")
    over = left_by(temporary, {**here, "born": 1.0}, "envcheck-2")
    later = psutil.Process(own).create_time() + 3600
    monkeypatch.setattr(psutil.Process, "create_time", lambda _: later)
    scratch.clear_abandoned()
    assert runs.exists()
    assert not over.exists()


@pytest.mark.parametrize(
    ("where", "hours", "stays"),
    [
        ("another-machine pid:[1]", 1, True),
        ("another-machine pid:[1]", 30, False),
        ("", 1, True),  # of an older envcheck, which did not say
        (None, 1, False),  # here: it is seen to be gone
    ],
)
def test_what_a_run_elsewhere_left(
    where: str | None, hours: int, stays: bool, temporary: Path
) -> None:
    """A container or another machine shares the folder: its processes are not seen from here, and
    its numbers are those of others.
    """
    begun = time.time() - hours * 3600
    note = {**DEAD, "begun": begun, "where": scratch._here() if where is None else where}
    place = left_by(temporary, note)
    scratch.clear_abandoned()
    assert place.exists() == stays


@posix
def test_a_run_in_another_namespace_is_left_alone(temporary: Path) -> None:
    """A real one, where this user may make one: it numbers its own processes, and shares the folder."""
    made = [sys.executable, "-c", IN_A_NAMESPACE, str(temporary)]
    unshare = shutil.which("unshare")
    command = [str(unshare), "--pid", "--fork", "--mount-proc", *made]
    if not unshare or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only on a Linux on which this user may make namespaces")
    (place,) = temporary.iterdir()
    scratch.clear_abandoned()
    assert place.exists()


@posix
def test_only_what_carries_the_mark(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a folder of that name, not one that a link leads to, not another user's."""
    elsewhere = left_by(temporary, DEAD, "elsewhere")
    (temporary / "envcheck-link").symlink_to(elsewhere)
    (temporary / "envcheck-notes").mkdir()
    scratch.clear_abandoned()
    assert elsewhere.exists() and (temporary / "envcheck-notes").exists()
    theirs = left_by(temporary, DEAD)
    monkeypatch.setattr("os.geteuid", lambda: theirs.stat().st_uid + 1)
    scratch.clear_abandoned()
    assert theirs.exists()


@posix
@pytest.mark.parametrize("killed", [False, True])
def test_nothing_is_left_by_a_check_that_was_given_up(killed: bool, tmp_path: Path) -> None:
    """Its thread goes on until the process ends, and makes its folder again and again."""
    variables = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", GIVEN_UP], env=variables, stdout=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"reported\n"
        if killed:
            os.kill(run.pid, signal.SIGKILL)
        assert run.wait(within(20)) == (-signal.SIGKILL if killed else 3)
    assert_soon(lambda: not any(tmp_path.iterdir()))


def assert_soon(so: Callable[[], bool]) -> None:
    end = time.monotonic() + within(5)
    while not so() and time.monotonic() < end:
        time.sleep(0.05)
    assert so()
