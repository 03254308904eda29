"""What is said of a Python that can do everything: its version, and what may still trip the
learner.
"""

from __future__ import annotations

from envcheck import Environment, Fine, ok
from envcheck.target.interpreter import Interpreter
from envcheck_checks.commands import moved
from envcheck_checks.interference import variables
from envcheck_checks.python import (
    beside,
    changed_at_start,
    gaps,
    inactive,
    key_log,
    leftover,
    locale,
    macos,
    vscode,
)

SLOW = 10.0  # seconds


def fine(env: Environment, python: Interpreter) -> Fine:
    """The outcome, with a warning for each thing that may trip the learner."""
    warnings = [
        *variables.warnings(env, python),
        *locale.warnings(env),
        *vscode.warnings(env, python),
        *macos.warnings(env, python),
        *changed_at_start.warnings(env),
        *key_log.warnings(env),
    ]
    warnings += gaps.warnings(env, python)
    if env.located.inactive:
        warnings.append(inactive.diagnose(env))
    else:  # activating sets these variables anew
        warnings += beside.warnings(env, python)
        warnings += leftover.warnings(env, python)
        warnings += moved.warnings(env, python)
    slow = f", slow: its first start took {python.seconds:.0f} s" if python.seconds > SLOW else ""
    return ok(f"{python.version}, 64-bit, standard library whole{slow}", *warnings)
