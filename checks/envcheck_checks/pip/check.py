"""pip and venv of this very Python: really run, and the `pip` that the learner would type belongs
to it.
"""

from __future__ import annotations

from envcheck import (
    Check,
    Cost,
    Environment,
    Outcome,
    Severity,
    ok,
)
from envcheck.target.interpreter import interpreter
from envcheck_checks.pip import (
    behind,
    cannot_install,
    conda_trouble,
    half,
    not_running,
    pip_settings,
    venv,
)
from envcheck_checks.pip.version import pip_itself, said_by
from envcheck_checks.python import conda
from envcheck_checks.stack import Stack


def pip(stack: Stack, needs: tuple[Check, ...] = ()) -> Check:
    """pip runs in the target, new environments can be made from it, and `pip` on PATH is the
    target's. When something of the stack is missing, also whether pip can put it where this Python
    looks.
    """

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        ran = pip_itself(env)
        version = said_by(ran)
        cannot = cannot_install.diagnose(env, stack)
        if cannot is not None:
            return cannot
        if not version:
            return pip_settings.find_broken_config(env) or not_running.diagnose(env, stack, ran)
        broken = half.find_half_of_it(env, stack)
        if broken is not None and broken.severity is Severity.ERROR:
            return broken
        warnings = [broken] if broken is not None else []
        warnings += behind.warnings(env, python)
        warnings += filter(None, (venv.find_missing_venv(env),))
        warnings += conda_trouble.warnings(python)
        warnings += pip_settings.warnings(env)
        warnings += conda.warnings(env) if cannot_install.missing_names(env, stack) else []
        return ok(f"pip {version} belongs to this Python", *warnings)

    return Check(
        id="pip",
        title="pip and venv",
        cost=Cost(0.6, 45),
        examine=examine,
        needs=needs,
        timeout=45,
        proves="pip of this Python really runs; an environment can be made; `pip` on PATH is this Python's",
        symptom="`pip` is not found, refuses to install, or installs somewhere else",
    )
