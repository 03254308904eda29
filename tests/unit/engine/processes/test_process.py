"""Programs are started with a deadline, and nothing of them is left."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.pace import within
from tests.unit.engine.conftest import RunPython, marked

from envcheck.processes.process import Ending, Processes
from envcheck.processes.running import GRACE
from envcheck.processes.watchdog import Watchdog
from envcheck.processes.work import Work

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals are POSIX's")
FOR_EVER = "import time; time.sleep(600)"
# Two forks and a session of its own: not in the tree and not in the process group any more.
DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        {in_daemon}
        time.sleep(600)
    os._exit(0)
os.wait()
print("started", flush=True)
{after}
"""


def test_output_and_code_are_kept(python: RunPython) -> None:
    """A program's two streams and its exit code come back as they were."""
    done = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)")
    assert (done.ending, done.code, done.stdout, done.stderr) == (
        Ending.EXITED,
        7,
        "out\n",
        "err\n",
    )
    assert not done.ok


def test_stdin_is_closed(python: RunPython) -> None:
    """A program that asks a question gets no answer, instead of waiting for ever."""
    assert "EOFError" in python("input('name? ')").stderr


def test_deadline(python: RunPython) -> None:
    """A program that does not end is ended at its deadline, and what it had printed is kept."""
    deadline = within(2)
    done = python(f"print('so far', flush=True); {FOR_EVER}", timeout=deadline)
    assert done.ending is Ending.TIMED_OUT
    assert "so far" in done.stdout
    assert done.seconds - deadline < within(4 * GRACE + 2)


def test_deadline_of_the_run(watchdog: Watchdog, tmp_path: Path) -> None:
    """No program is waited for longer than the run itself may take."""
    processes = Processes(watchdog, time.monotonic() + 1)
    done = processes.run(
        [sys.executable, "-c", FOR_EVER], env=dict(os.environ), cwd=tmp_path, timeout=60
    )
    assert done.ending is Ending.TIMED_OUT
    assert done.seconds < within(5)


def test_children_are_ended_too(python: RunPython, watchdog: Watchdog) -> None:
    """A child and its child end with the program that started them."""
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {FOR_EVER!r}]); {FOR_EVER}"
    done = python(
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]); {FOR_EVER}",
        timeout=2,
    )
    assert done.ending is Ending.TIMED_OUT
    assert marked(watchdog.mark) == []


@posix
def test_orphan_that_holds_the_pipe(python: RunPython, watchdog: Watchdog) -> None:
    """A daemon that left the tree and keeps our pipe open neither delays the answer nor survives
    it.
    """
    done = python(DAEMON.format(in_daemon="pass", after=""), timeout=20)
    assert done.ok
    assert done.stdout == "started\n"
    assert done.seconds < within(5)
    assert marked(watchdog.mark) == []


@posix
def test_silent_daemon_ends_with_the_run(
    python: RunPython, processes: Processes, watchdog: Watchdog
) -> None:
    """A daemon that closed everything is found by the mark that it inherited when the run ends."""
    closed = "[os.close(n) for n in (0, 1, 2)]; os.mkdir('closed')"
    after = "while not os.path.isdir('closed'): time.sleep(0.01)"
    assert python(DAEMON.format(in_daemon=closed, after=after)).ok
    assert len(marked(watchdog.mark)) == 1
    processes.close()
    assert marked(watchdog.mark) == []


@posix
def test_daemon_of_a_program_that_hangs(python: RunPython, watchdog: Watchdog) -> None:
    """A program that daemonises a child and then hangs ends at its deadline, with the child."""
    done = python(DAEMON.format(in_daemon="pass", after="time.sleep(600)"), timeout=2)
    assert done.ending is Ending.TIMED_OUT
    assert marked(watchdog.mark) == []


def test_flood(python: RunPython) -> None:
    """A program that prints 100 MB is stopped long before, and its memory cost is bounded."""
    before = psutil.Process().memory_info().rss
    done = python("import sys\nfor _ in range(1000): sys.stdout.write('x' * 100_000)")
    assert done.ending is Ending.FLOODED
    assert len(done.stdout) < 6_000_000
    assert psutil.Process().memory_info().rss - before < 60_000_000


def test_much_output_on_both_streams_at_once(python: RunPython) -> None:
    """A full pipe on one stream does not stop a program that writes to the other."""
    done = python(
        "import sys\nfor _ in range(20): sys.stdout.write('o' * 100_000); sys.stderr.write('e' * 100_000)"
    )
    assert done.ok
    assert (len(done.stdout), len(done.stderr)) == (2_000_000, 2_000_000)


