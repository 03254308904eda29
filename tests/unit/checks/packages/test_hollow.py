"""Imports that work: a module with nothing in it is told, a whole one is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at, said

from envcheck_checks.packages.hollow import find_hollow
from envcheck_checks.packages.imports import Imports


@pytest.mark.parametrize(("empty", "codes"), [(True, ["package-incomplete"]), (False, [])])
def test_a_module_with_nothing_in_it(tmp_path: Path, empty: bool, codes: list[str]) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    module = file_at(tmp_path / "venv/site/numpy/__init__.py")
    version = WHOLE["numpy"]
    file_at(tmp_path / f"venv/site/numpy-{version}.dist-info/RECORD", "numpy/__init__.py,,9\n")
    tried = Imports((), (), "", said(), (str(module),) if empty else ())
    assert [diagnosis.code for diagnosis in find_hollow(env, STACK, tried)] == codes
