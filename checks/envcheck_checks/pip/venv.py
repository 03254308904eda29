"""New environments: whether this Python can make one, and really makes a whole one with pip."""

from __future__ import annotations

import os
from collections.abc import Sequence

from envcheck import (
    Check,
    Confidence,
    Cost,
    Diagnosis,
    Environment,
    Fix,
    Outcome,
    Tell,
    fact,
    fail,
    ok,
    unknown,
    warn,
)
from envcheck.fixes.advice import manager_of, tell, uv_command
from envcheck.fixes.advice import new_environment as new_environment_with
from envcheck.fixes.standing import python_in
from envcheck.processes.process import Finished
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.target.systems import family, get_venv
from envcheck_checks import overrides
from envcheck_checks.overrides import Program
from envcheck_checks.pip.codes import VENV_MISSING
from envcheck_checks.pip.version import pip_itself, said_by


@fact
def bare_environment(env: Environment) -> Finished:
    """An environment without pip, really made in a throw-away folder: 0.1 s, where one with pip
    takes 5.
    """
    place = env.new_folder("venv") / "bare"
    return env.run(
        [
            interpreter(env).executable,
            "-m",
            "venv",
            *overrides.options(Program.PIP, "--without-pip"),
            str(place),
        ],
        timeout=30,
        low_priority=True,
    )


def find_missing_venv(env: Environment) -> Diagnosis | None:
    """A Python that is no environment yet needs both: venv makes it, ensurepip puts pip into it."""
    lacking = _lacks(env)
    if not lacking:
        return None
    return warn(
        VENV_MISSING,
        "this Python cannot make environments: its venv part is missing or does not work",
        tell("get that part", _how_to_get_it(env, interpreter(env))),
        found=lacking,
        wanted="python -m venv works",
        looked_in=interpreter(env).executable,
    )


def cannot_make_one(
    env: Environment, python: Interpreter, requirements: Sequence[str]
) -> Diagnosis | None:
    """Something is missing, an environment of the course's own is what gives it, and this Python
    makes none: that is the root. Where pip fails too, something else may stand behind both.
    """
    if python.is_environment or uv_command(env) or manager_of(env, python):
        return None
    lacking = _lacks(env)
    if not lacking or not (_parts_missing(python) or said_by(pip_itself(env))):
        return None
    made = new_environment_with(env, python, requirements)
    first = () if isinstance(made.steps[0], Tell) else (_how_to_get_it(env, python),)
    return fail(
        VENV_MISSING,
        "this Python cannot make the environment that the chapter needs: its venv part is missing or does not work",
        Fix(made.title, (*first, *made.steps), Confidence.ASK),
        found=lacking,
        wanted="python -m venv works",
        looked_in=python.executable,
    )


def _lacks(env: Environment) -> str:
    """What it does not have, or what was said when it was tried; empty where all is well."""
    python = interpreter(env)
    gaps = _parts_missing(python)
    made = bare_environment(env)
    there = os.path.isfile(
        env.new_folder("venv") / "bare" / "pyvenv.cfg"
    )  # not by the exit code alone, as with pip
    if (made.ok or there or made.late) and (python.is_environment or not gaps):
        return ""
    return f"no {' and no '.join(gaps)}" if gaps else made.last_words or f"exit code {made.code}"


def _parts_missing(python: Interpreter) -> list[str]:
    return [name for name in ("venv", "ensurepip") if name in python.gaps]


def _how_to_get_it(env: Environment, python: Interpreter) -> Tell:
    system = family() if python.kind == "system" else ""
    return get_venv(python.version_info, env.variables.get("PATH", ""), system)


def new_environment(needs: tuple[Check, ...] = ()) -> Check:
    """A whole environment with pip is made in a throw-away folder, and its pip runs. Only with
    --deep.
    """

    def examine(env: Environment) -> Outcome:
        place = env.new_folder("venv") / "whole"
        made = env.run([interpreter(env).executable, "-m", "venv", str(place)], timeout=60)
        inside = python_in(place)
        ran = env.run([str(inside), "-m", "pip", "--version"], timeout=30) if made.ok else made
        if ran.ok:
            return ok(f"made, with pip, in {made.seconds:.1f} s")
        if ran.late:
            return unknown(f"no new environment with pip was there after {ran.seconds:.0f} s")
        return find_missing_venv(env) or warn(
            VENV_MISSING,
            "this Python cannot make environments: its venv part is missing or does not work",
            tell(
                "use a Python that is whole",
                "A Python from https://www.python.org/downloads/ has it.",
            ),
            found=ran.last_words,
            wanted="python -m venv works",
            looked_in=interpreter(env).executable,
        )

    return Check(
        id="new-environment",
        title="Environments",
        cost=Cost(6.0, 60, 30),
        examine=examine,
        needs=needs,
        required=False,
        timeout=100,
        traits=frozenset({"deep"}),
        proves="a new environment with pip can be made",
        symptom="an environment cannot be made",
        slow_because="pip is unpacked into it",
    )
