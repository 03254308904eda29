"""However we end, nothing of ours is left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.pace import within
from tests.unit.engine.conftest import marked

from envcheck.processes.watchdog import Watchdog

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's"),
]

PARENT = """
import os, sys
from pathlib import Path
from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog
mark, folder, child = sys.argv[1:]
dog = Watchdog(mark)
dog.guard_folder(folder)
Path(folder).mkdir()
running = Processes(dog).start([sys.executable, "-c", child], env=dict(os.environ), cwd=Path("/"))
while b"up" not in running.stdout.text().encode():
    pass
print(dog._popen.pid, flush=True)
sys.stdin.read()
"""
CHILD = "import time; print('up', flush=True); time.sleep(600)"
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        [os.close(n) for n in (0, 1, 2)]
        time.sleep(600)
    os._exit(0)
os.wait()
print('up', flush=True)
time.sleep(600)
"""
# It keeps writing, so that removing the folder fails until it is dead.
WRITER = "import sys, pathlib, itertools\nprint('up', flush=True)\nfor n in itertools.count(): pathlib.Path(F, str(n % 500)).write_text('x')"


@pytest.mark.parametrize("kind", ["child", "daemon", "writer"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_parent_dies(kind: str, number: int, tmp_path: Path) -> None:
    """Within five seconds of our death no program with our mark lives, and no folder of ours is
    there.
    """
    mark, folder = f"test-{os.urandom(8).hex()}", tmp_path / "scratch"
    child = {"child": CHILD, "daemon": DAEMON, "writer": WRITER.replace("F,", f"{str(folder)!r},")}[
        kind
    ]
    words = [sys.executable, "-c", PARENT, mark, str(folder), child]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline())
        assert folder.is_dir()
        assert marked(mark)
        os.kill(parent.pid, number)
        parent.wait()
        died = time.monotonic()
        while (marked(mark) or folder.exists()) and time.monotonic() < died + 30:
            time.sleep(0.05)
        assert time.monotonic() - died < within(5)
        assert marked(mark) == []
        assert not folder.exists()


@pytest.mark.parametrize("first", ["watchdog", "parent"])
def test_both_are_killed(first: str, tmp_path: Path) -> None:
    """In either order, a second apart: another watchdog has taken the place of the first, or its
    work was done.
    """
    mark, folder = f"test-{os.urandom(8).hex()}", tmp_path / "scratch"
    words = [sys.executable, "-c", PARENT, mark, str(folder), CHILD]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        pids = [int(parent.stdout.readline()), parent.pid]
        for pid in pids if first == "watchdog" else pids[::-1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            time.sleep(1)
    end = time.monotonic() + within(5)
    while (marked(mark) or folder.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    assert marked(mark) == []
    assert not folder.exists()


def test_quiet_end(tmp_path: Path) -> None:
    """After a run that cleaned up, the watchdog ends at once."""
    dog = Watchdog(f"nobody-{os.urandom(8).hex()}")
    dog.guard_folder(str(tmp_path / "gone"))
    begun = time.monotonic()
    dog.close()
    dog.close()
    assert time.monotonic() - begun < within(2)


def test_folder_that_was_left(tmp_path: Path) -> None:
    """A folder that could not be removed at the end is the watchdog's to remove."""
    dog = Watchdog(f"nobody-{os.urandom(8).hex()}")
    folder = tmp_path / "left"
    folder.mkdir()
    dog.guard_folder(str(folder))
    dog.close()
    assert not folder.exists()


def test_dead_watchdog_is_harmless(watchdog: Watchdog) -> None:
    """Somebody who ends our watchdog does not end the run."""
    popen = watchdog._popen
    assert popen is not None
    popen.kill()
    popen.wait()
    for pid in range(100):
        watchdog.guard(pid)
        watchdog.release(pid)
    watchdog.close()


def test_strangers_are_left_alone(tmp_path: Path) -> None:
    """A program without our mark is never ended, nor one that is older than the run."""
    with subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE) as stranger:
        time.sleep(1.5)
        dog = Watchdog(f"test-{os.urandom(8).hex()}")
        dog.guard(stranger.pid)
        dog.guard_folder(str(tmp_path / "x"))
        (tmp_path / "x").mkdir()
        dog.close()
        assert stranger.poll() is None
        stranger.kill()
