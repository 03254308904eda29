"""Cells that were ready a short while ago."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from tests.unit.engine.rehearsal.matrices import MIXED, NEWER, OLDER, ready

from envcheck.rehearsal.kept import HOURS, Kept, settings


def test_only_what_was_ready_is_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "cells", ("1.0", "digest"))
    for cell in (replace(cell, kept=False) for cell in MIXED.cells):
        kept.keep(cell)
    again = kept.cell(OLDER, "week1")
    assert again == ready(OLDER, "week1", kept=True)
    assert kept.cell(OLDER, "week2") is None
    assert kept.cell(NEWER, "week1") is None


def test_of_another_course_or_another_day(tmp_path: Path) -> None:
    kept = Kept(tmp_path, ("1.0", "digest"))
    kept.keep(ready(OLDER, "week1"))
    assert Kept(tmp_path, ("1.0", "other")).cell(OLDER, "week1") is None
    (file,) = tmp_path.iterdir()
    old = time.time() - HOURS * 3600 - 10
    os.utime(file, (old, old))
    assert kept.cell(OLDER, "week1") is None
    kept.keep(ready(OLDER, "week2"))
    assert [path != file for path in tmp_path.iterdir()] == [True]  # the old one is gone


def test_a_file_of_another_shape_is_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path, ())
    kept.keep(ready(OLDER, "week1"))
    (file,) = tmp_path.iterdir()
    for text in ("", "[]", '{"seconds": "4"}', "\x00"):
        file.write_text(text)
        assert kept.cell(OLDER, "week1") is None


def test_without_a_folder() -> None:
    kept = Kept(None, ())
    kept.keep(ready(OLDER, "week1"))
    assert kept.cell(OLDER, "week1") is None


def test_settings_of_the_installers_decide() -> None:
    assert settings({"PIP_INDEX_URL": "a", "HOME": "/h", "UV_OFFLINE": "1"}) == (
        "PIP_INDEX_URL=a",
        "UV_OFFLINE=1",
    )
