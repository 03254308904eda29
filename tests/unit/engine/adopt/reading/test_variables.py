"""Variables that a course asks for: by its example of a `.env`, and by what its notebooks take."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.needed.course import read
from envcheck.adopt.reading.tree import tree
from envcheck.adopt.reading.variables import in_examples, taken_by
from envcheck.adopt.writing.new_file import text
from envcheck.course_file.reading import read as read_file

EXAMPLE = """\
# Required: the key
OPENAI_API_KEY=sk-...
export EMPTY=

# Optional: another
OTHER_KEY=
# OFF_KEY=x
PORT=5432
QUOTED="<your token>"  # a comment
PATH=
not a line
"""


def test_an_example(tmp_path: Path) -> None:
    """What it leaves open, and neither what is optional nor what has a value."""
    root = course(tmp_path, {".env.example": EXAMPLE})
    rows = [(row.name, row.line, row.placeholders) for row in in_examples(tree(root))]
    assert rows == [
        ("OPENAI_API_KEY", 2, ("sk-...",)),
        ("EMPTY", 3, ()),
        ("QUOTED", 9, ("<your token>",)),
    ]


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("os.environ['DB_NAME']", ["DB_NAME"]),
        ("os.getenv('API_KEY'); os.environ.get('MY_TOKEN')", ["API_KEY", "MY_TOKEN"]),
        ("os.getenv('DB_NAME')", []),
        ("os.getenv('API_KEY', 'none')", []),
        ("os.environ['HOME']; os.environ['CUDA_VISIBLE_DEVICES']", []),
        ("os.environ[name]", []),
        ("{}.get('API_KEY')", []),
    ],
)
def test_what_code_takes(code: str, needs: list[str]) -> None:
    assert [name for name, _ in taken_by(code, ast.parse(code)).needs] == needs


@pytest.mark.parametrize(
    "cell",
    [
        "os.environ['API_KEY'] = getpass()",
        "os.environ.setdefault('API_KEY', 'x')",
        "if 'API_KEY' in os.environ:\n    pass",
    ],
)
def test_what_a_notebook_sets_or_can_do_without(tmp_path: Path, cell: str) -> None:
    files = {"a.ipynb": notebook(cell, "key = os.environ['API_KEY']")}
    assert "env = " not in text(read(course(tmp_path, files)))


def test_in_the_file(tmp_path: Path) -> None:
    """The example's for all, a notebook's for its chapter, and a `.env` where something reads one."""
    files = {
        ".env.example": "API_KEY=sk-...\n",
        "ch1/a.ipynb": notebook("import os\nos.environ['API_KEY']\nos.environ['DB_NAME']"),
        "ch2/b.ipynb": notebook("import dotenv, os\ndotenv.load_dotenv()\nos.environ['MY_NAME']"),
        "requirements.txt": "python-dotenv\n",
    }
    root = course(tmp_path / "course", files)
    written = text(read(root))
    assert [line for line in written.splitlines() if line.startswith("env = ")] == [
        'env = { API_KEY = { file = ".env", not = ["sk-..."] } }  # .env.example:1',
        'env = { DB_NAME = "*" }  # ch1/a.ipynb:10',
        'env = { MY_NAME = { file = ".env" } }  # ch2/b.ipynb:10',
    ]
    (root / "envcheck.toml").write_text(written, encoding="utf-8")
    assert [chapter.id for chapter in read_file(root / "envcheck.toml").chapters] == ["ch1", "ch2"]