def test_bytes_that_are_not_utf8(python: RunPython) -> None:
    """Output in another encoding is readable where it can be, and never an exception."""
    assert python("import os; os.write(1, b'caf\\xe9 \\xff ok')").stdout == "caf\ufffd \ufffd ok"


def test_program_that_is_missing(processes: Processes, tmp_path: Path) -> None:
    """A missing program is an answer, not an exception."""
    done = processes.run([str(tmp_path / "nothing")], env={}, cwd=tmp_path, timeout=5)
    assert (done.ending, done.code) == (Ending.NOT_STARTED, None)
    assert "FileNotFoundError" in done.stderr


@posix
def test_program_that_may_not_be_executed(processes: Processes, tmp_path: Path) -> None:
    """A file without the right to execute, and a folder, are answers too."""
    (tmp_path / "file").write_text("#!/bin/sh\n")
    for name in ("file", "."):
        done = processes.run([str(tmp_path / name)], env={}, cwd=tmp_path, timeout=5)
        assert done.ending is Ending.NOT_STARTED
        assert "PermissionError" in done.stderr


@posix
def test_file_that_is_no_program(processes: Processes, tmp_path: Path) -> None:
    """An executable file of another system is an answer."""
    (tmp_path / "file").write_bytes(b"\x00\x01\x02")
    (tmp_path / "file").chmod(0o755)
    assert (
        processes.run([str(tmp_path / "file")], env={}, cwd=tmp_path, timeout=5).ending
        is Ending.NOT_STARTED
    )


@pytest.mark.parametrize(
    ("word", "variables"),
    [
        ("a\0b", {}),
        ("a", {"NAME": "a\0b"}),
        pytest.param("\ud800", {}, marks=posix),
        pytest.param("a", {"NAME=x": "1"}, marks=posix),
    ],
)
def test_words_that_no_program_can_be_given(
    word: str, variables: dict[str, str], processes: Processes, tmp_path: Path
) -> None:
    """A kernel.json may have them: to run it is an answer, to start it raises what a program raises that
    is not there.
    """
    words = [sys.executable, word]
    done = processes.run(words, env=variables, cwd=tmp_path, timeout=5)
    assert done.ending is Ending.NOT_STARTED and done.stderr
    with pytest.raises(OSError):
        processes.start(words, env=variables, cwd=tmp_path)


@posix
def test_death_by_signal(python: RunPython) -> None:
    """A program that dies by a signal has its negative number as code."""
    assert python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)").code == -11


@posix
def test_program_that_ignores_polite_signals(python: RunPython, watchdog: Watchdog) -> None:
    """Ignoring SIGTERM and SIGINT does not help: the end is a kill."""
    source = f"import signal; [signal.signal(n, signal.SIG_IGN) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]; {FOR_EVER}"
    assert python(source, timeout=1).ending is Ending.TIMED_OUT
    assert marked(watchdog.mark) == []


def test_nothing_starts_after_the_end(processes: Processes, tmp_path: Path) -> None:
    """A check that is late cannot start a program in a run that is over."""
    processes.close()
    done = processes.run([sys.executable, "-c", "1"], env={}, cwd=tmp_path, timeout=5)
    assert done.ending is Ending.NOT_STARTED


def test_running_program(processes: Processes, watchdog: Watchdog, tmp_path: Path) -> None:
    """A program that goes on can be watched, and ended twice."""
    running = processes.start(
        [sys.executable, "-c", f"print('up', flush=True); {FOR_EVER}"],
        env=dict(os.environ),
        cwd=tmp_path,
    )
    assert running.code is None
    assert not running.wait(0.1)
    running.end()
    running.end()
    assert running.code is not None
    assert marked(watchdog.mark) == []


def test_work_of_the_processor(processes: Processes, tmp_path: Path) -> None:
    """What a program and its children use is counted; of one that has ended it is not known."""
    source = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {'while True: pass'!r}])"
    )
    running = processes.start([sys.executable, "-c", source], env=dict(os.environ), cwd=tmp_path)
    deadline = time.monotonic() + within(60)
    while (running.work or Work(0.0)).processor < 0.5 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (running.work or Work(0.0)).processor >= 0.5
    running.end()
    assert running.work is None


@posix
def test_no_open_files_are_left(python: RunPython) -> None:
    """Ten programs later we hold no more open files than before."""
    python("1")
    before = psutil.Process().num_fds()
    for _ in range(10):
        python("1")
    assert psutil.Process().num_fds() <= before
