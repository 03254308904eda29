"""Where a described Windows has Jupyter's folders, and matplotlib's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck_checks.interference import private_folders
from envcheck_checks.jupyter import settings
from envcheck_checks.notebook.folders import data_folder


def test_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without APPDATA it is a folder of the settings' (jupyter_core's paths.py)."""
    monkeypatch.setattr(sys, "platform", "win32")
    roaming = data_folder._data_folder(on("win32", tmp_path, APPDATA=str(tmp_path / "Roaming")))
    assert roaming == tmp_path / "Roaming" / "jupyter"
    assert data_folder._data_folder(on("win32", tmp_path)) == tmp_path / "home/.jupyter/data"


def test_everybodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jupyters before jupyter_core 5.8.1 read them; whether one's own does is Jupyter's to say."""
    monkeypatch.setattr(sys, "platform", "win32")
    env = on("win32", tmp_path, PROGRAMDATA=str(tmp_path / "ProgramData"))
    assert tmp_path / "ProgramData/jupyter" in list(settings._places(env))


def test_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since 3.11 in LOCALAPPDATA, for who has no `.matplotlib` in the home (matplotlib#30975): a
    broken matplotlibrc there would not be met by our copy.
    """
    monkeypatch.setattr(sys, "platform", "win32")
    home, local = tmp_path / "home", tmp_path / "Local"
    env = on("win32", tmp_path, LOCALAPPDATA=str(local))
    assert private_folders.matplotlib_settings(env, home) == [local / "matplotlib"]
    assert private_folders.matplotlib_caches(env, home) == [local / "matplotlib"]
    assert private_folders.matplotlib_settings(on("win32", tmp_path), home) == [
        home / ".matplotlib"
    ]
    (home / ".matplotlib").mkdir(parents=True)
    assert private_folders.matplotlib_settings(env, home) == [home / ".matplotlib"]
