"""The kernel that runs is another Python's than the one under test."""

from __future__ import annotations

from envcheck import Diagnosis, fail
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import Interpreter
from envcheck_checks.kernel.codes import KERNEL_RUNS_ELSEWHERE


def runs_elsewhere(python: Interpreter, prefix: str, executable: str) -> Diagnosis | None:
    """What a running kernel says of itself, against the target: the same diagnosis whoever started
    the kernel.
    """
    if python.is_at(prefix):
        return None
    return fail(
        KERNEL_RUNS_ELSEWHERE,
        "the kernel that Jupyter starts runs a different Python than yours",
        ask_teacher(),
        found=f"{executable} (sys.prefix {prefix})",
        wanted=f"{python.executable} (sys.prefix {python.prefix})",
        looked_in="a running kernel",
    )
