"""Causes that only an import meets: asked of the imports that were done, else of nothing."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import STACK, on, python_at, said

from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.packages.imports import Import, Imports
from envcheck_checks.packages.own_causes import (
    find_absent_import,
    find_hiding_file,
    find_misleading_start_file,
    find_other_numpy,
)

FAILURE = Failure("pandas cannot be imported", stack=STACK)


def test_an_import_that_failed_for_none_of_them(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    failed = Import("pandas", error="SyntaxError", message="invalid syntax")
    env.preload(f"imports of {STACK.packages}", Imports((failed,), (), "", said()))
    assert find_absent_import(env, FAILURE) is None
    assert find_hiding_file(env, FAILURE) is None
    assert find_other_numpy(env, FAILURE) is None
    assert find_misleading_start_file(env, FAILURE) is None


def test_a_failure_of_no_imports(tmp_path: Path) -> None:
    """Nothing is imported to find out."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    other = Failure("no kernel starts")
    assert find_absent_import(env, other) is None
    assert find_hiding_file(env, other) is None
    assert find_other_numpy(env, other) is None
