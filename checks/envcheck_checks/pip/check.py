"""pip and venv of this very Python: really run, and the `pip` that the learner would type belongs
to it.
"""

from __future__ import annotations

from envcheck import (
    Check,
    Confidence,
    Cost,
    Diagnosis,
    Environment,
    Fix,
    Outcome,
    Run,
    ok,
    warn,
)
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands.diagnose import are_scripts_on_path
from envcheck_checks.commands.facts import Command, on_path
from envcheck_checks.pip import cannot_install, conda_trouble, not_running, pip_settings, venv
from envcheck_checks.pip.codes import PIP_OF_OTHER_PYTHON
from envcheck_checks.pip.version import VERSION_LINE, pip_itself
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
        version = VERSION_LINE.search(ran.stdout)
        cannot = cannot_install.diagnose(env, stack)
        if cannot is not None:
            return cannot
        if (
            version is None
        ):  # not by the exit code: PYTHONINSPECT=1 spoils it after pip has answered
            return pip_settings.find_broken_config(env) or not_running.diagnose(env, stack, ran)
        typed = on_path(env, "pip")
        warnings = [
            warning
            for warning in (_of_another(env, python, typed), venv.find_missing_venv(env))
            if warning is not None
        ]
        warnings += conda_trouble.warnings(python)
        warnings += pip_settings.warnings(env)
        warnings += conda.warnings(env) if cannot_install.missing_names(env, stack) else []
        return ok(f"pip {version['version']} belongs to this Python", *warnings)

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


def _of_another(env: Environment, python: Interpreter, typed: Command | None) -> Diagnosis | None:
    if (
        typed is None
        or typed.prefix is None
        or python.is_at(typed.prefix)
        or not are_scripts_on_path(env, python)
    ):
        return None  # without this Python's scripts on PATH, the Jupyter check says so for both
    return warn(
        PIP_OF_OTHER_PYTHON,
        "`pip` on its own belongs to a different Python here: `pip install` puts packages where this Python does not look",
        Fix(
            "call this Python's own pip",
            (Run((python.executable, "-m", "pip", "--version")),),
            Confidence.LIKELY,
        ),
        found=f"{typed.path}, of {typed.prefix}",
        wanted=f"python -m pip, of {python.prefix}",
        looked_in="PATH",
    )
