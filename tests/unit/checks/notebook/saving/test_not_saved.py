"""Why no notebook can be saved in a folder."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Diagnosis
from envcheck_checks.notebook.saving import not_saved
from envcheck_checks.notebook.saving.save import CHECKPOINTS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


def diagnosed(tmp_path: Path, folder: Path) -> Diagnosis | None:
    return not_saved.diagnose(on("linux", tmp_path, HOME=str(tmp_path)), folder)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere: who may not is described."""

    def write_error(folder: Path) -> OSError | None:
        may = folder.stat().st_mode & stat.S_IWUSR
        return None if may else PermissionError(13, "Permission denied")

    for module in ("machine.work_folder", "notebook.saving.not_saved"):
        monkeypatch.setattr(f"envcheck_checks.{module}.write_error", write_error)


def test_nothing_is_in_the_way(tmp_path: Path) -> None:
    assert diagnosed(tmp_path, tmp_path) is None
    (tmp_path / CHECKPOINTS).mkdir()
    assert diagnosed(tmp_path, tmp_path) is None


@pytest.mark.usefixtures("closed")
def test_a_folder_of_checkpoints_that_is_closed(tmp_path: Path) -> None:
    (tmp_path / CHECKPOINTS).mkdir(mode=0o555)
    diagnosis = diagnosed(tmp_path, tmp_path)
    assert diagnosis is not None
    assert diagnosis.code == "checkpoints-blocked"
    assert "mode 555" in diagnosis.evidence.found
    assert diagnosis.fixes[0].automatic


@pytest.mark.parametrize("link", [False, True])
def test_no_folder_at_all(tmp_path: Path, link: bool) -> None:
    if link:
        (tmp_path / CHECKPOINTS).symlink_to("/media/ada/gone")
    else:
        (tmp_path / CHECKPOINTS).write_text("")
    diagnosis = diagnosed(tmp_path, tmp_path)
    assert diagnosis is not None
    assert ("link" if link else "a file") in diagnosis.summary
    assert diagnosis.fixes[0].automatic


@pytest.mark.usefixtures("closed")
def test_in_a_shared_folder_it_is_another_users_to_take_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / CHECKPOINTS).mkdir(mode=0o555)
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    diagnosis = diagnosed(tmp_path, tmp_path)
    assert diagnosis is not None
    assert not diagnosis.fixes[0].automatic


@pytest.mark.usefixtures("closed")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    """Said as the check of the room says it: one cause."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    diagnosis = diagnosed(tmp_path, folder)
    assert diagnosis is not None
    assert diagnosis.code == "work-folder-read-only"
