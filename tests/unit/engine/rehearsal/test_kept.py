"""Cells that were ready a short while ago."""

from __future__ import annotations

import os
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engine.rehearsal.matrices import MIXED, NEWER, OLDER, ready

from envcheck.course_file.asked import Asked
from envcheck.course_file.values import CourseChapter
from envcheck.rehearsal.kept import HOURS, Kept, lasts, settings

WEEKS = frozenset(("week1", "week2"))


def test_only_what_was_ready_is_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "cells", ("1.0", "digest"), WEEKS)
    for cell in (replace(cell, kept=False) for cell in MIXED.cells):
        kept.keep(cell)
    again = kept.cell(OLDER, "week1")
    assert again == ready(OLDER, "week1", kept=True)
    assert kept.cell(OLDER, "week2") is None
    assert kept.cell(NEWER, "week1") is None


def test_of_another_course_or_another_day(tmp_path: Path) -> None:
    kept = Kept(tmp_path, ("1.0", "digest"), WEEKS)
    kept.keep(ready(OLDER, "week1"))
    assert Kept(tmp_path, ("1.0", "other"), WEEKS).cell(OLDER, "week1") is None
    (file,) = tmp_path.iterdir()
    old = time.time() - HOURS * 3600 - 10
    os.utime(file, (old, old))
    assert kept.cell(OLDER, "week1") is None
    kept.keep(ready(OLDER, "week2"))
    assert [path != file for path in tmp_path.iterdir()] == [True]  # the old one is gone


def test_a_file_of_another_shape_is_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path, (), WEEKS)
    kept.keep(ready(OLDER, "week1"))
    (file,) = tmp_path.iterdir()
    for text in ("", "[]", '{"seconds": "4"}', "\x00"):
        file.write_text(text)
        assert kept.cell(OLDER, "week1") is None


def test_without_a_folder() -> None:
    kept = Kept(None, (), WEEKS)
    kept.keep(ready(OLDER, "week1"))
    assert kept.cell(OLDER, "week1") is None


def test_a_chapter_that_asks_something_of_the_machine(tmp_path: Path) -> None:
    kept = Kept(tmp_path, (), frozenset(("week2",)))
    kept.keep(ready(OLDER, "week1"))
    assert [*tmp_path.iterdir()] == []
    Kept(tmp_path, (), WEEKS).keep(ready(OLDER, "week1"))
    assert kept.cell(OLDER, "week1") is None


@pytest.mark.parametrize("name", [each.name for each in fields(Asked)])
def test_only_what_the_copy_has_in_it_lasts(name: str) -> None:
    """A key that is new is none of these before somebody has thought about it."""
    of_copy = ("requires", "python", "packages", "jupyter", "files", "hint", "only")
    something: dict[str, Any] = {name: ("something",)}
    asked = replace(Asked(packages=("six",)), **something)
    assert lasts(CourseChapter("week1", "", asked)) is (name in of_copy)


def test_variables_and_settings_of_the_installers_decide(tmp_path: Path) -> None:
    """Also the ones whose names nobody has thought of: a chapter may ask for any."""
    variables = {"PIP_INDEX_URL": "a", "HOME": str(tmp_path), "KEY": "x", "PATH": "/bin"}
    seen = {settings(variables)}
    for name in ("KEY", "PIP_INDEX_URL", "PATH"):
        seen.add(settings({**variables, name: "other"}))
        seen.add(settings({key: value for key, value in variables.items() if key != name}))
    assert len(seen) == 7
    before = settings(variables)
    for file in (".config/pip/pip.conf", ".pip/pip.conf", ".config/uv/uv.toml", ".condarc"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("index")
        after = settings(variables)
        assert after != before
        before = after
    named = tmp_path / "mine.ini"
    named.write_text("one")
    first = settings({**variables, "PIP_CONFIG_FILE": str(named)})
    named.write_text("other")
    assert settings({**variables, "PIP_CONFIG_FILE": str(named)}) != first
