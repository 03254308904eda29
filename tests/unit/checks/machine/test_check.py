"""Room to work: each shortage with its numbers, the worst alone, and small ones as warnings."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Environment, fact, fail
from envcheck.processes import seen
from envcheck.target.allowance import memory_at_first
from envcheck.testing import fails, passes, warns
from envcheck_checks.machine import check as module
from envcheck_checks.machine import limits, work_folder
from envcheck_checks.machine.check import room
from envcheck_checks.machine.selinux import Rights, is_enforcing


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A machine with room for everything."""
    monkeypatch.setattr(limits, "diagnose", lambda: None)
    monkeypatch.setattr(module, "free_mb", lambda _: 20_000.0)
    facts: dict[fact[Any], object] = {is_enforcing: False, memory_at_first: 8_000.0}
    return on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)


def test_a_machine_with_room(machine: Environment) -> None:
    """The summary has the numbers."""
    assert passes(room(), machine).summary.startswith(
        "20 GB of disk and 8.0 GB of memory free, folder writable"
    )


@pytest.mark.parametrize(
    ("available", "severity"),
    [(299, "error"), (300, "warning"), (699, "warning"), (700, ""), (16_000, "")],
)
def test_memory(
    machine: Environment, monkeypatch: pytest.MonkeyPatch, available: float, severity: str
) -> None:
    """Too little for a kernel fails, too little for comfort warns: as it was before this run took its
    part.
    """
    monkeypatch.setattr(seen, "available_mb", lambda: 1.0)
    machine.preload(memory_at_first.name, available)
    if not severity:
        passes(room(), machine)
        return
    diagnosis = (fails if severity == "error" else warns)(room(), machine, "memory-low")
    assert diagnosis.evidence.found == f"{available} MB available"
    assert not diagnosis.fixes[0].automatic


@pytest.mark.parametrize(
    ("free", "code", "found"),
    [
        (49, "disk-full", "less than 50 MB free"),
        (50, "disk-low", "50 MB free"),
        (999, "disk-low", "999 MB free"),
        (1000, "", ""),
    ],
)
def test_the_fullest_disk_counts(
    machine: Environment,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    free: float,
    code: str,
    found: str,
) -> None:
    """The environment's disk may be another than the work folder's."""
    venv = tmp_path / "venv"
    monkeypatch.setattr(module, "free_mb", lambda place: free if place == venv else 20_000.0)
    if not code:
        passes(room(), machine)
        return
    diagnosis = (fails if code == "disk-full" else warns)(room(), machine, code)
    assert (diagnosis.evidence.found, diagnosis.evidence.looked_in) == (found, str(venv))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "work-folder-read-only"),
        (errno.EROFS, "work-folder-read-only"),
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
    ],
)
def test_a_folder_that_takes_no_file(
    machine: Environment, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """A full disk or a used-up quota is not taken for missing rights."""
    error = OSError(number, os.strerror(number))
    monkeypatch.setattr(work_folder, "write_error", lambda _: error)
    diagnosis = fails(room(), machine, code)
    assert diagnosis.evidence.looked_in == str(machine.folder)
    if code == "work-folder-read-only":
        assert diagnosis.evidence.found == os.strerror(number)
        assert "Copy the course's folder" in str(diagnosis.fixes)


@pytest.mark.parametrize(
    ("may_write", "code"), [(True, "selinux-denies"), (False, "work-folder-read-only")]
)
def test_selinux_is_named_where_the_mode_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_write: bool, code: str
) -> None:
    """And the folder's own mode where that is what refuses."""
    monkeypatch.setattr(limits, "diagnose", lambda: None)
    monkeypatch.setattr(
        work_folder, "write_error", lambda _: OSError(errno.EACCES, "Permission denied")
    )
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={is_enforcing: True})
    env.preload(f"rights in {env.folder}", Rights(may_write, "unlabeled_t"))
    fails(room(), env, code)


def test_a_limit_comes_before_the_rest(
    machine: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would explain what else is short."""
    low = fail("open-files-limit-too-low", "too low")
    monkeypatch.setattr(limits, "diagnose", lambda: low)
    machine.preload(memory_at_first.name, 1.0)
    fails(room(), machine, "open-files-limit-too-low")


def test_warnings_stand_together(
    tmp_path: Path,
    machine: Environment,  # its disk and limits
) -> None:
    """Little memory and a file that may hide a module: the chapter can be done with both."""
    python = replace(python_at(tmp_path / "venv"), stdlib_names=frozenset({"random"}))
    facts: dict[fact[Any], object] = {is_enforcing: False, memory_at_first: 500.0}
    env = on("linux", tmp_path, python, facts=facts)
    file_at(env.folder / "random.py", "import os\n")
    diagnosis = warns(room(), env, "file-hides-module")
    assert diagnosis.evidence.looked_in == str(env.folder)
    warns(room(), env, "memory-low")
