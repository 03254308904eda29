"""A chapter, or a check of it, that is for some systems; and what a course says on each."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.course_file.reading import read
from envcheck.errors import UsageProblem
from envcheck.reports import html, markdown, text
from envcheck.run.report import Report
from envcheck.testing import run_course
from envcheck_checks.course_file.course import course
from envcheck_checks.courses.ml_for_software_engineers import COURSE

GONE = '[chapter.w]\nenv = { GONE_OF_OURS = "*" }\n'
WSL = {"WSL_DISTRO_NAME": "Ubuntu"}
LINUX: dict[str, str] = {}


def ran(folder: Path, lines: str, variables: dict[str, str]) -> Report:
    (folder / "envcheck.toml").write_text(f'course = "a"\n{lines}')
    made = course(read(folder / "envcheck.toml"), COURSE)
    return run_course(made, folder=folder, variables=variables)


def test_a_chapter_for_another_system_proves_nothing(tmp_path: Path) -> None:
    report = ran(tmp_path, f'{GONE}only.on = ["windows", "macos"]\n', LINUX)
    reasons = {result.skip_reason for result in report.results}
    assert reasons == {"only on Windows and macOS; this is Linux"}
    assert (report.exit_code, report.complete) == (3, True)
    page = text.render(report)
    assert "--    Not here      Python, GONE_OF_OURS (only on Windows and macOS;" in page
    assert "This is not for your system" in page


def test_a_chapters_own_word_comes_before_the_courses(tmp_path: Path) -> None:
    both = f'only.on = ["macos"]\n{GONE}only.on = ["linux"]\n'
    report = ran(tmp_path, both, WSL)
    assert {result.id: result.status.value for result in report.results}[
        "w.env.GONE_OF_OURS"
    ] == "fail"


def test_some_checks_of_a_chapter(tmp_path: Path) -> None:
    lines = 'ports = [1]\nonly = [{ on = ["wsl"], checks = ["env.GONE_OF_OURS"] }]\n'
    at = {result.id: result for result in ran(tmp_path, GONE + lines, LINUX).results}
    assert at["w.env.GONE_OF_OURS"].skip_reason == "only on WSL; this is Linux"
    assert at["w.port.1"].status.value == "pass"
    assert ran(tmp_path, GONE + lines, WSL).exit_code == 1
    with pytest.raises(
        UsageProblem, match=r"toml:5:\d+: chapter.w.only.checks: no chapter has a check `port.2`"
    ):
        ran(tmp_path, GONE + lines.replace("env.GONE_OF_OURS", "port.2"), LINUX)


HINTS = """\
hint.linux = "of the course: apt"
[chapter.w]
env = { GONE_OF_OURS = "*" }
hint = { linux = "<b>*apt*</b> \\u001b[31m $(rm -r x)", wsl = "of WSL", windows = "of Windows" }
[chapter.v]
ports = [1]
"""


def test_hints_of_this_system_where_something_fails(tmp_path: Path) -> None:
    report = ran(tmp_path, HINTS, LINUX)
    assert report.hints == ("<b>*apt*</b> $(rm -r x)",)
    assert "The course says: <b>*apt*</b> $(rm -r x)" in text.render(report)
    assert "<b>" not in html.render(report)
    assert r"\<b\>\*apt\*\</b\> \$(rm -r x)" in markdown.render(report)
    assert ran(tmp_path, HINTS, WSL).hints == ("of WSL",)
    assert ran(tmp_path, HINTS, {"GONE_OF_OURS": "1"}).hints == ()
    others = HINTS.replace("linux", "macos")
    assert ran(tmp_path, others, LINUX).hints == ()
    assert ran(tmp_path, others.replace(', wsl = "of WSL"', ""), WSL).hints == ()
