"""A program that is there without something that it needs: another command, its data, a newer
version.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import Diagnosis, Environment, Fix, Severity, fail
from envcheck.versions import allows
from envcheck_checks.tools.framework.codes import PROGRAM_PART_MISSING, PROGRAM_TOO_OLD
from envcheck_checks.tools.framework.program import Program, get


def part_missing(
    title: str,
    part: str,
    fix: Fix,
    *,
    looked_in: object = "PATH",
    severity: Severity = Severity.ERROR,
    effect: str = "",
) -> Diagnosis:
    """`part` is what is not there, `effect` what cannot be done without it."""
    words = f"{title} is installed, and a part that it needs is not: {part}" + (
        f" ({effect})" if effect else ""
    )
    return replace(
        fail(PROGRAM_PART_MISSING, words, fix, wanted=part, looked_in=looked_in),
        severity=severity,
    )


def too_old(env: Environment, program: Program, version: str, minimum: str) -> Diagnosis | None:
    """The version that a program says of itself, against the oldest that can do the work."""
    if not version or allows(f">={minimum}", version):
        return None
    return fail(
        PROGRAM_TOO_OLD,
        f"{program.title} is too old for this work",
        get(env, program),
        found=version,
        wanted=f"{minimum} or newer",
        looked_in=f"{program.command} --version",
    )
