"""The way to a bitstream: a part that is not there, and what the tools say of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.checks.tools.scripted import finished, scripted

from envcheck import Severity
from envcheck.testing import described, fails
from envcheck_checks.tools.circuits import ice40
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING, PROGRAM_PART_MISSING

posix = pytest.mark.skipif(sys.platform == "win32", reason="paths and programs of POSIX")


def test_the_first_absent_program_is_named() -> None:
    """Without any of them it is Yosys, the first that is used."""
    diagnosis = fails(ice40.ice40(), described(variables={"PATH": ""}), PROGRAM_MISSING)
    assert diagnosis.evidence.wanted == "yosys"


@posix
def test_unpacking_needs_a_command_of_its_own(tmp_path: Path) -> None:
    """`iceunpack` comes with `icepack`, and is looked for beside it."""
    env = scripted(tmp_path, "yosys", "nextpnr-ice40", "icepack").env
    diagnosis = fails(ice40.ice40(), env, PROGRAM_PART_MISSING)
    assert "iceunpack" in diagnosis.summary


@posix
def test_a_chip_database_that_is_gone(tmp_path: Path) -> None:
    """nextpnr names a file that is not there; one that is there, or another program's words, are
    not the cause.
    """
    env = described(variables={"PATH": ""})
    gone = finished("/bin/nextpnr-ice40", code=1, stderr=f"cannot open {tmp_path}/chipdb-1k.bin.")
    diagnosis = ice40._chip_unknown(env, gone)
    assert diagnosis is not None
    assert diagnosis.code == PROGRAM_PART_MISSING
    assert diagnosis.evidence.looked_in == f"{tmp_path}/chipdb-1k.bin"
    assert ice40._chip_unknown(env, finished("/bin/icepack", stderr=gone.stderr)) is None
    (tmp_path / "chipdb-1k.bin").touch()
    assert ice40._chip_unknown(env, gone) is None


@posix
def test_the_speed_is_told_where_icetime_knows_the_chip(tmp_path: Path) -> None:
    """Without `icetime` nothing is said; without its database there is a warning, since bitstreams
    are made.
    """
    timed = scripted(tmp_path, "icetime", icetime=finished(stdout="Total path: 9 ns (111.11 MHz)"))
    assert ice40._speed(timed) == (("111 MHz",), ())
    (tmp_path / "bare").mkdir()
    assert ice40._speed(scripted(tmp_path / "bare")) == ((), ())
    (tmp_path / "half").mkdir()
    _, (warning,) = ice40._speed(
        scripted(tmp_path / "half", "icetime", icetime=finished("icetime", code=1))
    )
    assert (warning.code, warning.severity) == (PROGRAM_PART_MISSING, Severity.WARNING)
