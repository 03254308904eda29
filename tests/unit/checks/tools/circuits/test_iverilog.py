"""Icarus Verilog: its compiler is there, and its simulator may not be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.checks.tools.scripted import scripted

from envcheck.testing import described, fails
from envcheck_checks.tools.circuits.encoder import counted
from envcheck_checks.tools.circuits.iverilog import iverilog
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING, PROGRAM_PART_MISSING


def test_it_is_not_installed() -> None:
    """No `iverilog` on the PATH."""
    fails(iverilog(), described(variables={"PATH": ""}), PROGRAM_MISSING)


@pytest.mark.skipif(sys.platform == "win32", reason="no file without an ending is a program there")
def test_a_compiler_without_its_simulator(tmp_path: Path) -> None:
    """`vvp` runs what `iverilog` compiles."""
    diagnosis = fails(iverilog(), scripted(tmp_path, "iverilog").env, PROGRAM_PART_MISSING)
    assert "its command `vvp`" in diagnosis.summary


@pytest.mark.parametrize(
    ("text", "steps"), [("count=12\ncount=40\n", 40), ("count=x", None), ("", None)]
)
def test_the_last_count_is_the_result(text: str, steps: int | None) -> None:
    """What is no number is no count."""
    assert counted(text) == steps
