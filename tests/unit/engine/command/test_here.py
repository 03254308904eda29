"""The folder in which the learner stands: there, gone, replaced, or closed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from envcheck.command import here
from envcheck.command.cli import cli
from envcheck.errors import UsageProblem


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if sys.platform == "win32":
        pytest.skip("a folder in use cannot be deleted there")
    place = tmp_path / "my course"
    place.mkdir()
    monkeypatch.chdir(place)
    place.rmdir()
    return place


def test_a_folder_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own name, whatever the terminal calls it."""
    monkeypatch.chdir(tmp_path)
    assert here.folder({"PWD": "/elsewhere"}) == (tmp_path, "")


def test_a_folder_that_is_gone(gone: Path) -> None:
    """By the terminal's name for it; one that is no whole path is none."""
    place, closed = here.folder({"PWD": str(gone)})
    assert place == gone and "was deleted" in closed and "Go to another, and" in closed
    assert here.folder({"PWD": "course"}) == (Path(os.sep), closed)
    if sys.platform == "linux":
        assert here.folder({}) == (gone, closed)


def test_a_folder_that_was_replaced(gone: Path) -> None:
    """`git checkout` makes it anew: the line that leads there can be pasted."""
    gone.mkdir()
    place, closed = here.folder({"PWD": str(gone)})
    assert place == gone and f"(cd '{gone}')" in closed


def test_a_folder_that_may_not_be_entered_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    if sys.platform != "win32":
        assert "may not go into this folder" in here.folder({})[1]


@pytest.mark.parametrize(
    ("platform", "number", "words"),
    [
        ("darwin", errno.EPERM, "Privacy & Security"),
        ("darwin", errno.ENOENT, "this folder cannot be used"),
        ("linux", errno.EPERM, "was closed after this terminal"),
    ],
)
def test_a_folder_that_macos_keeps_from_the_terminal(
    platform: str, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even its name is kept: `getcwd: cannot access parent directories: Operation not permitted`."""

    def refused() -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "cwd", refused)
    monkeypatch.setattr(sys, "platform", platform)
    assert words in here.folder({"PWD": "/Users/ada/Desktop"})[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("chapter2", "--only", "python", "--python", "./venv/bin/python"), 3),
        (("chapter2", "--only", "python", "--python", "venv"), 3),
        (("chapter2", "--only", "python", "--python", "python3"), 3),
        (("rehearse",), 2),
        (("new", "course", "mine"), 2),
        (("adopt",), 2),
        (("adopt", "sub"), 2),
        (("vendor", "sub"), 2),
        (("undo", "fix.json"), 2),
        (("class", "show", "reports"), 2),
        (("list", "--course", "envcheck.toml"), 2),
    ],
)
def test_every_command_says_that_the_folder_is_gone(
    gone: Path, words: tuple[str, ...], code: int
) -> None:
    """Whatever asks the system for it: envcheck itself is not what broke."""
    done = subprocess.run(
        [sys.executable, "-m", "envcheck", *words],
        env={**os.environ, "PWD": str(gone)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "itself broke" not in done.stderr
    assert "was deleted, or replaced by another of its name" in " ".join((done.stdout + done.stderr).split())  # fmt: skip
    assert done.returncode == code


def test_what_was_typed_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`..` behind a link leads where the system goes, not where the letters do."""
    (tmp_path / "far" / "inner").mkdir(parents=True)
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path / "course")
    assert here.place("book") == tmp_path / "course" / "book"
    assert here.place("..") == here.place("../course/..") == tmp_path
    assert here.place(str(tmp_path / "a")) == tmp_path / "a"
    if sys.platform != "win32":
        (tmp_path / "course" / "link").symlink_to(tmp_path / "far" / "inner")
        assert here.place("link/..").samefile(tmp_path / "far")


@pytest.mark.parametrize(
    "words",
    [
        ["adopt", "book"],
        ["adopt", "book", "--check"],
        ["adopt", "gone"],
        ["adopt", "."],
        ["list", "--course", "book"],
        ["list", "--course", "gone"],
        ["list", "--course", "wrong.py"],
        ["rehearse", "--course", "book"],
        ["rehearse", "--course", "gone"],
        ["vendor", "gone"],
        ["run", "week1", "--course", "book"],
        ["run", "week1", "--course", "gone.py"],
    ],
    ids=" ".join,
)
def test_every_command_shows_the_whole_path(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the course that was named, however it was typed: a message is read in another terminal too."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "envcheck.toml").write_text('course = "a"\n[chapter.b]\nbogus = 1\n')
    (tmp_path / "book" / "a.py").write_text("import numpy\n")
    (tmp_path / "wrong.py").write_text("")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    if words == ["adopt", "."]:
        monkeypatch.chdir(tmp_path / "empty")
    problem = CliRunner().invoke(cli, words).exception
    assert isinstance(problem, UsageProblem), repr(problem)
    assert str(tmp_path) in str(problem)
