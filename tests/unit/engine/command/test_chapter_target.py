"""One run examines one Python: the chapters' own environments count, and two of them are not one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from envcheck import Chapter, Check, Course, ok
from envcheck.command.chapter_target import locate_or_trouble, of_chapters
from envcheck.command.request import make
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.run.plan import Selection
from envcheck.run.plugins import Loaded


class Somebody:
    """A learner in a course of three chapters, without an active environment."""

    def __init__(self, root: Path) -> None:
        self.course, self.variables = root / "course", {"PATH": str(root / "nothing")}
        self.here = self.course
        for name in ("one/notebooks", "two", "three"):
            (self.course / name).mkdir(parents=True)
        (self.course / "envcheck.toml").touch()

    def environment(self, place: str) -> Path:
        prefix = self.course / place
        (prefix / "bin").mkdir(parents=True)
        (prefix / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
        return prefix

    def activate(self, prefix: Path) -> None:
        (prefix / "bin/python").touch(0o755)
        self.variables |= {"VIRTUAL_ENV": str(prefix), "PATH": str(prefix / "bin")}

    def target(self, *names: str) -> Located:
        """Of these chapters; the chapter `none` has no folder."""
        folders = {name: None if name == "none" else self.course / name for name in names}
        each = [Chapter(id, id, [], folder=folder) for id, folder in folders.items()]
        return of_chapters(
            self.course,
            each,
            lambda first, name: locate_or_trouble(None, self.variables, self.here, first, name),
            lambda names: f"envcheck {' '.join(names)}",
        )


@pytest.fixture
def somebody(tmp_path: Path) -> Somebody:
    return Somebody(tmp_path)


def of(located: Located) -> Path:
    return Path(located.command[0]).parents[1]


def test_a_chapters_own_environment(somebody: Somebody) -> None:
    """From the course's folder, from another chapter's, and from anywhere with `--course`."""
    course, own = somebody.environment(".venv"), somebody.environment("one/.venv")
    for here in (somebody.course, somebody.course / "two", somebody.course.parent):
        somebody.here = here
        assert (of(somebody.target("one")), of(somebody.target("two"))) == (own, course)
        assert somebody.target("one").rule == ".venv in the chapter's folder"
    assert of(somebody.target("none")) == course
    assert somebody.target("none").rule == ".venv in the course folder"


def test_who_works_deeper_is_nearest_to_that(somebody: Somebody) -> None:
    somebody.environment("one/.venv")
    deeper = somebody.environment("one/notebooks/.venv")
    somebody.here = somebody.course / "one/notebooks"
    assert of(somebody.target("one")) == deeper


def test_an_active_environment_goes_first_and_the_other_is_said(somebody: Somebody) -> None:
    own, active = somebody.environment("one/.venv"), somebody.environment("active")
    somebody.activate(active)
    located = somebody.target("one")
    assert (of(located), located.beside) == (active, str(own))
    assert somebody.target("two").beside == ""
    somebody.activate(own)
    assert (of(somebody.target("one")), somebody.target("one").beside) == (own, "")


def test_chapters_with_different_environments(somebody: Somebody) -> None:
    """Each is a line to type; those that share one are asked for together."""
    somebody.environment(".venv")
    somebody.environment("one/.venv")
    with pytest.raises(UsageProblem) as raised:
        somebody.target("two", "one", "three")
    assert str(raised.value).splitlines()[1:] == ["    envcheck two three", "    envcheck one"]
    assert of(somebody.target("two", "three")) == somebody.course / ".venv"
    somebody.activate(somebody.environment("active"))
    assert of(somebody.target("two", "one")) == somebody.course / "active"


def test_the_lines_repeat_what_was_asked(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the command line comes to it; a Python that is named is that of all."""
    somebody.environment("one/.venv")
    check = Check("a", "A", lambda env: ok("fine"))
    chapters = [Chapter(id, id, [check], folder=somebody.course / id) for id in ("one", "two")]
    course = Course("c", "C", chapters, file=str(somebody.course / "envcheck.toml"))
    words = {"python": None, "course": None, "alias": None, "timeout": 90.0, "jobs": 1}
    words |= dict.fromkeys(("deep", "notebooks", "offline", "strict"), False) | {"quick": True}
    monkeypatch.chdir(somebody.course)
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    selection = Selection(("all",))
    with pytest.raises(UsageProblem) as raised:
        make(course, selection, Loaded((course,)), words)
    ends = [line.split()[-2:] for line in str(raised.value).splitlines()[1:]]
    assert ends == [["one", "--quick"], ["two", "--quick"]]
    named = make(course, selection, Loaded((course,)), {**words, "python": os.devnull})
    assert named.located.rule == "--python"
