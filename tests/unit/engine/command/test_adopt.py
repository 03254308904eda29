"""`envcheck adopt` on small courses: the whole of what it writes and says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.engine.adopt.small_courses import (
    BOOK,
    BOOK_FILE,
    LESSONS,
    LESSONS_FILE,
    course,
    notebook,
)

from envcheck.command.cli import cli
from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem

BROKEN = ("ch2/broken.ipynb", "ch2/page.ipynb")
SOUND = {name: text for name, text in BOOK.items() if name not in BROKEN}


def adopt(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["adopt", str(root), *words])


def test_a_book(tmp_path: Path) -> None:
    """Chapters by folder: what no list names, the course's own modules for none of it, what nobody can
    tell as a question; what is written is a course file that can be read.
    """
    root = course(tmp_path / "book", BOOK)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    result = adopt(root)
    assert result.exit_code == 0, result.output
    file = root / "envcheck.toml"
    assert file.read_text(encoding="utf-8") == BOOK_FILE
    assert [chapter.id for chapter in read(file).chapters] == ["ch1", "ch2", "ch3"]
    assert result.output == BOOK_SAID
    after = {name: name.read_bytes() for name in root.rglob("*") if name.is_file()}
    assert {**before, file: file.read_bytes()} == after


BOOK_SAID = """\
book: 3 notebooks, 2 scripts, requirements.txt

Wrote envcheck.toml: 3 chapters. Nothing else was changed.

Learners will stumble over these
  ch2/broken.ipynb:2  it has the marks of a merge that was not finished; it was left out
  ch2/page.ipynb:1  it is a page of HTML, not a notebook; it was left out
  ch1/first.ipynb:23  `pandas` is imported here, and in 1 more, and no list of the course names it
  ch3/more.ipynb:32  `google-cloud-storage` is imported here, and no list of the course names it
  ch2/old.ipynb:9  `torch` is imported here, and no list of the course names it
  ch3/more.ipynb:19  `zzpy` is imported here, and only the cell that installs it (ch3/more.ipynb:18) names it
  README.md:3  registers a kernel of the name `python3`, which then hides that of every other environment; give it a name of its own

Not decided, `# ?` in envcheck.toml: name the package, or write `# left out: NAME`
  ch3/more.ipynb:25  `prefect`
  ch2/old.ipynb:14  `zzqx`

Next: envcheck ch1          For CI: envcheck adopt --check
"""


def test_lessons_in_text(tmp_path: Path) -> None:
    """Chapters by the numbers of files, and no list at all."""
    root = course(tmp_path / "lessons", LESSONS)
    assert adopt(root).exit_code == 0
    assert (root / "envcheck.toml").read_text(encoding="utf-8") == LESSONS_FILE


def test_check(tmp_path: Path) -> None:
    """0 while the file is right, 1 when the course has moved on, 2 when the file cannot be read."""
    root = course(tmp_path / "book", SOUND)
    assert adopt(root, "--check").exit_code == 1
    assert not (root / "envcheck.toml").exists()
    adopt(root)
    assert adopt(root, "--check").exit_code == 0
    course(root, {"ch4/new.ipynb": notebook("import seaborn")})
    drifted = adopt(root, "--check")
    assert drifted.exit_code == 1
    assert '+[chapter.ch4]\n+folder = "ch4"\n+packages = ["seaborn"]' in drifted.output
    assert adopt(root, "--yes").exit_code == 0
    assert adopt(root, "--check").exit_code == 0
    (root / "envcheck.toml").write_text("course = \n")
    broken = adopt(root, "--check")
    assert isinstance(broken.exception, UsageProblem)
    assert "envcheck.toml:1:10: it is not TOML" in str(broken.exception)


def test_hand_edits_stay(tmp_path: Path) -> None:
    """Comments, titles, names and versions of the author's; a chapter and a list that are gone go."""
    root = course(tmp_path / "book", BOOK)
    adopt(root)
    file = root / "envcheck.toml"
    own = BOOK_FILE.replace('"torch"', '"torch>=2,<3"').replace("chapter.ch3", "chapter.week3")
    own = own.replace('course = "book"', '# mine\ncourse = "mine"\npins = "exact"')
    own += '\n[chapter.gone]\nfolder = "gone"\n'
    file.write_text(own.replace('["requirements.txt"]', '["requirements.txt", "gone.txt"]'))
    (root / "ch3" / "again.ipynb").write_text(notebook("import seaborn"))
    assert adopt(root, "--yes").exit_code == 0
    wanted = own.partition("\n[chapter.gone]")[0]
    wanted = wanted.replace(
        '["google-cloud-storage", "zzpy"]', '["google-cloud-storage", "zzpy", "seaborn"]'
    )
    assert file.read_text().rstrip() == wanted.rstrip()


def test_a_chapter_s_own_lists(tmp_path: Path) -> None:
    """What they name is not named again; one that is gone goes."""
    root = course(tmp_path / "book", SOUND)
    adopt(root)
    file = root / "envcheck.toml"
    (root / "ch3" / "own.txt").write_text("google-cloud-storage\nzzpy\n")
    own = BOOK_FILE.partition("[chapter.ch3]")
    assert "\npackages = " in own[2]
    lines = [line for line in own[2].splitlines() if not line.startswith("packages = ")]
    named = '[chapter.ch3]\nrequires = ["ch3/own.txt", "gone.txt"]' + "\n".join(lines) + "\n"
    file.write_text(own[0] + named)
    assert adopt(root, "--check").exit_code == 1
    adopt(root, "--yes")
    assert file.read_text().rstrip() == (own[0] + named.replace(', "gone.txt"', "")).rstrip()
    assert adopt(root, "--check").exit_code == 0


