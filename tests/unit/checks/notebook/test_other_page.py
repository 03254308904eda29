"""The page that does not open by itself warns, and a variable that leads it astray is what to take
away.
"""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import on

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
