"""`envcheck explain` and the line that leads to it, as a person meets them: whole outputs of the
command.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from tests.conftest import Envcheck

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


def test_the_installed_pages_are_there_too(folder: Path, envcheck: Envcheck) -> None:
    """A course file may use the checks of an installed course: its codes are explained with the
    file, and without.
    """
    plain = envcheck("explain", "kernel-died", cwd=folder)
    named = envcheck("explain", "kernel-died", "--course", "course.py", cwd=folder)
    assert (named.code, named.stdout) == (0, plain.stdout)
    assert plain.stdout.startswith("# The kernel dies while it starts\n")


def test_a_code_that_nobody_can_explain_is_not_sent_there(folder: Path, envcheck: Envcheck) -> None:
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
    asked = envcheck("explain", "note-missing", "--course", "course.py", cwd=folder)
    assert (asked.code, asked.stdout) == (2, "")
    assert "note-missing" in asked.stderr
