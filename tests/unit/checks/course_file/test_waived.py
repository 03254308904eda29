"""Which checks a course waives, until which day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem
from envcheck.required import Lists
from envcheck_checks.course_file.chapter import checks
from envcheck_checks.course_file.waived import with_waivers

COURSE = """\
course = "a"
[chapter.v]
packages = ["numpy"]
[chapter.w]
packages = ["torchtext"]
commands = { git = "*" }
[waive]
"w.packages" = { why = "no wheel", until = 2027-03-01 }
"""


def course(folder: Path, text: str = COURSE) -> CourseFile:
    (folder / "envcheck.toml").write_text(text)
    return read(folder / "envcheck.toml")


@pytest.mark.parametrize(("day", "ended"), [("2027-03-01", False), ("2027-03-02", True)])
def test_the_last_day_is_included(tmp_path: Path, day: str, ended: bool) -> None:
    file = course(tmp_path)
    made = with_waivers(
        checks(file, file.chapter("w"), lambda _: Lists()), file, datetime.date.fromisoformat(day)
    )
    waivers = {check.id: check.waiver for check in made if check.waiver}
    assert [(id, waiver.ended) for id, waiver in waivers.items()] == [("packages", ended)]


def test_another_chapters_check_of_that_name_counts(tmp_path: Path) -> None:
    file = course(tmp_path)
    assert not any(check.waiver for check in checks(file, file.chapter("v"), lambda _: Lists()))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("w.package", "toml:8:1: no chapter has a check `w.package`; the nearest is `w.packages`"),
        ("w.command.got", "no chapter has a check `w.command.got`; the nearest is `w.command.git`"),
        ("v.command.git", "no chapter has a check `v.command.git`"),
    ],
)
def test_a_check_that_there_is_not(tmp_path: Path, name: str, message: str) -> None:
    """It is an error in every chapter, also where the chapter itself waives nothing."""
    file = course(tmp_path, COURSE.replace("w.packages", name))
    with pytest.raises(UsageProblem) as problem:
        checks(file, file.chapter("v"), lambda _: Lists())
    assert message in str(problem.value)
