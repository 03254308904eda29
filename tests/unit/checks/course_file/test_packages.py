"""Packages of a course, really imported by a Python that has them."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from envcheck import Chapter, Course, Status
from envcheck.course_file.values import AT_LEAST, EXACT
from envcheck.declared.reading import read
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.packages import course_packages
from envcheck_checks.course_file.wanted import Wanted

pytestmark = pytest.mark.slow


def packages(folder: Path, listed: str, pins: str = AT_LEAST) -> CheckResult:
    """What the check says of this list, for the Python of the tests."""
    (folder / "requirements.txt").write_text(listed)
    wanted = Wanted(tuple(read(folder, "requirements.txt")), pins)
    made = Course("a", "A", [Chapter("w", "W", [course_packages(wanted, "w", (), ())])])
    (result,) = run_course(made, "w", python=sys.executable, folder=folder).results
    return result


def test_what_is_there(tmp_path: Path) -> None:
    """By other names than their modules', with a pin that is met by a newer one, without a module."""
    result = packages(tmp_path, "PyYAML==3.0\npython-discovery\nruff\nold ; python_version < '3'\n")
    assert result.status is Status.PASS, (result.summary, result.diagnoses)
    assert result.summary.startswith("pyyaml 6.0, python-discovery 1.")


def test_an_exact_pin_is_taken_literally_where_the_course_says_so(tmp_path: Path) -> None:
    result = packages(tmp_path, "PyYAML==3.0\n", EXACT)
    assert [one.code for one in result.diagnoses] == ["package-too-new"]
    assert result.diagnoses[0].evidence.found == f"pyyaml {version('pyyaml')}"


@pytest.mark.parametrize(
    ("listed", "codes"),
    [
        ("PyYAML\nno-such-package-of-anybody\n", ["packages-missing"]),
        ("PyYAML>=99\n", ["package-too-old"]),
        ("PyYAML<6\nruff>=99\n", ["package-too-new", "package-too-old"]),
    ],
)
def test_a_gap(tmp_path: Path, listed: str, codes: list[str]) -> None:
    result = packages(tmp_path, listed)
    assert result.status is Status.FAIL
    assert sorted(one.code for one in result.diagnoses) == codes
