"""`envcheck explain` and the line that leads to it, as a person meets them: whole outputs of the
command.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from tests.conftest import Envcheck, Ran

from envcheck import Chapter, Check, Code, Course, ok
from envcheck.command import explain
from envcheck.command.cli import cli
from envcheck.errors import UsageProblem
from envcheck.exit_codes import USAGE
from envcheck_checks.courses.ml_for_software_engineers import COURSE

FILE = '''
"""A course of one chapter."""

from envcheck import Chapter, Course, check, fail, warn

OLD = "note-old"


@check("note", title="Note", proves="the note of today lies in this folder")
def note(env):
    """The note of today is here

    It is written at the start of each lesson.
    """
    return missing(env)


def missing(env):
    return fail("note-missing", "there is no note", found="nothing", looked_in="this folder")


@check("pencil", title="Pencil")
def pencil(env):
    return warn(OLD, "it is yesterday's")


COURSE = Course("c", "C", [Chapter("w", "W", [note, pencil])])
'''
NOTE = """\
# note-missing

The note of today is here

It is written at the start of each lesson.

The check `note` gives `note-missing`. It passes when the note of today lies in this folder.
"""
ENDING = """\

Not ready for w: one cause. 1 proved, 1 failed, N s.

Why:        envcheck explain note-missing --course course.py
After that: envcheck explain note-old --course course.py
"""


@pytest.fixture
def explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Envcheck:
    """`envcheck explain` with these words, in this process: `explained("kernel-died")`. As by the
    command, for which `test_a_course_file_explains_its_codes` stands.
    """

    def run(*words: str, cwd: Path = tmp_path) -> Ran:
        monkeypatch.chdir(cwd)
        own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with mock.patch.dict(os.environ, own, clear=True):
            done = CliRunner().invoke(cli, ["explain", *words], prog_name="envcheck")
        if isinstance(done.exception, UsageProblem):
            return Ran(USAGE, done.stdout, f"{done.stderr}envcheck: {done.exception}\n")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.py").write_text(FILE, encoding="utf-8")
    return tmp_path


def test_a_course_file_explains_its_codes(folder: Path, envcheck: Envcheck) -> None:
    """The report names a command that answers, with what the check says of itself."""
    words = ("--course", "course.py", "--python", sys.executable)
    ran = envcheck("w", *words, cwd=folder, env={"ENVCHECK_COMMAND": "envcheck"})
    assert re.sub(r"[0-9.]+ s\.", "N s.", ran.stdout).endswith(ENDING)
    ran = envcheck("explain", "note-missing", "--course", "course.py", cwd=folder)
    assert (ran.code, ran.stdout, ran.stderr) == (0, NOTE, "")
    ran = envcheck("explain", "note-old", "--course", "course.py", cwd=folder)
    assert ran.stdout == (
        "# note-old\n\nPencil.\n\nThe check `pencil` gives `note-old`. It passes when pencil.\n"
    )


def test_the_installed_pages_are_there_too(folder: Path, explained: Envcheck) -> None:
    """A course file may use the checks of an installed course: its codes are explained with the
    file, and without.
    """
    plain = explained("kernel-died", cwd=folder)
    named = explained("kernel-died", "--course", "course.py", cwd=folder)
    assert (named.code, named.stdout) == (0, plain.stdout)
    assert plain.stdout.startswith("# The kernel dies while it starts\n")


def test_a_code_that_nobody_can_explain_is_not_sent_there(
    folder: Path, envcheck: Envcheck, explained: Envcheck
) -> None:
    """What has no page has no line that leads to it; asked for all the same, it is unknown, with
    the nearest name.
    """
    made = FILE.replace('fail("note-missing"', 'fail("-".join(["note", "missing"])')
    made = made.replace("[note, pencil]", "[note]")
    (folder / "course.py").write_text(made, encoding="utf-8")
    ran = envcheck("w", "--course", "course.py", "--python", sys.executable, cwd=folder)
    assert ran.code == 1
    assert re.sub(r"[0-9.]+ s\.", "N s.", ran.stdout).endswith(
        "\n\nNot ready for w: one cause. 1 failed, N s.\n"
    ), ran.stdout
    assert "explain" not in ran.stdout
    asked = explained("note-missing", "--course", "course.py", cwd=folder)
    assert (asked.code, asked.stdout) == (2, "")
    assert "note-missing" in asked.stderr


BY_SYMPTOM = """\
Find what you see: the causes stand under it. To read about one of them:
envcheck explain NAME
By the words of an error message: envcheck explain "No module named"

