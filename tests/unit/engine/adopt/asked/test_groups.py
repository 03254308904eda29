"""What an extra, a dependency group or a feature lists is asked for by its name, not copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.writing.new_file import text

BOOK = {"a.ipynb": notebook("import numpy, pandas")}
PROJECT = "[project]\nname = 'c'\nversion = '1'\ndependencies = ['numpy']\n"


@pytest.mark.parametrize(
    ("files", "requires"),
    [
        ({"pyproject.toml": f"{PROJECT}[project.optional-dependencies]\nnb = ['pandas']\n"}, '"pyproject.toml", "pyproject.toml[nb]"'),
        ({"pyproject.toml": f"{PROJECT}[dependency-groups]\nnb = ['pandas']\n"}, '"pyproject.toml", "pyproject.toml[nb]"'),
        ({"pyproject.toml": "[dependency-groups]\nnb = ['pandas', 'numpy']\n"}, '"pyproject.toml[nb]"'),
        ({"pyproject.toml": f"{PROJECT}[tool.uv]\ndev-dependencies = ['pandas']\n[dependency-groups]\ndev = ['ruff']\n"}, '"pyproject.toml"'),
        ({"setup.cfg": "[options]\ninstall_requires =\n  numpy\n[options.extras_require]\nnb =\n  pandas\n"}, '"setup.cfg", "setup.cfg[nb]"'),
        ({"pixi.toml": "[dependencies]\nnumpy = '*'\n[feature.nb.pypi-dependencies]\npandas = '*'\n"}, '"pixi.toml", "pixi.toml[nb]"'),
        ({"pixi.toml": "[dependencies]\nnumpy = '*'\n[feature.nb.dependencies]\npandas = '*'\n[environments]\ndefault = ['nb']\n"}, '"pixi.toml"'),
        ({"pixi.toml": "[dependencies]\nnumpy = '*'\n[target.linux-64.dependencies]\npandas = '*'\n"}, '"pixi.toml"'),
    ],
)  # fmt: skip
def test_asked_for_by_its_name(tmp_path: Path, files: dict[str, str], requires: str) -> None:
    reading = of(tmp_path, {**BOOK, **files})
    assert f"requires = [{requires}]" in text(reading)
    assert "packages" not in text(reading)
    assert stumbles(reading) == ()


@pytest.mark.parametrize("extras", ["nb = ['pandas']\nall = ['pandas']", "docs = ['pandas']"])
def test_where_nobody_knows_which(tmp_path: Path, extras: str) -> None:
    """In two of them, or in one for who makes the course."""
    project = f"{PROJECT}[project.optional-dependencies]\n{extras}\n"
    reading = of(tmp_path, {**BOOK, "pyproject.toml": project})
    assert 'requires = ["pyproject.toml"]' in text(reading)
    assert 'packages = ["pandas"]' in text(reading)
