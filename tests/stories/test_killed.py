"""A run that is ended half-way: nothing of it is left five seconds later, and the machine is as it
was.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.pace import within
from tests.stories.machine import ENVCHECK, Machine
from tests.stories.marked import VARIABLE, marked, new_mark, running_with
from tests.variants import variants

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "how", variants([signal.SIGKILL, signal.SIGINT, signal.SIGTERM], [signal.SIGKILL])
)
@pytest.mark.parametrize("after", variants([0.1, 2.5], [2.5]))
def test_nothing_is_left_of_a_run_that_is_ended(
    machine: Machine, tmp_path: Path, how: signal.Signals, after: float
) -> None:
    """Killed while kernel and server run: no process, no temporary folder, no changed byte."""
    mark = new_mark()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    machine.variables.update(TMPDIR=str(temporary), **{VARIABLE: mark})
    before = machine.fingerprint()
    with (tmp_path / "out").open("wb") as out:
        run = subprocess.Popen(
            [*ENVCHECK, "chapter2", "--offline"],
            env=machine.environ,
            cwd=machine.work,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        # envcheck itself, its watchdog, and the first program that it questions
        while len(running_with(mark)) < 3 and run.poll() is None:
            time.sleep(0.02)
        time.sleep(after)
        run.send_signal(how)
        try:
            code = run.wait(within(15))
        finally:
            run.kill()
    assert code == (-signal.SIGKILL if how is signal.SIGKILL else 130)
    end = time.monotonic() + within(5)
    while time.monotonic() < end and (running_with(mark) or any(temporary.iterdir())):
        time.sleep(0.1)
    assert running_with(mark) == []
    assert list(temporary.iterdir()) == []
    assert machine.fingerprint() == before


def as_it_is(folder: Path) -> dict[str, tuple[int, int]]:
    """Names, modes and times; what goes while we look is not there."""
    found = {}
    for one in [folder, *folder.rglob("*")]:
        with contextlib.suppress(FileNotFoundError):
            found[str(one)] = (one.lstat().st_mode, one.lstat().st_mtime_ns)
    return found


@pytest.mark.parametrize(
    "hidden", variants([True, False], [False]), ids=["checkpoints of the learner's", "none"]
)
def test_nothing_is_left_of_a_notebook_that_was_being_saved(machine: Machine, hidden: bool) -> None:
    """Killed at random moments after our notebook came to lie in the learner's folder."""
    machine.write("work/notes.ipynb", "{}")
    if hidden:
        machine.write("work/.ipynb_checkpoints/notes-checkpoint.ipynb", "{}")
    before = as_it_is(machine.work)
    met = 0
    for number in range(5):
        with subprocess.Popen(
            [*ENVCHECK, "chapter2", "--offline", "--only", "notebook-launches"],
            env=machine.environ,
            cwd=machine.work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as run:
            while as_it_is(machine.work) == before and run.poll() is None:
                time.sleep(0.002)
            met += as_it_is(machine.work) != before
            time.sleep(0.02 * number)
            run.kill()
        end = time.monotonic() + within(5)
        while as_it_is(machine.work) != before and time.monotonic() < end:
            time.sleep(0.05)
        assert as_it_is(machine.work) == before
    assert met >= 3


@pytest.mark.whole
def test_a_fix_that_is_killed_while_pip_installs(machine: Machine, tmp_path: Path) -> None:
    """First the watchdog, a second later what it watches: nothing runs on, the record tells the
    truth, and `undo` takes back what was done.
    """
    machine.pip("uninstall", "-y", "seaborn", "pandas")
    before = set(machine.site.iterdir())
    mark, temporary = new_mark(), tmp_path / "tmp"
    temporary.mkdir()
    machine.variables.update(TMPDIR=str(temporary), **{VARIABLE: mark})
    out = tmp_path / "out"
    with (
        out.open("wb") as told,
        subprocess.Popen(
            [*ENVCHECK, "chapter2", "--quick", "--fix", "--yes"],
            env=machine.environ,
            cwd=machine.work,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        ) as run,
    ):
        while not (machine.site / "pandas").exists():
            assert run.poll() is None, out.read_text()
            time.sleep(0.02)
        for watchdog in watchdogs_of(mark):
            with contextlib.suppress(psutil.NoSuchProcess):
                watchdog.kill()
        time.sleep(1)
        run.kill()
    end = time.monotonic() + within(5)
    while time.monotonic() < end and (running_with(mark) or any(temporary.iterdir())):
        time.sleep(0.1)
    assert (running_with(mark), list(temporary.iterdir())) == ([], [])
    (record,) = machine.work.glob("envcheck-fix-*.json")
    assert json.loads(record.read_text())["begun"]
    undone = machine.run("undo", record.name, "--yes")
    assert undone.returncode == 0, undone.stdout + undone.stderr
    kept = {path for path in set(machine.site.iterdir()) - before if path.name != "__pycache__"}
    left = [path for path in kept if ".envcheck-backup-" not in path.name]
    assert left == [], [*left, *(below for path in left for below in path.rglob("*"))]


# The system's own temporary places are hidden, so that whatever appears there is of these runs; the
# machine itself, which lies below one of them, is put back at its place.
OWN_PLACES = """
set -e
mount -t tmpfs none /mnt && mkdir /mnt/machine && mount --bind "$0" /mnt/machine
for place in /tmp /var/tmp /dev/shm; do mount -t tmpfs none "$place"; done
mkdir -p "$0" && mount --bind /mnt/machine "$0" && cd "$0/work"
exec "$@"
"""


@pytest.mark.whole
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only on a Linux where root may be another"
)
def test_nothing_is_left_in_the_systems_own_temporary_places(machine: Machine) -> None:
    """--deep and --fix among them. ENVCHECK_TEST_ENDS says how many runs are ended."""
    if Path("/tmp") in Path(sys.prefix).resolve().parents:
        pytest.skip("only on a checkout outside of /tmp, which is hidden here")
    machine.remove("@site/seaborn*")
    machine.variables["ENVCHECK_STORY_SLOW"] = f"{within(1)}"
    count = os.environ.get("ENVCHECK_TEST_ENDS", "4")
    helper = str(Path(__file__).with_name("ended_at_random.py"))
    done = subprocess.run(
        [
            *(
                "unshare",
                "-m",
                "--propagation",
                "private",
                "sh",
                "-c",
                OWN_PLACES,
                str(machine.root),
            ),
            *(sys.executable, helper, count, "7", ENVCHECK[0]),
        ],
        env=machine.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def watchdogs_of(mark: str) -> list[psutil.Process]:
    """The run's watchdogs, of which one that is ended is followed by another."""
    found = []
    for process in marked(mark):
        with contextlib.suppress(psutil.Error):
            if "watchdog.py" in " ".join(process.cmdline()):
                found.append(process)
    return found
