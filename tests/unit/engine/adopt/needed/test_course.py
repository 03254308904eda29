"""Reading a course takes as long as the course is large."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import read
from envcheck.adopt.reading import tree
from envcheck.adopt.reading.sources import NOTEBOOK, Source
from envcheck.adopt.reading.text_notebooks import lesson
from envcheck.adopt.writing.outside import surprising
from envcheck.errors import UsageProblem

MODULES = [f"module{n}" for n in range(12)]
BOOK = notebook("\n".join(f"import {name}" for name in MODULES))
LIST = "".join(f"{name}\n" for name in MODULES)


def calls(work: Callable[[], Any]) -> int:
    """How many calls this makes: the same on every machine, however busy."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def grows_by(work: Callable[[int], Callable[[], Any]], small: int) -> float:
    """How many times as much is done for four times as much."""
    work(2)()  # what is loaded once
    return calls(work(4 * small)) / calls(work(small))


def test_lists_of_chapters(tmp_path: Path) -> None:
    def work(folders: int) -> Callable[[], Any]:
        files = {f"c{n}/{book}.ipynb": BOOK for n in range(folders) for book in "ab"}
        files |= {f"c{n}/requirements.txt": LIST for n in range(folders)}
        root = course(tmp_path / str(folders), files)
        return lambda: read(root)

    assert grows_by(work, 10) < 4.4


def test_notebooks_outside() -> None:
    def work(books: int) -> Callable[[], Any]:
        reading = type("R", (), {})()
        reading.taken = [Source(f"c{n}/a.ipynb", NOTEBOOK) for n in range(books)]
        away = [Source(f"d{n}/a.ipynb", NOTEBOOK) for n in range(books)]
        reading.sources, reading.unreadable, reading.settled = away, (), frozenset()
        return lambda: [*surprising(reading)]

    assert grows_by(work, 50) < 4.4


def test_fences_that_are_never_closed() -> None:
    def work(times: int) -> Callable[[], Any]:
        text = ":::{.note}\n" * times
        return lambda: lesson("a.md", text)

    assert grows_by(work, 100) < 4.4


def test_a_fence_before_many_blanks() -> None:
    """A minute, where each end of the word is tried."""
    book = lesson("a.md", "```python" + " \t" * 100_000 + "x\nimport torch\n```\n")
    assert [cell.text for cell in book.cells] == ["import torch"]


def test_files_that_were_not_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And `--check` of what is known in part alone is not "the same"."""
    monkeypatch.setattr(tree, "MOST_FILES", 2)
    reading = of(tmp_path, {"a.ipynb": BOOK, "b.ipynb": BOOK, "data/c.csv": ""})
    assert [(row.name, row.is_sound) for row in reading.unreadable] == [("data/c.csv", False)]
    assert "data/c.csv:1  the course's folder holds more files than are read" in "\n".join(
        str(stone) for stone in stumbles(reading)
    )
    monkeypatch.setattr(tree, "MOST_FILES", 0)
    with pytest.raises(UsageProblem, match="more files than are read"):
        of(tmp_path, {})