C

The note cannot be read
  note-missing                    There is no note
  note-of-another-day-altogether  The note is there, and it is one of another
                                  day

Pencil does not work
  pencil-blunt  The pencil is blunt

Something else that a course asks for is missing or does not work
  note-eaten  The dog has eaten it
"""
SEVERAL = """\
These pages have words of `There is no note`, the nearest first:

  note-missing                    There is no note
  note-of-another-day-altogether  The note is there, and it is one of another
                                  day

To read one: envcheck explain note-missing
"""


def test_without_a_name_causes_stand_under_what_is_seen() -> None:
    """Each once, under the first check of the course that gives it."""
    note = Check("note", "Note", lambda _: ok(""), symptom="the note cannot be read")
    pencil = Check("pencil", "Pencil", lambda _: ok(""))
    codes = (
        Code("note-missing", "There is no note", "note"),
        Code("note-eaten", "The dog has eaten it", "dog"),
        Code("pencil-blunt", "The pencil is blunt", ("other", "pencil")),
        Code(
            "note-of-another-day-altogether",
            "The note is there, and it is one of another day",
            ("pencil", "note"),
        ),
    )
    course = Course("c", "C", [Chapter("w", "W", [note, pencil])], codes=codes)
    assert explain.page((), [course]) == BY_SYMPTOM


def test_words_are_looked_for_in_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pages_of_c"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "note-missing.md").write_text("# There is no note\n\nIt says `no note`.\n", "utf-8")
    other = "# The note is there, and it is one of another day\n"
    (package / "note-of-another-day-altogether.md").write_text(other, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    course = Course("c", "C", [], pages="pages_of_c")
    assert explain.page(("There is", "no note"), [course]) == SEVERAL


def test_every_cause_of_the_course_is_listed(explained: Envcheck) -> None:
    ran = explained()
    lines = ran.stdout.splitlines()
    assert ran.code == 0
    assert max(map(len, lines)) <= 80
    for code in COURSE.codes:
        assert sum(line.startswith(f"  {code} ") for line in lines) == 1, code


BROKEN = """\
course = "c"
[chapter.a]
requires = ["gone.txt"]
jupyter = false
commands = { a-tool = "*" }
env = { KEY = "*" }
disk = "1 GB"
[chapter.b]
commands = { b-tool = "*" }
"""


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("check", ["a.command.a-tool", "a.env", "a.disk", "a.python"])
def test_checks_of_a_chapter_whose_list_cannot_be_read(
    explained: Envcheck, tmp_path: Path, gone: bool, check: str
) -> None:
    """Have their pages, with what is wrong beside them; no search for words."""
    (tmp_path / "envcheck.toml").write_text(BROKEN)
    if not gone:
        (tmp_path / "gone.txt").write_text("numpy\n<<<<<<< HEAD\n")
    done = explained(check, cwd=tmp_path)
    assert done.code == 0
    assert done.stdout.startswith("# "), done.stdout
    assert "gone.txt" in done.stderr
    assert ("there is no such file" if gone else ":2: pip cannot read") in done.stderr


def test_a_list_of_another_chapter_is_no_trouble(explained: Envcheck, tmp_path: Path) -> None:
    (tmp_path / "envcheck.toml").write_text(BROKEN)
    done = explained("b.command.b-tool", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert "b-tool" in done.stdout


def test_a_course_file_that_is_broken_is_told(explained: Envcheck, tmp_path: Path) -> None:
    """Whoever asks about a check of it would read of others' and not know why."""
    (tmp_path / "envcheck.toml").write_text(BROKEN.replace("disk", "disc"))
    done = explained("a.disk", cwd=tmp_path)
    assert "envcheck.toml:7:" in done.stderr
    assert "disc" in done.stderr
