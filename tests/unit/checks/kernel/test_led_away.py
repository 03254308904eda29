"""`ipython-startup-leads-away`: where a kernel's cells run elsewhere because of a start-up file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Severity
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.kernel import led_away
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.shared import SharedKernel

STARTUP = "profile_default/startup/50-data.py"


def told(
    tmp_path: Path, cells: Path | None, *, python: Path | None = None, startup: bool = True
) -> list[Diagnosis]:
    own, ours = tmp_path / "home/.ipython", tmp_path / "ours"
    if startup:
        file_at(ours / STARTUP, "import os\n")
    learners = replace(python_at(tmp_path / "venv"), folder=str(python or ""))
    facts = {private_folders: PrivateFolders({}, own, ours)}
    shared = SharedKernel(None, Start(End.REPLIED, 0.4), folder=str(cells or ""))
    return led_away.warnings(on("linux", tmp_path, learners, facts=facts), shared)


def test_the_file_is_named(tmp_path: Path) -> None:
    """It is the only one, so no kernel more is started to find it."""
    (diagnosis,) = told(tmp_path, tmp_path / "data")
    assert (diagnosis.code, diagnosis.severity) == ("ipython-startup-leads-away", Severity.WARNING)
    assert diagnosis.evidence.found == f"cells run in {tmp_path / 'data'}"
    assert diagnosis.evidence.wanted == f"cells run in {tmp_path / 'work'}"
    assert diagnosis.evidence.looked_in == str(tmp_path / "home/.ipython" / STARTUP)


def test_cells_run_beside_the_notebook(tmp_path: Path) -> None:
    assert told(tmp_path, tmp_path / "work") == []
    assert told(tmp_path, tmp_path / "venv" / ".." / "work") == []
    assert told(tmp_path, None) == []


def test_no_file_of_ipythons_is_to_blame(tmp_path: Path) -> None:
    """There is none, or Python itself goes there, of which its own check speaks."""
    assert told(tmp_path, tmp_path / "data", startup=False) == []
    assert told(tmp_path, tmp_path / "data", python=tmp_path / "data") == []
