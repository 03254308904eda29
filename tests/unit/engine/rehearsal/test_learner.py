"""The variables of somebody who has just cloned the course, on the author's machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from envcheck.rehearsal.learner import PROGRAMS, examining, installing


def variables(folder: Path, **more: str) -> dict[str, str]:
    """For a chapter, of an author whose home is in this folder."""
    authors = {"HOME": str(folder / "author"), "PATH": "/usr/bin:/bin", **more}
    return examining(authors, folder / "t", folder / "home", folder / ".venv/bin/python")


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with shell scripts")
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_command_that_a_manager_keeps_in_the_author_s_home(tmp_path: Path, name: str) -> None:
    """Its shim finds the program by the home or by a variable, and would not be there in an empty home."""
    kept = tmp_path / "author" / PROGRAMS[name]
    for file in (kept / "versions/tool", kept / "shims/tool"):
        file.parent.mkdir(parents=True)
        file.write_text("#!/bin/sh\necho 17\n")
        file.chmod(0o755)
    (kept / "shims/tool").write_text(
        f'#!/bin/sh\nexec "${{{name}:-$HOME/{PROGRAMS[name]}}}/versions/tool"\n'
    )
    argv = [kept / "shims/tool"]
    (tmp_path / "home").mkdir()
    done = subprocess.run(argv, env=variables(tmp_path), capture_output=True, text=True, check=True)
    assert done.stdout == "17\n"


def test_what_the_author_has_said_counts(tmp_path: Path) -> None:
    (tmp_path / "author/.pyenv").mkdir(parents=True)
    assert variables(tmp_path, PYENV_ROOT="/opt/pyenv")["PYENV_ROOT"] == "/opt/pyenv"


def test_nothing_else_of_the_author_s(tmp_path: Path) -> None:
    """No environment, no settings of Jupyter, no secrets that lie in the home."""
    for folder in (".kaggle", ".aws", ".jupyter", ".pyenv"):
        (tmp_path / "author" / folder).mkdir(parents=True)
    made = variables(tmp_path, PYTHONPATH="/x", CONDA_PREFIX="/c", JUPYTER_PATH="/j")
    leading = {name for name, value in made.items() if str(tmp_path / "author") in value}
    assert leading == {"PYENV_ROOT"}
    assert not {"PYTHONPATH", "CONDA_PREFIX", "JUPYTER_PATH"} & {*made}
    assert made["HOME"] == str(tmp_path / "home")
    assert made["PATH"].startswith(str(tmp_path / ".venv/bin"))


def test_nobody_is_asked_for_a_password(tmp_path: Path) -> None:
    made = installing({}, tmp_path)
    assert (made["PIP_NO_INPUT"], made["GIT_TERMINAL_PROMPT"]) == ("1", "0")
