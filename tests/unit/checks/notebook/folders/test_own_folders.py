"""The learner's own Jupyter folders: on a disk that keeps modes, and on one that gives all files the
same.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Diagnosis
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine.write_access import mode_of_private_file
from envcheck_checks.notebook.folders import own_folders

FAILURE = Failure("the notebook server does not start")


def diagnosed(tmp_path: Path, runtime_dir: str = "", insecure: str = "") -> Diagnosis | None:
    runtime = str(tmp_path / "home" / "runtime")
    jupyter = LearnersJupyter({}, None, runtime=runtime)
    env = on(
        "linux",
        tmp_path,
        facts={learners_jupyter: jupyter},
        JUPYTER_RUNTIME_DIR=runtime_dir,
        JUPYTER_ALLOW_INSECURE_WRITES=insecure,
    )
    return own_folders.diagnose(env, FAILURE)


@pytest.fixture
def given_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share of a Windows server: `file_mode=0755`, whatever a program asks for."""
    monkeypatch.setattr(stat, "S_IMODE", lambda mode: 0o755)


def test_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    """It leaves nothing, and the folder's time as it was."""
    before = tmp_path.stat()
    assert mode_of_private_file(tmp_path) == 0o600
    assert [*tmp_path.iterdir()] == []
    assert tmp_path.stat().st_mtime_ns == before.st_mtime_ns
    assert diagnosed(tmp_path) is None


@pytest.mark.usefixtures("given_mode")
def test_a_disk_without_modes(tmp_path: Path) -> None:
    told = diagnosed(tmp_path)
    assert told is not None
    assert (told.code, told.evidence.found) == (
        "jupyter-folder-unwritable",
        "mode 0755 of a new file",
    )
    assert [fix.automatic for fix in told.fixes] == [False]


@pytest.mark.usefixtures("given_mode")
def test_a_disk_without_modes_that_a_variable_names(tmp_path: Path) -> None:
    told = diagnosed(tmp_path, runtime_dir=str(tmp_path / "home" / "runtime"))
    assert told is not None
    assert told.fixes[0].title == "take JUPYTER_RUNTIME_DIR out of your terminal's variables"


@pytest.mark.usefixtures("given_mode")
def test_a_jupyter_that_may_write_openly(tmp_path: Path) -> None:
    assert diagnosed(tmp_path, insecure="1") is None


def test_an_owner_may_start_a_share_s_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stat, "S_IMODE", lambda mode: 0o700)
    assert diagnosed(tmp_path) is None


@pytest.mark.usefixtures("given_mode")
def test_windows_asks_for_no_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may read a file stands in a list there."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert diagnosed(tmp_path) is None


def test_a_system_without_files_that_have_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    assert mode_of_private_file(tmp_path) == 0o600
    assert [*tmp_path.iterdir()] == []
