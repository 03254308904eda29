"""Pythons that no terminal knows: each system's installers have places of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, command_at, on

from envcheck import UsePython
from envcheck.environment import Located
from envcheck.testing import interpreter
from envcheck_checks.python import off_path, replacement
from envcheck_checks.python.replacement import Wanted, instead

PLACES = {
    "darwin": "opt/homebrew/bin/python3",
    "win32": "Local/Programs/Python/Python313/python.exe",
    "linux": "home/.config/jupyterlab-desktop/jlab_server/bin/python3",
}


@pytest.mark.parametrize("name", PLACES)
def test_each_system_has_its_own_places(tmp_path: Path, name: str) -> None:
    for place in PLACES.values():
        command_at(tmp_path / place)
    env = on(name, tmp_path, LOCALAPPDATA=str(tmp_path / "Local"))
    assert off_path.pythons(env) == [str(tmp_path / PLACES[name])]


def test_the_newest_python_of_windows_is_first(tmp_path: Path) -> None:
    """By its letters `Python39` comes after `Python313`."""
    local, files = tmp_path / "Local", tmp_path / "Files"
    places = [
        *(
            command_at(local / f"Programs/Python/Python3{minor}/python.exe")
            for minor in (14, 13, 9)
        ),
        command_at(files / "Python312/python.exe"),
        command_at(local / "Python/pythoncore-3.14-64/python.exe"),
    ]
    env = on("win32", tmp_path, LOCALAPPDATA=str(local), PROGRAMFILES=str(files))
    assert off_path.pythons(env) == [str(place) for place in places]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("win32", "Roaming/jupyterlab-desktop/jlab_server/python.exe"),
        ("darwin", "home/Library/jupyterlab-desktop/jlab_server/bin/python3"),
        ("linux", "home/.config/jupyterlab-desktop/jlab_server/bin/python3"),
    ],
)
def test_jlab_is_all_that_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    """JupyterLab Desktop's Python is in no folder of PATH, where its `jlab` is: it is used, and
    nobody is told to install one.
    """
    jlab = command_at(tmp_path / "bin" / ("jlab.cmd" if name == "win32" else "jlab"))
    python = command_at(tmp_path / place)
    whole = replace(interpreter("3.12.4", WHOLE, kind="conda-env"), executable=str(python))
    asked = []

    def question(_env: object, command: tuple[str, ...]) -> object:
        asked.append(command[0])
        return whole

    monkeypatch.setattr(replacement, "question", question)
    gone = Located(("python3",), "the test")
    env = on(name, tmp_path, located=gone, APPDATA=str(tmp_path / "Roaming"))
    (fix,) = instead(env, Wanted(">=3.9", ("notebook", "numpy")))
    assert [step.python for step in fix.steps if isinstance(step, UsePython)] == [str(python)]
    assert asked == [str(python)]
    assert str(jlab) not in asked, "it opens a window"
