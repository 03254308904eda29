"""Packages of a course, really imported by a Python that has them."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from envcheck import Chapter, Course, Status
from envcheck.course_file.values import AT_LEAST, EXACT
from envcheck.declared.declared import Declared
from envcheck.declared.reading import read
from envcheck.required import loosened
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.packages import course_packages
from envcheck_checks.course_file.wanted import Wanted

pytestmark = pytest.mark.slow


def packages(folder: Path, listed: str, pins: str = AT_LEAST) -> CheckResult:
    """What the check says of this list, for the Python of the tests."""
    file = "environment.yml" if "dependencies:" in listed else "requirements.txt"
    (folder / file).write_text(listed)
    rows = read(folder, file).packages
    wanted = Wanted(tuple(replace(r, requirement=loosened(r.requirement, pins)) for r in rows))
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


def test_names_of_conda_s(tmp_path: Path) -> None:
    """Verified ones are looked for by the index's name; of others a Python that is not conda's says
    nothing, and nothing is told to install a stranger's package of that name.
    """
    listed = "dependencies:\n  - pyyaml=3.0\n  - libgdal\n"
    assert packages(tmp_path, listed).status is Status.PASS
    unsure = packages(tmp_path, listed + "  - no-such-package-of-anybody\n")
    assert (unsure.status, unsure.diagnoses) == (Status.ERROR, ())
    assert unsure.summary.startswith("no-such-package-of-anybody is a name of conda's")


def test_the_courses_own_package_is_never_asked_of_an_index(tmp_path: Path) -> None:
    """Nobody is told to have pip install that name, nor of a manager that the course does not have."""
    (tmp_path / "requirements.txt").touch()
    row = Declared("no-such-package-of-anybody", "requirements.txt", on_index=False)
    wanted = Wanted((row,), lists=(str(tmp_path / "requirements.txt"),))
    made = Course("a", "A", [Chapter("w", "W", [course_packages(wanted, "w", (), ())])])
    (result,) = run_course(made, "w", python=sys.executable, folder=tmp_path).results
    assert (result.status, result.diagnoses) == (Status.UNDETERMINED, ())
    assert "-m pip install -r " in result.summary
    assert "uv sync" not in result.summary
