"""A class with a server from a clone: what is missing is named with lines, which are pasted."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from tests.bootstrap.machine import BASE, checkout
from tests.reach.newcomer import Newcomer, quoted

pytestmark = [
    pytest.mark.slow,
    pytest.mark.whole,
    pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: lines of its shells"),
]


def test_the_lines_that_are_printed_install_it(tmp_path: Path, index: str) -> None:
    """run-envcheck.py keeps no pip in its environment, and makes it anew: another one is made."""
    script = checkout(tmp_path / "a clone")
    instructor = Newcomer(tmp_path / "instructor", index, [BASE.parent])
    missing = instructor.types(f"python3 {quoted(script)} class list")
    assert missing.code == 2, missing
    *install, last = re.findall(r"^    (.*)$", missing.err, re.MULTILINE)
    for line in install:
        said = instructor.types(line)
        assert said.code == 0, (line, said)
    assert last.endswith(" class demo")
    said = instructor.types(last.replace(" demo", " list"))
    assert (said.code, said.out) == (0, "No class is kept here.\n"), said
