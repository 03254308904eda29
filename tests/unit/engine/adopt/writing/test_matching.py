"""Whichever table is a chapter's own, no other chapter is written over it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook
from tests.unit.engine.adopt.writing.test_named_notebooks import Tables, merge

from envcheck.command.adopt import Wanted, adopt

CELL = notebook("import numpy")
HEAD = 'course = "a"\nrequires = ["requirements.txt"]\n'


def after(root: Path, own: str, *names: str) -> Tables:
    """The chapters of a course with these files, whose author wrote these tables."""
    course(root, {"requirements.txt": "numpy\n", **dict.fromkeys(names, CELL)})
    return merge(course(root, {"envcheck.toml": HEAD + own}) / "envcheck.toml")


SHIFTED = """
[chapter.ch01]
folder = "."
notebooks = ["00-setup.ipynb"]

[chapter.ch02]
title = "Basics"
folder = "."
notebooks = ["01-basics.ipynb"]
"""


def test_an_id_that_its_author_gave_to_another_chapter(tmp_path: Path) -> None:
    """A notebook that is new does not come into it, and has a chapter."""
    tables = after(tmp_path, SHIFTED, "00-setup.ipynb", "01-basics.ipynb", "02-more.ipynb")
    assert {id: table["notebooks"] for id, table in tables.items()} == {
        "ch01": ["00-setup.ipynb"],
        "ch02": ["01-basics.ipynb"],
        "ch02-2": ["02-more.ipynb"],
    }
    out = StringIO()
    assert adopt(Wanted(str(tmp_path), check=True), out) == 0
    assert "Next: envcheck ch01 " in out.getvalue()


def test_a_folder_of_another_name(tmp_path: Path) -> None:
    """While its folder is there, a chapter stays in it, whatever another one is called."""
    own = """
[chapter.b]
title = "hand title"
folder = "a"
notebooks = ["old.ipynb"]
commands = { git = ">=2" }

[chapter.other]
folder = "b"
"""
    tables = after(tmp_path, own, "a/new.ipynb", "b/x.ipynb")
    assert {id: table["folder"] for id, table in tables.items()} == {"b": "a", "other": "b"}
    assert tables["b"]["notebooks"] == ["new.ipynb"]


def test_a_part_of_a_folder(tmp_path: Path) -> None:
    """A table may stand for less than its chapter's folder."""
    own = '\n[chapter.ch1]\nfolder = "ch1/nb"\nnotebooks = ["old.ipynb"]\n'
    tables = after(tmp_path, own, "ch1/nb/new.ipynb", "ch2/x.ipynb")
    assert tables["ch1"] == {"folder": "ch1/nb", "notebooks": ["new.ipynb"]}


@pytest.mark.parametrize("file", ["02-more.md", "02-more.ipynb"])
def test_a_second_chapter_of_a_name(tmp_path: Path, file: str) -> None:
    """It is written once, also where no notebooks tell it."""
    text = "---\nkernelspec:\n  name: python3\n---\n```{code-cell}\nimport pandas\n```\n"
    course(tmp_path, {file: text if file.endswith("md") else CELL})
    tables = after(tmp_path, SHIFTED, "00-setup.ipynb", "01-basics.ipynb")
    assert [*tables] == ["ch01", "ch02", "ch02-2"]


def test_chapters_that_are_one(tmp_path: Path) -> None:
    """What is new of either comes into their table."""
    own = '\n[chapter.all]\nfolder = "."\nnotebooks = ["01-a.ipynb", "02-b.ipynb"]\n'
    names = ("01-a.ipynb", "01-more.ipynb", "02-b.ipynb", "02-more.ipynb")
    assert sorted(after(tmp_path, own.replace("all", "both"), *names)["both"]["notebooks"]) == [
        *names
    ]


def test_a_chapter_that_is_two(tmp_path: Path) -> None:
    """It is written no third time."""
    own = SHIFTED.replace("00-setup", "01-a").replace("01-basics", "01-b")
    tables = after(tmp_path, own, "01-a.ipynb", "01-b.ipynb", "01-c.ipynb", "02-d.ipynb")
    assert {id: table["notebooks"] for id, table in tables.items()} == {
        "ch01": ["01-a.ipynb", "01-c.ipynb"],
        "ch02": ["01-b.ipynb"],
        "ch02-2": ["02-d.ipynb"],
    }
