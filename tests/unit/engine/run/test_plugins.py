"""Courses of a file: what cannot be used is named, whatever it does at import."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.command.cli import cli
from envcheck.errors import UsageProblem
from envcheck.run.crashes import describe
from envcheck.run.plugins import RESERVED, Broken, from_file, installed

GOOD = """
from envcheck import Chapter, Course, check, ok
@check("one")
def one(env):
    "One"
    return ok("fine")
COURSE = Course("c", "C", [Chapter("w", "W", [one])], tracks=[Chapter("t", "T", [one])])
"""


def test_file(tmp_path: Path) -> None:
    """A course of a file is owned by that file, in its chapters and its tracks."""
    file = tmp_path / "my course.py"
    file.write_text(GOOD)
    course = from_file(file)
    assert {
        check.owner for chapter in (*course.chapters, *course.tracks) for check in chapter.checks
    } == {str(file)}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("COURSE = 1", "no `COURSE` that is an envcheck.Course"),
        ("x = 1", "no `COURSE`"),
        ("", "no `COURSE`"),
        ("import nothing_like_this", "ModuleNotFoundError: No module named 'nothing_like_this'"),
        ("def broken(:", "SyntaxError"),
        ("raise SystemExit('leaving')", "SystemExit: leaving"),
        ("raise BaseException", "cannot be loaded: BaseException"),
        ("1/0", "ZeroDivisionError"),
        ("\0", "ValueError|SyntaxError"),
        (
            GOOD.replace('"w"', '"explain"'),
            "its chapter `explain` has the name of an envcheck command",
        ),
    ],
)
def test_file_that_cannot_be_used(source: str, message: str, tmp_path: Path) -> None:
    """Every way to be broken is one sentence that names the file."""
    (tmp_path / "bad.py").write_text(source)
    with pytest.raises(UsageProblem, match=message) as caught:
        from_file(tmp_path / "bad.py")
    assert "bad.py" in str(caught.value)


def test_reserved_names_are_the_commands() -> None:
    """A chapter may have any name but those that the command line has already."""
    assert {*cli.commands, "all"} == {*RESERVED}


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and a file that is not Python are refused by name."""
    (tmp_path / "course.txt").write_text(GOOD)
    for name in ("missing.py", ".", "course.txt"):
        with pytest.raises(UsageProblem, match="--course"):
            from_file(tmp_path / name)


def test_interrupt_is_not_a_broken_course(tmp_path: Path) -> None:
    """Ctrl-C while a course loads ends the program."""
    (tmp_path / "slow.py").write_text("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        from_file(tmp_path / "slow.py")


def test_bundled_course_comes_first() -> None:
    """The course of this distribution is installed through the same door as others, and stands
    first.
    """
    assert installed().courses[0].id == "ml-for-software-engineers"


class Unspeakable(Exception):
    """Even asking what it says raises."""

    def __str__(self) -> str:
        raise ValueError("no words")


MODULES = {
    "nothing": "from envcheck import Course\nCOURSE = Course(None, None, None)",
    "no_checks": "from envcheck import Course, Chapter\nCOURSE = Course('c', 'C', [Chapter('w', 'W', [1])])",
    "no_chapters": "from envcheck import Course\nCOURSE = Course('c', 'C', 5)",
    "raises": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
    "ends": "raise SystemExit('leaving')",
}
ENTRY_POINTS = {
    **{name: f"[envcheck.courses]\nx = {name}:COURSE\n" for name in MODULES},
    "malformed": "[envcheck.courses]\nx = = =\nno equals sign\n[\n",
    "binary": "[envcheck.courses]\n\x00\xff = y\n",
}


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_one_broken_package_takes_no_other_down(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, with its package, and the help page shows the chapters of the others."""
    (tmp_path / f"{name}.py").write_text(MODULES.get(name, ""))
    info = tmp_path / f"bad_{name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: bad-{name}\nVersion: 1\n")
    (info / "entry_points.txt").write_bytes(ENTRY_POINTS[name].encode("latin-1"))
    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = installed()
    assert [broken.owner for broken in loaded.broken if isinstance(broken, Broken)] == [
        f"bad-{name}"
    ]
    assert any(chapter.id == "chapter2" for course in loaded.courses for chapter in course.chapters)
    assert str(loaded.broken[0])


@pytest.mark.parametrize("name", MODULES)
def test_a_file_is_looked_at_as_closely(name: str, tmp_path: Path) -> None:
    """Whatever it holds ends in one sentence."""
    (tmp_path / "bad.py").write_text(MODULES[name])
    with pytest.raises(UsageProblem, match=r"bad\.py"):
        from_file(tmp_path / "bad.py")


def test_what_cannot_even_be_said() -> None:
    """The type alone, then."""
    assert describe(Unspeakable()) == "Unspeakable"
