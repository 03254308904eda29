"""Where programs keep their files on a Mac: matplotlib, Jupyter and envcheck's own file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from bootstrap import cache, constants, target
from envcheck_checks.interference import private_folders
from envcheck_checks.notebook.folders import data_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "darwin")
    return tmp_path / "home"


def test_matplotlib(home: Path, tmp_path: Path) -> None:
    """One folder for settings and list of fonts; XDG's variables say nothing there."""
    env = on("darwin", tmp_path, XDG_CONFIG_HOME="/x", XDG_CACHE_HOME="/x")
    assert private_folders.matplotlib_settings(env, home) == [home / ".matplotlib"]
    assert private_folders.matplotlib_caches(env, home) == [home / ".matplotlib"]


def test_jupyter(home: Path, tmp_path: Path) -> None:
    env = on("darwin", tmp_path, XDG_DATA_HOME="/x")
    assert data_folder._data_folder(env) == home / "Library" / "Jupyter"


def test_the_file_that_learners_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "home_folder", lambda: str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    folder: object = vars(cache)["cache_folder"]()
    assert folder == str(home / "Library" / "Caches" / "envcheck")


def test_what_a_framework_python_hands_on() -> None:
    """A Python that is started with it takes itself for the one that handed it on: both ways to start
    envcheck put it aside, with the same other variables.
    """
    script = Path(__file__).parents[3].joinpath("launcher/envcheck").read_text(encoding="utf-8")
    listed = re.search(r"^for name in (.*); do$", script, re.MULTILINE)
    assert listed is not None
    names: object = vars(constants)["SET_ASIDE"]
    assert tuple(listed[1].split()) == names
    assert "__PYVENV_LAUNCHER__" in listed[1]


def test_what_it_hands_on_reaches_no_other_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("__PYVENV_LAUNCHER__", "/Library/Frameworks/Python")
    variables: dict[str, str] = vars(target)["learner_variables"]()
    assert "__PYVENV_LAUNCHER__" not in variables
    assert variables["PATH"]
