"""Causes in what is installed: each on a machine that has it, and on the same machine without."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.installation import (
    built_on,
    find_damaged_package,
    find_disk_without_programs,
    find_incomplete_pywin32,
    find_missing_package,
    find_modified_package,
    find_package_too_old_for_windows,
    find_unfit_dependency,
    find_unreadable_package,
)
from envcheck_checks.installed import permissions

KERNEL = Failure("no kernel starts", distributions=("ipykernel",), stack=STACK)
PACKAGES = {name: number for name, number in WHOLE.items() if name != "ipykernel"}


def code(diagnosis: Diagnosis | None) -> str | None:
    return diagnosis.code if diagnosis is not None else None


def learner(tmp_path: Path, packages: dict[str, str] = WHOLE, system: str = "linux") -> Environment:
    return on(system, tmp_path, python_at(tmp_path / "venv", packages))


def test_what_is_missing_counts_where_the_failure_is_made_of_it(tmp_path: Path) -> None:
    """All that the chapter lacks is then named together. A numpy that is absent ends no kernel."""
    missing = find_missing_package(learner(tmp_path, PACKAGES), KERNEL)
    assert code(missing) == "ipykernel-missing"
    without_numpy = {name: number for name, number in WHOLE.items() if name != "numpy"}
    assert find_missing_package(learner(tmp_path, without_numpy), KERNEL) is None
    both = {name: number for name, number in PACKAGES.items() if name != "numpy"}
    assert code(find_missing_package(learner(tmp_path, both), KERNEL)) == "packages-missing"


def test_nothing_is_missing_where_nobody_says_what_is_needed(tmp_path: Path) -> None:
    cell = Failure("the cell fails", distributions=("ipykernel",))
    assert find_missing_package(learner(tmp_path, PACKAGES), cell) is None


def test_a_file_that_the_list_names_is_gone(tmp_path: Path) -> None:
    env = learner(tmp_path)
    file_at(tmp_path / "venv/site/ipykernel-6.29.0.dist-info/RECORD", "ipykernel/kernelapp.py,,9\n")
    assert code(find_damaged_package(env, KERNEL)) == "package-incomplete"
    file_at(tmp_path / "venv/site/ipykernel/kernelapp.py", "whole = 1")
    assert find_damaged_package(env, KERNEL) is None


def test_a_package_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = learner(tmp_path)
    assert find_unreadable_package(env, KERNEL) is None
    monkeypatch.setattr(permissions, "may_read", lambda place: place.name != "ipykernel")
    assert code(find_unreadable_package(env, KERNEL)) == "package-unreadable"


def test_a_disk_of_this_machine_that_allows_programs(tmp_path: Path) -> None:
    assert find_disk_without_programs(learner(tmp_path), KERNEL) is None


def test_of_a_package_alone_nothing_else_is_asked(tmp_path: Path) -> None:
    """What is not installed is built on nothing, and what needs nothing is not unfit."""
    env = learner(tmp_path)
    assert built_on(env, KERNEL) == ["ipykernel"]
    assert built_on(env, Failure("nothing works", distributions=("absent",))) == []
    assert find_unfit_dependency(env, KERNEL) is None
    assert find_modified_package(env, KERNEL) is None


def test_what_only_windows_knows(tmp_path: Path) -> None:
    old = {**WHOLE, "pywin32": "306", "ipykernel": "5.1.0", "tornado": "6.0.4"}
    windows = learner(tmp_path, old, "win32")
    assert code(find_incomplete_pywin32(windows, KERNEL)) == "pywin32-incomplete"
    assert code(find_package_too_old_for_windows(windows, KERNEL)) == "tornado-too-old"
    packages = Failure("numpy cannot be imported", distributions=("numpy",))
    assert find_package_too_old_for_windows(windows, packages) is None
    linux = learner(tmp_path, old)
    assert find_incomplete_pywin32(linux, KERNEL) is None
    assert find_package_too_old_for_windows(linux, KERNEL) is None
