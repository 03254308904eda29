"""A text with Python is a lesson where it goes on with what the notebooks began."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.dividing.lessons import followed
from envcheck.adopt.judging.telling import Told, as_json, as_text
from envcheck.adopt.reading.sources import LESSON, NOTEBOOK, Source

WEEKS = [f"week{n}/a.ipynb" for n in range(1, 6)]
FILES = ["nb/01-a.ipynb", "nb/02-b.ipynb"]


def prose(*names: str) -> list[str]:
    kinds = {name: LESSON if name.endswith(".md") else NOTEBOOK for name in names}
    kept, away = followed([Source(*each) for each in kinds.items()])
    assert sorted(source.name for source in (*kept, *away)) == sorted(names)
    return [source.name for source in away]


@pytest.mark.parametrize(
    ("books", "lesson", "is_prose"),
    [
        (WEEKS, "week6/l.md", False),
        (WEEKS, "Week7/parts/l.md", False),
        (FILES, "nb/03-c.md", False),
        ([f"nb/{name}" for name in WEEKS], "nb/week6/l.md", False),
        (WEEKS, "week5/notes.md", True),
        (WEEKS, "week5-notes/l.md", True),
        (WEEKS, "session6/l.md", True),
        (WEEKS, "other/week6/l.md", True),
        (FILES, "nb/02-b.md", True),
        (FILES, "about.md", True),
    ],
)
def test_beside_notebooks(books: list[str], lesson: str, is_prose: bool) -> None:
    assert prose(*books, lesson) == ([lesson] if is_prose else [])


def test_lessons_that_are_many_are_the_course() -> None:
    assert prose("a.ipynb", "b.md", "c.md", "d.md") == []
    assert prose("a.ipynb", "b.md", "c.md") == ["b.md", "c.md"]


def test_all_weeks_are_read_and_prose_is_told(tmp_path: Path) -> None:
    files = {name: notebook("import numpy") for name in WEEKS}
    files |= {f"week{n}/l.md": "```python\nimport torch\n```\n" for n in range(6, 12)}
    reading = of(tmp_path, files | {"about.md": "```python\nimport flask\n```\n"})
    assert len(reading.parts) == 11
    assert [need.distribution for need in reading.needs] == ["numpy", "torch"]
    told = Told(reading, "", "week1")
    assert "5 notebooks, 6 lessons, 1 text taken for prose" in as_text(told)
    assert '"prose": [\n  "about.md"\n ]' in as_json(told)
