"""Whatever is behind stdin, stdout and stderr, the command ends with an answer and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.variants import variants

from envcheck.reports import FORMATS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the shell's words are POSIX's"),
]
COMMAND = f"{sys.executable} -I -X utf8 -m envcheck"
full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device is always full here")
COURSE = """
from envcheck import Chapter, Course, check, fail, ok

@check("fine")
def fine(env):
    "Fine"
    return ok("it works")

@check("bad")
def bad(env):
    "Bad"
    return fail("bad-thing", "it is bad", found="this", wanted="that")

COURSE = Course("c", "A course", [Chapter("good", "Good", [fine]), Chapter("poor", "Poor", [bad])])
"""


def shell(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "c.py").write_text(COURSE)
    return subprocess.run(
        ["sh", "-c", words], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("chapter", "code"), [("good", 0), ("poor", 1)])
def test_closed_streams(closed: str, chapter: str, code: int, tmp_path: Path) -> None:
    """The verdict is the same where the caller closed a stream."""
    done = shell(f"{COMMAND} {chapter} --course c.py {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (code, "")


@full
@pytest.mark.parametrize("words", ["list", "where", "explain python-too-old", "--help"])
def test_full_disk_behind_other_commands(words: str, tmp_path: Path) -> None:
    """Every command says that its answer could not be written, in one line."""
    done = shell(f"{COMMAND} {words} > /dev/full", tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("envcheck: what it found could not be written to stdout: ")
    assert done.stderr.count("\n") == 1


@full
@pytest.mark.parametrize("format_", variants(sorted(FORMATS), ["json"]))
def test_full_disk_behind_a_report(format_: str, tmp_path: Path) -> None:
    """A report that is lost is not "ready"; what fails still fails."""
    words = f"--course c.py --format {format_} --report json=kept.json > /dev/full"
    lost = shell(f"{COMMAND} good {words}", tmp_path)
    assert lost.returncode == 3
    assert "could not be written" in lost.stderr
    assert "Traceback" not in lost.stderr
    assert (tmp_path / "kept.json").stat().st_size > 0
    assert shell(f"{COMMAND} poor {words}", tmp_path).returncode == 1


@full
def test_full_disk_behind_what_is_told(tmp_path: Path) -> None:
    """Progress and wrong usage that nobody can read change no exit code."""
    assert shell(f"{COMMAND} nosuch 2> /dev/full", tmp_path).returncode == 2
    assert shell(f"{COMMAND} good --course c.py 2> /dev/full", tmp_path).returncode == 0


LOGS = """
import asyncio, gc, logging
from envcheck import Chapter, Course, check, ok

async def fails():
    raise RuntimeError("of a library's own task")

async def forgets():
    asyncio.ensure_future(fails())
    await asyncio.sleep(0.01)
    gc.collect()

@check("logs")
def logs(env):
    "Logs"
    try:
        {}["x"]
    except KeyError:
        logging.getLogger("tornado.application").exception("Uncaught exception")
    asyncio.run(forgets())
    return ok("it works")

COURSE = Course("c", "A course", [Chapter("good", "Good", [logs])])
"""


def test_what_libraries_log(tmp_path: Path) -> None:
    """Neither tornado's tracebacks nor asyncio's come to the screen."""
    (tmp_path / "logs.py").write_text(LOGS)
    done = shell(f"{COMMAND} good --course logs.py", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
