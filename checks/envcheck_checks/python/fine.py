"""What is said of a Python that can do everything: its version, and what may still trip the
learner.
"""

from __future__ import annotations

from envcheck import Confidence, Diagnosis, Environment, Fine, Fix, ok, warn
from envcheck.fixes.advice import activation
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import before
from envcheck_checks.commands import moved
from envcheck_checks.interference import variables
from envcheck_checks.python import (
    changed_at_start,
    gaps,
    leftover,
    locale,
    macos,
    powershell,
    vscode,
)
from envcheck_checks.python.codes import ENVIRONMENT_NOT_ACTIVE


def fine(env: Environment, python: Interpreter) -> Fine:
    """The outcome, with a warning for each thing that may trip the learner."""
    warnings = [
        *variables.warnings(env, python),
        *locale.warnings(env),
        *vscode.warnings(env, python),
        *macos.warnings(env, python),
        *changed_at_start.warnings(env),
    ]
    warnings += gaps.warnings(env, python)
    if env.located.inactive:
        warnings.append(powershell.no_activation(env, env.located.inactive) or _inactive(env))
    else:  # activating sets these variables anew
        warnings += leftover.warnings(env, python)
        warnings += moved.warnings(env, python)
    return ok(f"{python.version}, 64-bit, standard library whole", *warnings)


def _inactive(env: Environment) -> Diagnosis:
    place = env.located.inactive
    first = before(env.variables, place)
    active = env.variables.get("VIRTUAL_ENV") or env.variables.get("CONDA_PREFIX")
    how = (
        "is activated, and another Python stands before it on PATH"
        if first
        else "is not active in this terminal"
    )
    return warn(
        ENVIRONMENT_NOT_ACTIVE,
        f"the course's environment was found and used, and {how}: what you type next meets another Python",
        Fix("activate the environment", (activation(env, place),), Confidence.ASK),
        found=first or active or "no active environment",
        wanted=place,
        looked_in="PATH" if first else "VIRTUAL_ENV and CONDA_PREFIX",
    )
