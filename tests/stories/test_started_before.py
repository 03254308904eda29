"""A run of the stories is the command's own, whichever way it was started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.stories import started_before
from tests.stories.machine import ENVCHECK, KEEPS_FIRST_REPORT, Machine
from tests.stories.started_before import nothing_is_read_at_the_start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: its namespaces")
TELLS_ALL = """
import json, locale, os, signal, sys, threading, time
from envcheck import Chapter, Course, check, fail

@check("tells", proves="what a check sees of the process that it runs in")
def tells(env):
    '''It tells'''
    signals = {one.name: str(signal.getsignal(one)) for one in signal.valid_signals() if isinstance(one, signal.Signals)}
    shown = [sorted(os.environ.items()), sorted(env.variables.items()), os.getcwd(), sys.argv, sys.orig_argv, sys.path]
    shown += [str(sys.flags), sys.executable, locale.setlocale(locale.LC_ALL, None), time.tzname]
    shown += [[one.encoding, one.line_buffering] for one in (sys.__stdout__, sys.__stderr__)]
    shown += [signals, os.read(0, 1).decode(), os.umask(0o22), threading.active_count() > 1]
    return fail("told", "told", found=json.dumps(shown))

COURSE = Course("c", "C", [Chapter("w", "W", [tells])])
"""


@pytest.fixture
def learner(tmp_path: Path) -> Machine:
    root = tmp_path / "m"
    for name in ("home", "work"):
        (root / name).mkdir(parents=True)
    (root / "course.py").write_text(TELLS_ALL)
    return Machine(root, Path(sys.executable), variables={"MINE": "ä=\n'"})


def both(learner: Machine, *words: str) -> list[subprocess.CompletedProcess[str]]:
    """By the launcher, and in a process that was there before."""
    assert nothing_is_read_at_the_start(learner.environ, learner.work)
    return [learner.run(*words, launcher=ENVCHECK), learner.run(*words)]


def test_a_check_sees_the_same(learner: Machine) -> None:
    """Variables, words, folder, locale, streams and signals."""
    words = ("w", "--course", str(learner.root / "course.py"), "--format", "json")
    one, other = (json.loads(done.stdout) for done in both(learner, *words))
    found = [report["diagnoses"][0]["evidence"]["found"] for report in (one, other)]
    assert found[0] == found[1]
    assert "MINE" in found[0]
    for report in (one, other):
        report.update(started="", seconds=0, checks=[])
    assert one == other


@pytest.mark.parametrize(
    ("words", "code"), [(("--version",), 0), (("chapter99",), 2), (("explain", "kernel-died"), 0)]
)
def test_it_ends_the_same(words: tuple[str, ...], code: int, learner: Machine) -> None:
    """Exit code, stdout and stderr."""
    one, other = both(learner, *words)
    assert one.returncode == code
    assert (one.returncode, one.stdout, one.stderr) == (
        other.returncode,
        other.stdout,
        other.stderr,
    )


def test_each_run_is_its_own(learner: Machine) -> None:
    """What one was given, the next one does not have."""
    words = ["w", "--course", str(learner.root / "course.py"), "--format", "json"]
    told = [learner.run(*words).stdout]
    learner.variables = {"OTHER": "1"}
    (learner.root / "other").mkdir()
    told.append(started_before.run(words, learner.environ, learner.root / "other", 60).stdout)
    assert ["MINE" in text for text in told] == [True, False]
    assert ["/m/other" in text for text in told] == [False, True]


def test_a_program_in_its_place(learner: Machine) -> None:
    """The one that keeps the first report."""
    file = learner.root / "first.json"
    learner.variables["ENVCHECK_STORY_REPORT"] = str(file)
    done = learner.run("w", "--course", str(learner.root / "course.py"), keeps_first=True)
    assert done.returncode == 1, done.stderr
    assert KEEPS_FIRST_REPORT.is_file() and json.loads(file.read_text())["exit_code"] == 1


def test_it_takes_no_longer_than_it_may(learner: Machine) -> None:
    """Then it is killed, and the next run is a run."""
    (learner.root / "slow.py").write_text(
        TELLS_ALL.replace("    signals =", "    import time; time.sleep(60)\n    signals =")
    )
    words = ["w", "--course", str(learner.root / "slow.py")]
    with pytest.raises(subprocess.TimeoutExpired):
        started_before.run(words, learner.environ, learner.work, 1.5)
    assert learner.run("--version").stdout.startswith("envcheck, version")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TZ", "Asia/Tokyo"),
        ("PYTHONPATH", "/x"),
        ("LD_PRELOAD", "x.so"),
        ("OPENSSL_CONF", "/x"),
        ("MALLOC_ARENA_MAX", "2"),
        ("PWD", "/elsewhere"),
    ],
)
def test_what_a_start_reads_starts_it(name: str, value: str, learner: Machine) -> None:
    """It is the command as it is installed that is asked then."""
    learner.variables[name] = value
    assert not nothing_is_read_at_the_start(learner.environ, learner.work)


@pytest.mark.parametrize("place", ["work/random.py", "work/numpy/__init__.py", "home/.local/lib/x"])
def test_what_a_start_might_find_starts_it(place: str, learner: Machine) -> None:
    """A module in the folder, or a user's own packages."""
    learner.write(place)
    assert not nothing_is_read_at_the_start(learner.environ, learner.work)
