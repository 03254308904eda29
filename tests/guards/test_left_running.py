"""No server that tests start outlives them."""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from tests.guards.source import ROOT
from tests.pace import within
from tests.unit.class_server.class_databases import programs

TESTS = """
import sys, tempfile, time
from pathlib import Path
from tests.unit.class_server.class_databases import postgresql
with postgresql(Path(sys.argv[1])) as address:
    print(address, flush=True)
    time.sleep(600)
"""


def servers(folder: Path) -> list[psutil.Process]:
    """Every process that names the folder, but those of the tests."""
    return [
        one
        for one in psutil.process_iter(["cmdline"])
        if str(folder) in " ".join(one.info["cmdline"] or ()) and one.info["cmdline"][-1] != "-"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with kill -9")
def test_a_server_ends_with_tests_that_are_killed() -> None:
    """kill -9 for all of their group, as a time limit does it."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL server here")
    folder = Path(tempfile.gettempdir(), f"pg-{secrets.token_hex(4)}")
    with subprocess.Popen(
        [sys.executable, "-c", TESTS, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as tests:
        assert tests.stdout is not None and b"postgresql://" in tests.stdout.readline()
        assert any("postgres" in one.name() for one in servers(folder))
        os.killpg(tests.pid, signal.SIGKILL)
    deadline = time.monotonic() + within(20)
    while servers(folder) or folder.exists():
        assert time.monotonic() < deadline, servers(folder)
        time.sleep(0.05)


def test_nobody_elses_programs_are_ended() -> None:
    """By a number that was written down, which is another program's soon after the end (see
    tests/stories/marked.py), or by a mark that other workers have too.
    """
    careless = re.compile(r"\b(?:Process|kill|killpg|kill_tree)\(int\(|\bWatchdog\(\"[^\"]*\"\)")
    hits = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tests").rglob("*.py")
        if careless.search(file.read_text(encoding="utf-8"))
    }
    assert hits == {
        "tests/unit/class_server/class_databases.py",  # a living server's own file
        "tests/unit/other_systems/test_windows_facts.py",  # starts and ends nothing
    }
