"""What the files of a course ask for, as the course means it."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem
from envcheck_checks.course_file.chapter import checks
from envcheck_checks.course_file.lists import Lists, lists_of, loosened
from envcheck_checks.course_file.wanted import wanted_by

ENVIRONMENT = """\
name: ml
dependencies:
  - python=3.9
  - numpy=1.21.2=py39h_0
  - graphviz=2.50
  - pip:
      - -c limits.txt
      - torch==1.9
"""


def lists(folder: Path, head: str = "", **files: str) -> Lists:
    for name, text in {"environment.yml": ENVIRONMENT, "limits.txt": "numpy<3\nother<1\n", **files}.items():  # fmt: skip
        (folder / name).write_text(text)
    table = f'course = "a"\n{head}\n[chapter.b]\npackages = ["pandas==1.2"]\n'
    (folder / "envcheck.toml").write_text(table)
    return lists_of(read(folder / "envcheck.toml"))


def test_an_exact_version_is_the_lowest_one(tmp_path: Path) -> None:
    """In the files that the course names; a bound of `-c` counts for what is asked for."""
    given = lists(tmp_path, 'requires = ["environment.yml"]')
    assert [row.requirement for row in given.packages] == ["numpy>=1.21.2", "torch>=1.9", "numpy<3"]
    assert given.python == ">=3.9"
    assert [(row.command, row.versions) for row in given.programs] == [("dot", ">=2.50")]
    exact = lists(tmp_path, 'requires = ["environment.yml"]\npins = "exact"')
    assert [row.requirement for row in exact.packages] == ["numpy==1.21.2", "torch==1.9", "numpy<3"]
    assert exact.python == "==3.9.*"


def test_a_version_is_loosened() -> None:
    assert loosened("numpy==1.21.*,!=1.21.3", "at-least") == "numpy!=1.21.3,>=1.21"
    assert loosened("numpy~=1.21,<2", "at-least") == "numpy<2,~=1.21"


def test_the_course_s_own_packages_are_taken_as_written(tmp_path: Path) -> None:
    given = lists(tmp_path, 'requires = ["environment.yml"]')
    file = read(tmp_path / "envcheck.toml")
    made = checks(file, file.chapters[0], given)
    assert "command.dot" in [check.id for check in made]
    (tmp_path / "envcheck.toml").write_text('course = "a"\n[chapter.b]\npackages = ["six==1"]\n')
    file = read(tmp_path / "envcheck.toml")
    assert wanted_by(file, file.chapters[0], Lists()).everything == ("six==1",)


def test_the_course_s_own_python_counts(tmp_path: Path) -> None:
    assert lists(tmp_path, 'requires = ["environment.yml"]\npython = ">=3.7"').python == ">=3.7"


def test_two_files_that_no_python_can_please(tmp_path: Path) -> None:
    head = 'requires = ["environment.yml", "runtime.txt"]\npins = "exact"'
    with pytest.raises(
        UsageProblem,
        match=r"envcheck.toml:2:1: no Python is ==3.9.*environment.yml:3 and runtime.txt:1",
    ):
        lists(tmp_path, head, **{"runtime.txt": "python-3.10\n"})
    head = head.replace("exact", "at-least")
    assert lists(tmp_path, head, **{"runtime.txt": "python-3.10\n"}).python == ">=3.9,>=3.10"
