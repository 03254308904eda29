"""Where uv keeps a person's settings, on Windows and elsewhere."""

from __future__ import annotations

import os
from typing import Any

import pytest

from bootstrap import indexes as _indexes

indexes: Any = _indexes  # Python 2 reads it too: no types


def test_settings_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's, then the person's, which have the last word."""
    monkeypatch.setattr(indexes, "WINDOWS", True)
    told = {"APPDATA": r"C:\Users\zoe\AppData\Roaming", "PROGRAMDATA": r"C:\ProgramData"}
    places = [os.path.join(told[name], "uv", "uv.toml") for name in ("PROGRAMDATA", "APPDATA")]  # noqa: PTH118
    assert indexes.uv_files({**told, "XDG_CONFIG_HOME": "/elsewhere"}) == places


def test_settings_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "WINDOWS", False)
    told = {"XDG_CONFIG_HOME": "/home/zoe/own", "APPDATA": "/elsewhere"}
    assert indexes.uv_files({**told, "UV_CONFIG_FILE": "/told/uv.toml"}) == [
        "/etc/uv/uv.toml",
        "/etc/xdg/uv/uv.toml",
        "/home/zoe/own/uv/uv.toml",
        "/told/uv.toml",
    ]
