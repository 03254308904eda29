"""A course that is a book: its table of contents gives the order of the chapters and their titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.dividing.contents import Contents, contents
from envcheck.adopt.needed.course import read
from envcheck.adopt.reading.tree import tree

JUPYTER_BOOK = """\
format: jb-book
root: index
parts:
  - caption: Basics
    chapters:
      - file: book/zebra
        title: The first one
      - file: book/apple.ipynb
        sections:
          - file: book/mango
"""
OLD_JUPYTER_BOOK = """\
- file: index
- part: Basics
  chapters:
    - file: book/zebra
      title: The first one
    - file: book/apple
    - file: book/mango
"""
MYST = """\
version: 1
project:
  toc:
    - file: index.md
    - title: Basics
      children:
        - file: book/zebra.ipynb
          title: The first one
        - file: book/apple.ipynb
    - file: book/mango.ipynb
"""
QUARTO = """\
project: {type: book}
book:
  chapters:
    - index.qmd
    - part: "Basics"
      chapters:
        - href: book/zebra.ipynb
          text: The first one
        - book/apple.ipynb
  appendices:
    - book/mango.ipynb
"""


def book(root: Path, **more: str) -> Path:
    names = ("apple", "kiwi", "mango", "zebra")
    files = {f"book/{name}.ipynb": notebook("import numpy") for name in names}
    return course(root, {"requirements.txt": "numpy\n", **files, **more})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_toc.yml", JUPYTER_BOOK),
        ("_toc.yml", OLD_JUPYTER_BOOK),
        ("myst.yml", MYST),
        ("_quarto.yml", QUARTO),
    ],
)
def test_order_and_titles(tmp_path: Path, name: str, text: str) -> None:
    """What the table does not name comes last."""
    parts = read(book(tmp_path, **{name: text})).parts
    assert [part.chapter.id for part in parts] == ["zebra", "apple", "mango", "kiwi"]
    assert parts[0].chapter.title == "The first one"


def test_a_table_beside_the_books_files(tmp_path: Path) -> None:
    """Its paths are from its own folder."""
    table = "format: jb-book\nroot: zebra\nchapters:\n- file: mango\n"
    parts = read(book(tmp_path, **{"book/_toc.yml": table})).parts
    assert [part.chapter.id for part in parts] == ["zebra", "mango", "apple", "kiwi"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "- file: [1, 2]\n",
        "a: &a [*a]\n",
        "x: &x [y, y]\ny: &y [*x, *x]\nz: [*y, *y]\n",
        "- file: ../../etc\n",
        "[" * 5000,
    ],
)
def test_a_table_that_says_nothing(tmp_path: Path, text: str) -> None:
    """No traceback and no hang; the order is that of the names."""
    root = book(tmp_path, **{"_toc.yml": text})
    assert contents(tree(root)).places.keys().isdisjoint({"book/apple", "book/zebra"})
    assert [part.chapter.id for part in read(root).parts] == ["apple", "kiwi", "mango", "zebra"]


def test_no_table(tmp_path: Path) -> None:
    assert contents(tree(book(tmp_path))) == Contents()
