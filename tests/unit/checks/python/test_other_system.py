"""An environment of another system in the course's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, diagnosed, file_at, on

from envcheck import Confidence, Diagnosis, Fix, Rename
from envcheck.environment import Located
from envcheck.fixes.advice import tell
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck_checks.python import does_not_run, other_system
from envcheck_checks.python.replacement import Wanted

WANTED = Wanted(">=3.9")
OWN = {"win32": "Scripts/python.exe", "linux": "bin/python", "darwin": "bin/python"}


def said(system: str, folder: Path) -> Diagnosis:
    """Of an environment whose Python is not where this system looks."""
    command = str(folder / ".venv" / OWN[system])
    ended = Finished((command,), Ending.NOT_STARTED, None, "", "FileNotFoundError", 0.0)
    dead = Unusable(Trouble.MISSING, (command,), ended)
    env = on(system, folder, located=Located((command,), ".venv in this folder"))
    return diagnosed(does_not_run.diagnose(env, dead, WANTED))


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fix:
    """What makes an environment in the place of the one that is there."""
    aside = Rename(str(tmp_path / ".venv"), str(tmp_path / ".venv.envcheck-backup-1"))
    fixes = (Fix("make one", (aside,), Confidence.SURE), tell("install a Python", "From there."))
    monkeypatch.setattr(other_system, "instead", lambda *_: fixes)
    return fixes[0]


@pytest.mark.parametrize(
    ("system", "theirs", "where"),
    [
        ("linux", "Scripts/python.exe", "Windows"),
        ("darwin", "Scripts/python.exe", "Windows"),
        ("win32", "bin/python", "Linux or macOS"),
    ],
)
def test_it_is_named_and_left_to_a_person(
    tmp_path: Path, moved: Fix, system: str, theirs: str, where: str
) -> None:
    """In WSL it may be in use: the folder is Windows' too."""
    file_at(tmp_path / ".venv/pyvenv.cfg", "home = /somewhere\n")
    command_at(tmp_path / ".venv" / theirs)
    found = said(system, tmp_path)
    assert found.code == "python-environment-broken"
    assert f"was made on {where}" in found.summary
    assert found.fixes[0].confidence is Confidence.ASK
    assert found.fixes[0].steps == moved.steps


def test_a_link_of_a_mac_that_windows_cannot_follow(tmp_path: Path, moved: Fix) -> None:
    """A Mac's `bin/python` leads to a place that Windows does not have."""
    file_at(tmp_path / ".venv/pyvenv.cfg")
    (tmp_path / ".venv/bin").mkdir()
    (tmp_path / ".venv/bin/python").symlink_to("/opt/homebrew/bin/python3.13")
    assert said("win32", tmp_path).code == "python-environment-broken"


@pytest.mark.parametrize("files", [[], ["pyvenv.cfg"], ["Scripts/python.exe"]])
def test_what_is_no_environment_of_another_system(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        command_at(tmp_path / ".venv" / name)
    assert said("linux", tmp_path).code == "python-not-found"
