"""The checks of a chapter, in order, each by itself in its chapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.environment import Options
from envcheck.errors import UsageProblem
from envcheck.run import plan
from envcheck_checks.course_file.course import course
from envcheck_checks.courses.ml_for_software_engineers import COURSE

JUPYTER = ("jupyter", "kernel-registered", "kernel-starts", "snippets", "notebook-launches")


def ids(folder: Path, text: str, *chapters: str) -> list[str]:
    (folder / "envcheck.toml").write_text(text)
    made = course(read(folder / "envcheck.toml"), COURSE)
    planned = plan.make(made, plan.Selection(chapters or ("all",)), Options())
    return [one.id for one in planned]


def test_a_chapter_without_notebooks(tmp_path: Path) -> None:
    """No kernel is asked for where nobody uses one."""
    text = 'course = "a"\n[chapter.w]\npackages = ["numpy"]\ncommands = { java = ">=17" }\n'
    assert ids(tmp_path, text) == ["w.python", "w.pip", "w.packages", "w.command.java"]


def test_a_chapter_with_notebooks(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "a.ipynb").touch()
    asked = ids(tmp_path, 'course = "a"\n[chapter.w]\ntitle = "With notebooks"\n')
    assert asked[:2] == ["w.python", "w.pip"]
    assert {f"w.{name}" for name in JUPYTER} <= {*asked}
    assert "w.packages" not in asked


def test_chapters_beside_each_other(tmp_path: Path) -> None:
    """Checks of one name in two chapters ask for different things."""
    text = (
        'course = "a"\n[chapter.v]\npackages = ["numpy"]\n[chapter.w]\npackages = ["pandas"]\n'
        "jupyter = true\n"
    )
    asked = ids(tmp_path, text)
    assert {"v.packages", "w.packages", "v.python", "w.python"} <= {*asked}


def test_lists_are_read_when_a_chapter_is_asked_for(tmp_path: Path) -> None:
    """And not before: a list that is gone ends the run, not the help page."""
    (tmp_path / "there.txt").touch()
    text = (
        'course = "a"\nrequires = ["there.txt",\n  "gone.txt"]\n[chapter.w]\npackages = ["numpy"]\n'
    )
    (tmp_path / "envcheck.toml").write_text(text)
    made = course(read(tmp_path / "envcheck.toml"), COURSE)
    with pytest.raises(UsageProblem, match=r"toml:3:3: requires: gone.txt: it cannot be read"):
        plan.make(made, plan.Selection(("w",)), Options())


def test_what_is_asked_of_every_chapter_is_shown_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"toml:2:20: tools: there is no tool `duckbd`"):
        ids(tmp_path, 'course = "a"\ntools = ["docker", "duckbd"]\n[chapter.w]\n')


def test_another_chapters_list_that_cannot_be_read(tmp_path: Path) -> None:
    """Ends runs of that chapter alone, also where the course speaks of its checks."""
    (tmp_path / "bad.txt").write_text("numpy ==== 1\n")
    text = (
        'course = "a"\nonly = { on = ["linux"], checks = ["command.git", "packages"] }\n'
        '[chapter.v]\ncommands = { git = "*" }\n[chapter.w]\nrequires = ["bad.txt"]\n'
        '[waive]\n"w.packages" = { why = "no wheel", until = 2199-01-01 }\n'
    )
    assert ids(tmp_path, text, "v") == ["v.python", "v.command.git"]
    with pytest.raises(UsageProblem, match=r"bad.txt:1: "):
        ids(tmp_path, text, "w")
