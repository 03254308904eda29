"""Where a described Windows has Jupyter's folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck_checks.jupyter import settings
from envcheck_checks.notebook import server


def test_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without APPDATA it is a folder of the settings' (jupyter_core's paths.py)."""
    monkeypatch.setattr(sys, "platform", "win32")
    roaming = server._data_folder(on("win32", tmp_path, APPDATA=str(tmp_path / "Roaming")))
    assert roaming == tmp_path / "Roaming" / "jupyter"
    assert server._data_folder(on("win32", tmp_path)) == tmp_path / "home/.jupyter/data"


def test_everybodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jupyters before jupyter_core 5.8.1 read them; whether one's own does is Jupyter's to say."""
    monkeypatch.setattr(sys, "platform", "win32")
    env = on("win32", tmp_path, PROGRAMDATA=str(tmp_path / "ProgramData"))
    assert tmp_path / "ProgramData/jupyter" in list(settings._places(env))
