"""The page that does not open by itself warns, and a variable that leads it astray is what to take
away.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.described_machines import on, python_at

from envcheck import Severity
from envcheck_checks.notebook import other_page

TROUBLE = "/lab: status 500 for /lab"


def test_nothing_is_said_of_a_page_that_works(tmp_path: Path) -> None:
    assert other_page.warnings(on("linux", tmp_path), "") == []


def test_a_page_that_does_not(tmp_path: Path) -> None:
    (warning,) = other_page.warnings(on("linux", tmp_path), TROUBLE)
    assert warning.code == "other-page-broken"
    assert (warning.evidence.found, "/lab" in warning.summary) == ("status 500 for /lab", True)
    assert not any(fix.automatic for fix in warning.fixes)


def test_a_variable_that_leads_it_astray(tmp_path: Path) -> None:
    (warning,) = other_page.warnings(on("linux", tmp_path, JUPYTERLAB_DIR="/old"), TROUBLE)
    assert warning.evidence.looked_in == "JUPYTERLAB_DIR=/old"
    assert [fix.automatic for fix in warning.fixes] == [True]


def test_a_package_that_jupyterlab_lacks(tmp_path: Path) -> None:
    """Its absence is the cause, and what to install the fix; it stays a warning."""
    python = python_at(tmp_path / "venv", {"jupyterlab": "4.6"}, kind="venv")
    rows = tuple(replace(row, requires=("async-lru>=1",)) for row in python.distributions)
    env = on("linux", tmp_path, replace(python, distributions=rows))
    (warning,) = other_page.warnings(env, TROUBLE)
    assert (warning.code, warning.severity) == ("other-page-broken", Severity.WARNING)
    assert warning.fixes[0].automatic
    assert "/lab" in warning.summary
