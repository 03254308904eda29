"""Data that notebooks read, and that learners will not have."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import course, notebook

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import read
from envcheck.adopt.reading.data import files as files_of


def told(root: Path, files: dict[str, str]) -> list[str]:
    lists = {"requirements.txt": "pandas\nnumpy\nmatplotlib\n"}
    return [str(stone) for stone in stumbles(read(course(root, lists | files)))]


def test_a_file_that_is_not_in_the_course(tmp_path: Path) -> None:
    """Named where it is read first, by its path from the notebook."""
    cell = "import pandas as pd\ndf = pd.read_csv('../data/sales.csv')"
    files = {"week1/a.ipynb": notebook(cell), "week2/b.ipynb": notebook("x = 1", cell)}
    assert told(tmp_path, files) == [
        "week1/a.ipynb:9  `../data/sales.csv` is read here, and is not in the course; "
        "no notebook makes it (2 notebooks)"
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"week1/a.ipynb": notebook("open('../data/a.txt')"), "data/a.txt": "x"},
        {"a.ipynb": notebook("df.to_csv('out.csv')"), "b.ipynb": notebook("pd.read_csv('out.csv')")},
        {"a.ipynb": notebook("open('notes.txt', 'w').write('x')\nopen('notes.txt').read()")},
        {"a.ipynb": notebook("%%writefile notes.txt\nhello", "open('notes.txt')")},
        {"a.ipynb": notebook("!wget -q https://example.org/a.zip", "pd.read_csv('a.csv')")},
        {"a.ipynb": notebook("import os\nos.chdir('data')", "pd.read_csv('a.csv')")},
        {"a.ipynb": notebook("name = 'a.csv'\ndf.to_csv(name)", "pd.read_csv('a.csv')")},
        {"a.ipynb": notebook("pd.read_csv(name)\npd.read_csv(f'{folder}/a.csv')")},
        {"a.ipynb": notebook("pd.read_csv('https://example.org/a.csv')")},
        {"a.ipynb": notebook("pd.read_csv('/home/teacher/a.csv')")},
        {"a.ipynb": notebook("pd.read_csv('../../elsewhere/a.csv')")},
        {"a.ipynb": notebook("urlretrieve(address, 'a.csv')\npd.read_csv('a.csv')")},
    ],
    ids=["there", "made before", "made here", "written", "fetched", "another folder", "by a name", "computed", "address", "absolute", "outside", "retrieved"],
)  # fmt: skip
def test_nothing_is_said_of(tmp_path: Path, files: dict[str, str]) -> None:
    assert told(tmp_path, files) == []


LESSON = (
    "# Tables\n\nSave it as `a.csv`.\n\n```python\nimport pandas as pd\npd.read_csv('a.csv')\n```\n"
)
HEAD = "---\nkernelspec:\n  name: python3\n---\n"
READS = "pd.read_csv('a.csv')\n"


def skipped(*tags: str) -> str:
    book = json.loads(notebook("x = 1", READS))
    book["cells"][1]["metadata"] = {"tags": list(tags)}
    return json.dumps(book, indent=1)


@pytest.mark.parametrize(
    ("name", "text", "is_told"),
    [
        ("lesson.md", LESSON, False),
        ("folder/lesson.md", LESSON, False),
        ("a.md", f"{HEAD}```{{code-cell}}\n{READS}```\n", True),
        ("a.md", f"{HEAD}```{{code-cell}}\n:tags: [hide-input]\n{READS}# skip-execution\n```\n", True),
        ("a.md", f"{HEAD}```{{code-cell}} ipython3\n:tags: [skip-execution]\n{READS}```\n", False),
        ("a.md", f"{HEAD}```{{code-cell}}\n---\ntags:\n  - skip-execution\n---\n{READS}```\n", False),
        ("b.ipynb", skipped("hide-input"), True),
        ("b.ipynb", skipped("skip-execution"), False),
    ],
)  # fmt: skip
def test_code_that_is_not_run_there(tmp_path: Path, name: str, text: str, is_told: bool) -> None:
    """A lesson's is typed in a folder that nobody knows, and some cells are only shown."""
    stones = told(tmp_path, {name: text})
    assert any("is read here" in stone for stone in stones) is is_told


def test_capitals_that_differ(tmp_path: Path) -> None:
    """It opens on Windows and a Mac, and on no Linux."""
    files = {"a.ipynb": notebook("pd.read_csv('Data/Sales.csv')"), "data/sales.csv": "x"}
    assert told(tmp_path, files) == [
        "a.ipynb:8  `Data/Sales.csv` is read here, and the course spells it data/sales.csv"
    ]


def test_what_code_reads_and_makes() -> None:
    text = (
        "open('a.txt')\nopen('b.txt', mode='rb')\nopen('c.txt', 'a')\nopen('d.txt', mode)\n"
        "Path('e.txt').write_text('x')\nnp.savez('h', a=1)\nnp.loadtxt('f.dat.gz')\nplt.savefig('g.png')\npd.read_csv()"
    )
    does = files_of(text, ast.parse(text))
    assert [(file.path, file.line) for file in does.read] == [
        ("a.txt", 1),
        ("b.txt", 2),
        ("f.dat.gz", 7),
    ]
    assert sorted(does.made) == ["c.txt", "d.txt", "e.txt", "g.png", "h.npy", "h.npz"]
    assert files_of("savez('h', 1)", ast.parse("savez('h', 1)")).made == ("h.npy", "h.npz")
