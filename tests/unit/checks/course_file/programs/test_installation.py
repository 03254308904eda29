"""How a program is installed here: a line of this system's manager, or a page; never a guess."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, on, python_at

from envcheck import Tell
from envcheck_checks.course_file.programs.installation import get, path_of


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


@pytest.mark.parametrize("kind", ["venv", "uv", "virtualenv", "system", "conda-env"])
def test_a_command_of_the_courses_environment(tmp_path: Path, kind: str) -> None:
    """What is met when it is active counts; it alone, where PATH has none."""
    place = tmp_path / "venv"
    folder = place / ("bin" if kind == "conda-env" else "Scripts")
    own, other = command_at(folder / "tool"), tmp_path / "bin/tool"
    python = python_at(place, kind=kind)
    active = on("linux", tmp_path, python)
    located = replace(active.located, inactive=str(place))
    inactive = on("linux", tmp_path, python, located=located)
    assert path_of(active, "tool") == path_of(inactive, "tool") == str(folder / "tool") == str(own)
    command_at(other)
    assert path_of(active, "tool") == str(other)
    assert path_of(inactive, "tool") == str(own)
    assert path_of(inactive, "other") == ""
