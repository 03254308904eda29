"""The course of the folder goes first; a broken one is named and takes no other down."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envcheck.errors import UsageProblem
from envcheck.run.described import from_table, with_nearest
from envcheck.run.plugins import Loaded
from envcheck_checks.courses.ml_for_software_engineers import COURSE

LOADED = Loaded((COURSE,))
TABLE = 'course = "mine"\nhelp = "https://example.org"\n[chapter.chapter2]\npackages = ["numpy"]\n'


def test_the_nearest_goes_first(tmp_path: Path) -> None:
    below = tmp_path / "notebooks"
    below.mkdir()
    assert with_nearest(LOADED, below) == LOADED
    file = tmp_path / "envcheck.toml"
    file.write_text(TABLE)
    loaded = with_nearest(LOADED, below)
    assert [course.id for course in loaded.courses] == ["mine", COURSE.id]
    assert loaded.courses[0].file == str(file)
    assert loaded.courses[0].help == "https://example.org"
    assert {check.owner for check in loaded.courses[0].chapters[0].checks} == {str(file)}


def test_a_broken_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "envcheck.toml").write_text("course = 1\n")
    loaded = with_nearest(LOADED, tmp_path)
    assert loaded.courses == (COURSE,)
    assert loaded.broken_file.endswith("envcheck.toml:1:1: course: it must be a name of letters, digits, `_` and `-`, not 1")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "chapter", "is_its_own"),
    [
        ("[chapter.chapter2]\npackges = []\n", "chapter2", True),
        ("[chapter.chapter2\n", "chapter2", True),
        ("<<<<<<< HEAD\n[chapter.week1]\n", "chapter2", False),
        ("[chapter.week1]\npackges = []\n", "all", True),
        ('[chapters]\nfrom = "ch*"\n', "ch2", True),  # a folder beside it
    ],
)
def test_a_chapter_of_a_broken_one(
    tmp_path: Path, text: str, chapter: str, is_its_own: bool
) -> None:
    """What another course says of a chapter of that name would be no answer."""
    (tmp_path / "ch2").mkdir()
    (tmp_path / "envcheck.toml").write_text(text)
    loaded = with_nearest(LOADED, tmp_path)
    assert loaded.courses == (COURSE,)
    assert bool(loaded.broken_chapter(chapter)) is is_its_own


def is_a_folder(file: Path) -> None:
    file.mkdir()


def is_huge(file: Path) -> None:
    file.write_text("[chapter.week1]\n" + "#" * 1_000_001)


def is_a_pipe(file: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("only on systems with pipes as files")
    os.mkfifo(file)


def is_a_link_in_a_circle(file: Path) -> None:
    file.symlink_to(file)


@pytest.mark.parametrize("made", [is_a_folder, is_huge, is_a_pipe, is_a_link_in_a_circle])
def test_a_broken_one_that_cannot_be_read(made: Callable[[Path], None], tmp_path: Path) -> None:
    """It ends the runs that may be of it, by what lies beside it, and no others."""
    for place in ("notebooks/week2", "week 3"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "week4.ipynb").touch()
    made(tmp_path / "envcheck.toml")
    loaded = with_nearest(LOADED, tmp_path)
    assert loaded.broken_file
    assert not loaded.broken_chapter("chapter2")
    assert all(map(loaded.broken_chapter, ("week2", "week-3", "week4", "all")))
    assert bool(loaded.broken_chapter("week1")) == (made is is_huge)
    (tmp_path / "chapter2").mkdir()
    assert with_nearest(LOADED, tmp_path).broken_chapter("chapter2")


def test_the_id_of_an_installed_course(tmp_path: Path) -> None:
    """Its reports would count as that course's. The folder's own, named once more, is no other."""
    file = tmp_path / "envcheck.toml"
    file.write_text(
        f'title = "Mine"\ncourse = "{COURSE.id}"\n[chapter.chapter2]\npackages = ["a"]\n'
    )
    with pytest.raises(UsageProblem, match=r"toml:2:1: an installed course, .*, has this id; give"):
        from_table(file, (COURSE,), named=True)
    loaded = with_nearest(LOADED, tmp_path)
    assert loaded.courses == (COURSE,)
    assert ":2:1: an installed course" in loaded.broken_file
    file.write_text(TABLE)
    assert from_table(file, with_nearest(LOADED, tmp_path).courses, named=True).id == "mine"


def test_without_the_checks(tmp_path: Path) -> None:
    (tmp_path / "envcheck.toml").write_text(TABLE)
    with pytest.raises(UsageProblem, match="install envcheck anew"):
        from_table(tmp_path / "envcheck.toml", ())
