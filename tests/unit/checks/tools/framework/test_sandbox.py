"""What the end of a program's work means when no cause of it is known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.checks.tools.scripted import finished, scripted

from envcheck import Outcome, ok
from envcheck.environment import Environment
from envcheck.processes.process import Ending
from envcheck.testing import described, fails, passes
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING, TOOL_FAILS, TOOL_HANGS
from envcheck_checks.tools.framework.program import Program
from envcheck_checks.tools.framework.sandbox import program_works

ANVIL = Program("Anvil", "anvil", "a heavy thing", 12, {"apt": "anvil-tools"}, "https://anvil.org")


def test_a_failed_command_is_quoted(tmp_path: Path) -> None:
    """Its exit code, its last words and how it was called; success is no trouble."""
    table = scripted(tmp_path)
    trouble = table.trouble(finished("anvil", "-q", "a.v", code=3, stderr="no such cell"))
    assert trouble is not None
    assert trouble.code == TOOL_FAILS
    assert "no such cell" in trouble.evidence.found
    assert trouble.evidence.looked_in == "anvil -q"
    assert table.trouble(finished("anvil")) is None


@pytest.mark.parametrize("ending", [Ending.TIMED_OUT, Ending.FLOODED])
def test_a_command_that_does_not_end_hangs(tmp_path: Path, ending: Ending) -> None:
    """Out of time, or printing without end."""
    trouble = scripted(tmp_path).trouble(finished("anvil", "-q", ending=ending))
    assert trouble is not None
    assert trouble.code == TOOL_HANGS
    assert "in 2 s" in trouble.summary


def test_commands_stop_at_the_first_that_fails(tmp_path: Path) -> None:
    """The one that failed is returned, else the last."""
    failed = finished("second", code=1)
    table = scripted(tmp_path, second=failed)
    assert table.in_order([("first",), ("second",), ("third",)]) is failed
    assert table.in_order([("first",), ("third",)]).argv == ("third",)


@pytest.mark.skipif(sys.platform == "win32", reason="no file without an ending is a program there")
def test_programs_are_looked_for_first(tmp_path: Path) -> None:
    """An absent program is named with the package manager's command; else the work is done."""

    def examine(_: Environment) -> Outcome:
        return ok("done")

    check = program_works("anvil", "Anvil", (ANVIL,), examine, proves="an anvil is made")
    table = scripted(tmp_path, "apt")
    diagnosis = fails(check, table.env, PROGRAM_MISSING)
    assert "sudo apt install anvil-tools" in str(diagnosis.fixes[0])
    bare = fails(check, described(variables={"PATH": ""}), PROGRAM_MISSING)
    assert "https://anvil.org" in str(bare.fixes[0])
    (tmp_path / "bin" / "anvil").touch()
    (tmp_path / "bin" / "anvil").chmod(0o755)
    assert passes(check, table.env).summary == "done"
