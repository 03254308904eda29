"""Verilator writes C++: what is needed to build that, by the rules that it was made with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.checks.tools.scripted import ScriptedBench, finished, scripted

from envcheck.testing import described, fails
from envcheck_checks.tools.circuits import verilator
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING, PROGRAM_PART_MISSING


def built(folder: Path, compiler: str | None, *programs: str) -> ScriptedBench:
    """A bench after the translation; `compiler` stands in Verilator's own rules, None where they
    are gone.
    """
    root = folder / "root"
    (root / "include").mkdir(parents=True)
    if compiler:
        (root / "include" / "verilated.mk").write_text(f"AR = ar\nCXX = {compiler}\n")
    (folder / "built").mkdir()
    (folder / "built" / "Vencoder.mk").write_text(f"VERILATOR_ROOT = {root}\n")
    return scripted(folder, *programs)


def test_it_is_not_installed() -> None:
    """No `verilator` on the PATH."""
    fails(verilator.verilator(), described(variables={"PATH": ""}), PROGRAM_MISSING)


@pytest.mark.parametrize(("written", "compiler"), [("clang++", "clang++"), (None, "g++")])
def test_the_compiler_is_that_of_its_rules(
    tmp_path: Path, written: str | None, compiler: str
) -> None:
    """Where they cannot be read, the usual one."""
    assert verilator._compiler(built(tmp_path, written)) == compiler


@pytest.mark.skipif(sys.platform == "win32", reason="no file without an ending is a program there")
def test_what_builds_is_looked_for(tmp_path: Path) -> None:
    """`make` is here and the compiler is not; with both, nothing is missing."""
    table = built(tmp_path, "clang++", "make")
    diagnosis = verilator._builder_missing(table)
    assert diagnosis is not None
    assert diagnosis.code == PROGRAM_PART_MISSING
    assert diagnosis.evidence.wanted == "the command `clang++`"
    (tmp_path / "bin" / "clang++").touch()
    (tmp_path / "bin" / "clang++").chmod(0o755)
    assert verilator._builder_missing(table) is None


def test_a_trial_takes_the_variables_away(tmp_path: Path) -> None:
    """Whether the first step succeeds without them is what it says."""
    table = scripted(tmp_path, verilator=finished("verilator", code=1))
    assert not verilator.translates(table, "verilator", {"VERILATOR_ROOT": None})
    assert verilator.translates(table, "another", {})
