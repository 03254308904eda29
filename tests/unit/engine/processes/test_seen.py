"""The real command on hosts that show little or have no room: a verdict, or exit code 3 with its
cause, and a report in either case.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's"),
]
APART = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
ENVCHECK = (sys.executable, "-I", "-X", "utf8", "-m", "envcheck", "good", "--course", "c.py")
COURSE = """
import sys
from envcheck import Chapter, Course, check, ok, unknown
from envcheck.target.interpreter import target

@check("runs")
def runs(env):
    "A program runs, is ended with what it started, and gives its answer"
    done = env.run([env.located.command[0], "-c", "print(6 * 7)"], timeout=20)
    late = env.start(["sh", "-c", "sleep 60"])
    late.end()
    return ok("it works") if done.ok and late.code else unknown(f"{done}, {late.code}")

COURSE = Course("c", "A course", [Chapter("good", "Good", [runs])])
"""


def report_of(folder: Path, first: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON report of a run in mounts of its own, after a line of shell."""
    (folder / "c.py").write_text(COURSE)
    if subprocess.run([*APART, first], cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no namespaces (unshare)")
    line = f'{first} && exec "$@" --format json'
    done = subprocess.run(
        [*APART, line, "sh", *ENVCHECK],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["exit_code"] == done.returncode
    return done.returncode, report


@pytest.mark.parametrize("first", ["umount -l /proc", "mount -t tmpfs none /proc"])
def test_no_proc(first: str, tmp_path: Path) -> None:
    """Nothing is seen of any process, and the verdict is the same."""
    if subprocess.run([*APART, first], capture_output=True, check=False).returncode:
        first = "mount -t tmpfs none /proc"
    code, report = report_of(tmp_path, first)
    assert (code, report["verdict"]) == (0, "ready"), report["checks"]


@pytest.mark.parametrize("left", ["", "touch /dev/null; mount -o remount,ro /dev &&"])
def test_no_null_device(left: str, tmp_path: Path) -> None:
    """A root folder without a /dev, or with a /dev/null that cannot be opened for writing: programs
    are given an empty pipe, and what is printed beside the report goes to one that nobody reads.
    """
    first = f"mount -t tmpfs none /dev && {left} true"
    code, report = report_of(tmp_path, first)
    assert (code, report["verdict"]) == (0, "ready"), report["checks"]


def test_no_room_for_files_of_our_own(tmp_path: Path) -> None:
    """Nowhere can a folder be made: that is the cause, in a report like any other."""
    if Path("/tmp") in Path(sys.prefix).resolve().parents:
        pytest.skip("only on a checkout outside of /tmp, which is taken away here")
    cache = Path(sys.prefix, "var", "envcheck")
    full = "mount -t tmpfs -o nr_inodes=1 none"
    first = (
        "mount -t tmpfs -o nr_inodes=2 none /dev/shm && cp c.py /dev/shm && cd /dev/shm"
        f" && mkdir -p {cache} && for place in {cache} /var/tmp /tmp; do {full} $place; done"
    )
    code, report = report_of(tmp_path, first)
    (check,) = report["checks"]
    assert (code, check["status"]) == (3, "error")
    assert "no folder for its temporary files" in check["summary"]
