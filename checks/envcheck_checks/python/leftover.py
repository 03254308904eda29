"""VIRTUAL_ENV or CONDA_PREFIX from another terminal or folder: `python` here is not of the
environment that it names.
"""

from __future__ import annotations

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import tell, typed
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import Leftover, leftovers
from envcheck_checks.interference.variables import unset
from envcheck_checks.python.codes import ENVIRONMENT_LEFT_OVER


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """One for each variable; none for one that names the Python that was examined."""
    return [
        _left_over(python, leftover)
        for leftover in leftovers(env.variables)
        if not python.is_at(leftover.prefix)
    ]


def _left_over(python: Interpreter, leftover: Leftover) -> Diagnosis:
    by_conda = leftover.variable == "CONDA_PREFIX"
    return warn(
        ENVIRONMENT_LEFT_OVER,
        f"{leftover.variable} names an environment that `python` does not belong to here: "
        f"{'conda' if by_conda else 'uv'} would install there, where this Python does not look",
        # conda keeps count of what it has activated, and stumbles over a count without a folder.
        tell("leave that environment", typed("conda deactivate", then="Or open a new terminal."))
        if by_conda
        else unset(leftover.variable),
        found=f"{leftover.variable}={leftover.prefix}",
        wanted=f"{python.prefix}, where `python` is at home, or {leftover.variable} not set",
        looked_in="the variables of this terminal, beside PATH",
    )
