"""How a program is installed here: a line of this system's manager, or a page; never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, on

from envcheck import Tell
from envcheck_checks.course_file.programs import get


@pytest.mark.parametrize(
    ("command", "versions", "manager", "words"),
    [
        ("git", "", "apt", "sudo apt install git"),
        ("git", ">=2.40", "apt", "Install git >=2.40 from https://git-scm.com/downloads."),
        ("git", "", "", "Install git from https://git-scm.com/downloads."),
        ("java", ">=17", "apt", "Install java >=17 from https://adoptium.net."),
        ("frobnicate", "", "apt", "Install frobnicate, as the course says."),
    ],
)
def test_get(tmp_path: Path, command: str, versions: str, manager: str, words: str) -> None:
    env = on("linux", tmp_path)
    if manager:
        command_at(tmp_path / "bin" / manager)
    first = get(env, command, versions).steps[0]
    assert isinstance(first, Tell)
    assert words in first.text
