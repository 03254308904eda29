"""What of a course is copied: what a learner gets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck import course_copy
from envcheck.errors import UsageProblem


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def test_without_history_and_environments(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(tmp_path, "week1/a.ipynb", "data/t.csv", ".git/config", ".venv/pyvenv.cfg", ".venv/x.py")
    write(
        tmp_path,
        "own/pyvenv.cfg",
        "own/lib/x.py",
        "week1/.ipynb_checkpoints/a.ipynb",
        ".python-version",
    )
    names = [path.as_posix() for path in course_copy.files(tmp_path)]
    assert names == [".python-version", "data/t.csv", "week1/a.ipynb"]
    copy = tmp_path_factory.mktemp("copied") / "copy"
    course_copy.copy(tmp_path, copy)
    assert (copy / "week1/a.ipynb").read_text() == "week1/a.ipynb"


LINKS = pytest.mark.skipif(
    sys.platform == "win32", reason="only on systems where anybody may make links"
)


@LINKS
@pytest.mark.parametrize("may_link", [True, False])
@pytest.mark.parametrize("absolute", [True, False])
def test_a_linked_folder_leads_to_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_link: bool, absolute: bool
) -> None:
    """In the copy, whatever the link says; where no link can be made, they are copied."""
    course, to = tmp_path / "course", tmp_path / "copy"
    write(course, "data/deep/a.csv", "week2/b.py")
    (course / "week2/data").symlink_to(course / "data" if absolute else "../data")
    if not may_link:
        monkeypatch.setattr(Path, "symlink_to", no_links)
    course_copy.copy(course, to)
    assert (to / "week2/data/deep/a.csv").read_text() == "data/deep/a.csv"
    assert (to / "week2/data").is_symlink() is may_link
    assert (to / "week2/data").resolve().is_relative_to(to.resolve())


def no_links(*_: object, **__: object) -> None:
    raise OSError("a required privilege is not held by the client")


def test_empty_folders_are_there(tmp_path: Path) -> None:
    """A notebook saves its pictures there."""
    write(tmp_path / "course", "a.py")
    (tmp_path / "course/figures/new").mkdir(parents=True)
    course_copy.copy(tmp_path / "course", tmp_path / "copy")
    assert (tmp_path / "copy/figures/new").is_dir()


@LINKS
def test_what_leads_out_is_told(tmp_path: Path) -> None:
    course = tmp_path / "course"
    write(course, "a.py")
    write(tmp_path, "away/a.csv")
    for name, to in (("out", "../away"), ("a.csv", "../away/a.csv"), ("up", "."), ("gone", "x")):
        (course / name).symlink_to(to)
    assert course_copy.left_out(course) == ["a.csv", "out"]
    course_copy.copy(course, tmp_path / "copy")
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["a.py", "up"]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where anybody may make links")
def test_links_that_lead_out_or_up(tmp_path: Path) -> None:
    course = tmp_path / "course"
    write(course, "week1/a.ipynb")
    write(tmp_path, "secret")
    (course / "out").symlink_to(tmp_path / "secret")
    (course / "up").symlink_to(course)
    (course / "gone").symlink_to("nothing")
    (course / "inside").symlink_to("week1/a.ipynb")
    assert [path.as_posix() for path in course_copy.files(course)] == ["inside", "week1/a.ipynb"]


def test_a_course_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_copy, "LARGEST", 10)
    write(tmp_path, "a-long-name.csv")
    with pytest.raises(UsageProblem, match="larger than"):
        course_copy.copy(tmp_path, tmp_path / "copy")


def test_every_change_changes_the_digest(tmp_path: Path) -> None:
    write(tmp_path, "a", "b")
    digests = [course_copy.digest(tmp_path)]
    (tmp_path / "a").write_text("other")
    digests.append(course_copy.digest(tmp_path))
    (tmp_path / "a").rename(tmp_path / "c")
    digests.append(course_copy.digest(tmp_path))
    assert len(set(digests)) == 3
    (tmp_path / "empty").mkdir()
    assert course_copy.digest(tmp_path) not in digests
    (tmp_path / "empty").rmdir()
    write(tmp_path, ".git/index")
    assert course_copy.digest(tmp_path) == digests[-1]
