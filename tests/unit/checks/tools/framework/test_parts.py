"""Programs without a part of theirs, and programs of an older version."""

from __future__ import annotations

import pytest

from envcheck import Severity
from envcheck.fixes.advice import tell
from envcheck.testing import described
from envcheck_checks.tools.framework.codes import PROGRAM_PART_MISSING, PROGRAM_TOO_OLD
from envcheck_checks.tools.framework.parts import part_missing, too_old
from envcheck_checks.tools.framework.program import Program

ANVIL = Program("Anvil", "anvil", "a heavy thing", 12, {}, "https://anvil.org")


@pytest.mark.parametrize(("version", "old"), [("3.9", True), ("4.0", False), ("4.10.1", False)])
def test_a_version_is_compared_as_a_version(version: str, old: bool) -> None:
    """4.10 is newer than 4.9."""
    diagnosis = too_old(described(variables={"PATH": ""}), ANVIL, version, "4.0")
    assert (diagnosis is not None and diagnosis.code == PROGRAM_TOO_OLD) is old


def test_an_unknown_version_is_not_too_old() -> None:
    """What does not say its version is not blamed for it."""
    assert too_old(described(variables={"PATH": ""}), ANVIL, "", "4.0") is None


def test_a_missing_part_may_be_a_warning() -> None:
    """What can be done without it decides; the effect stands in the summary."""
    diagnosis = part_missing(
        "Anvil",
        "its hammer",
        tell("get it", "Buy one."),
        severity=Severity.WARNING,
        effect="it is quiet",
    )
    assert (diagnosis.code, diagnosis.severity) == (PROGRAM_PART_MISSING, Severity.WARNING)
    assert diagnosis.summary.endswith("is not: its hammer (it is quiet)")
