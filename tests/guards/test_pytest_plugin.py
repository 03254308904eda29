"""The plug-in and envcheck are released together."""

from __future__ import annotations

from pathlib import Path

import tomlkit

import envcheck

PLUGIN = Path(__file__).parents[2] / "pytest-plugin"


def test_the_versions_are_the_same() -> None:
    """The one in pytest-plugin/pyproject.toml is envcheck's."""
    file = tomlkit.parse((PLUGIN / "pyproject.toml").read_text(encoding="utf-8"))
    assert file["project"]["version"] == envcheck.__version__, (
        f"write version = {envcheck.__version__!r} into pytest-plugin/pyproject.toml"
    )