def test_chapters_that_share_a_folder(tmp_path: Path) -> None:
    """Each has its own notebooks, so that one that fails is not every chapter's; one that is gone goes."""
    cell = notebook("import numpy")
    files = {f"nb/{name}.ipynb": cell for name in ("01-a", "02-b", "02-c")}
    root = course(tmp_path / "book", {**files, "requirements.txt": "numpy\n"})
    assert adopt(root).exit_code == 0

    def of_chapters() -> list[tuple[str, ...]]:
        return [chapter.notebooks for chapter in read(root / "envcheck.toml").chapters]

    assert of_chapters() == [("01-a.ipynb",), ("02-b.ipynb", "02-c.ipynb")]
    assert adopt(root, "--check").exit_code == 0
    (root / "nb/02-c.ipynb").unlink()
    assert adopt(root, "--check").exit_code == 1
    adopt(root, "--yes")
    assert of_chapters() == [("01-a.ipynb",), ("02-b.ipynb",)]
    (root / "nb/02-b.ipynb").rename(root / "nb/02-d.ipynb")
    adopt(root, "--yes")
    assert of_chapters() == [("01-a.ipynb",), ("02-d.ipynb",)]
    (root / "nb/02-d.ipynb").rename(root / "nb/03-d.ipynb")
    adopt(root, "--yes")
    assert of_chapters() == [("01-a.ipynb",), ("03-d.ipynb",)]
    assert adopt(root, "--check").exit_code == 0


def test_without_an_answer_nothing_is_written(tmp_path: Path) -> None:
    root = course(tmp_path / "book", {**BOOK, "envcheck.toml": 'course = "x"\n'})
    result = adopt(root)
    assert "Nothing was changed; --yes writes it." in result.output
    assert (root / "envcheck.toml").read_text() == 'course = "x"\n'


def test_dry_run_and_json(tmp_path: Path) -> None:
    root = course(tmp_path / "book", BOOK)
    data = json.loads(adopt(root, "--dry-run", "--format", "json").output)
    assert not (root / "envcheck.toml").exists()
    assert data["undecided"] == [
        {"module": "prefect", "place": "ch3/more.ipynb:25", "here": ""},
        {"module": "zzqx", "place": "ch2/old.ipynb:14", "here": ""},
    ]
    assert data["chapters"][1] == {"id": "ch2", "folder": "ch2", "packages": ["pandas", "torch"]}
    assert [stone["file"] for stone in data["stumbles"]][:2] == [
        "ch2/broken.ipynb",
        "ch2/page.ipynb",
    ]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (
            'course = "x"\nrequire = ["a.txt"]\n',
            "envcheck.toml:2:1: there is no key `require` here",
        ),
        ('course = "x"\nrequires = ["../other/a.txt"]\n', "envcheck.toml:2:"),
        ('course = "x"\n[chapter.a]\nfolder = "../other"\n', "envcheck.toml:3:"),
        ('course = "x"\n[chapter.a]\nlinks = ["file:///etc/passwd"]\n', "envcheck.toml:3:"),
        ('course = "x"\n[chapter.a]\npackages = []\n', "envcheck.toml:3:"),
    ],
)
@pytest.mark.parametrize("option", ["--yes", "--check", "--dry-run"])
def test_a_file_that_is_wrong(tmp_path: Path, written: str, place: str, option: str) -> None:
    """Named with its own name and line, and not touched: nothing in it is taken for gone."""
    root = course(tmp_path / "book", {**BOOK, "envcheck.toml": written})
    result = adopt(root, option)
    assert isinstance(result.exception, UsageProblem)
    assert place in str(result.exception)
    assert (root / "envcheck.toml").read_text() == written
    assert [file.name for file in root.glob(".envcheck*")] == []


def test_what_would_be_wrong_is_not_written(tmp_path: Path) -> None:
    """A file that is right as a table and of no course: said of it by its own name."""
    written = 'course = "x"\n[chapters]\nfrom = "lesson*/"\n'
    root = course(tmp_path / "book", {**BOOK, "envcheck.toml": written})
    said = str(adopt(root, "--yes").exception)
    assert "nothing was written; of what would be: " in said
    assert f"{root / 'envcheck.toml'}:" in said
    assert ".envcheck.toml." not in said
    assert (root / "envcheck.toml").read_text() == written


def test_a_folder_that_no_course_file_may_name(tmp_path: Path) -> None:
    """It is told, and the others are written."""
    cell = notebook("import numpy")
    files = {"~a/x.ipynb": cell, "b/x.ipynb": cell, "c/x.ipynb": cell, "requirements.txt": "numpy"}
    result = adopt(course(tmp_path / "book", files))
    assert result.exit_code == 0
    assert "~a/x.ipynb:1  its folder's name cannot stand in an envcheck.toml" in result.output
    assert [one.id for one in read(tmp_path / "book" / "envcheck.toml").chapters] == ["b", "c"]


@pytest.mark.parametrize("files", [{}, {"a.txt": "x"}, {"a.ipynb": "{"}, {"a.py": "import os\n"}])
def test_no_course(tmp_path: Path, files: dict[str, str]) -> None:
    """A folder without anything to read is said so, and nothing is written."""
    result = adopt(course(tmp_path, files))
    assert isinstance(result.exception, UsageProblem)
    assert "there is no course to read here" in str(result.exception)
    assert not (tmp_path / "envcheck.toml").exists()
