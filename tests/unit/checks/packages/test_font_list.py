"""What keeps matplotlib from keeping its list of fonts, and what does not."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, file_at, on, python_at

from envcheck import Rename
from envcheck_checks.packages import font_list

CACHE = "home/.cache/matplotlib"
LIST = "fontlist-v390.json"
LOCK = f"{LIST}.matplotlib-lock"
LONG_AGO = (1_700_000_000, 1_700_000_000)


def said(tmp_path: Path, number: str = "'390'") -> list[Path]:
    """What is moved aside."""
    source = f"class FontManager:\n    __version__ = {number}\n"
    file_at(tmp_path / "venv/site/matplotlib/font_manager.py", source)
    python = python_at(tmp_path / "venv", {**WHOLE, "matplotlib": "3.11.2"})
    told = font_list.warnings(on("linux", tmp_path, python), [tmp_path / CACHE])
    steps = [step for one in told for fix in one.fixes for step in fix.steps]
    return [Path(step.source) for step in steps if isinstance(step, Rename)]


@pytest.mark.parametrize("number", ["'390'", "390"])
def test_a_lock_that_nobody_holds(tmp_path: Path, number: str) -> None:
    """One that is new is held; beside a list nobody asks for it, nor for one of another version."""
    assert said(tmp_path, number) == []
    lock = file_at(tmp_path / CACHE / LOCK)
    os.utime(lock, (time.time() - 300,) * 2)
    assert said(tmp_path, number) == []
    os.utime(lock, LONG_AGO)
    assert said(tmp_path, number) == [lock]
    assert said(tmp_path, "'3.11.0'") == []
    file_at(tmp_path / CACHE / LIST, "{}")
    assert said(tmp_path, number) == []


def test_a_folder_where_the_list_belongs(tmp_path: Path) -> None:
    (tmp_path / CACHE / LIST).mkdir(parents=True)
    assert said(tmp_path) == [tmp_path / CACHE / LIST]


def test_a_matplotlib_without_a_number(tmp_path: Path) -> None:
    os.utime(file_at(tmp_path / CACHE / LOCK), LONG_AGO)
    assert said(tmp_path, "unknown()") == []
