"""Why what is missing was not installed, or could not be: what would make the fix fail is the root
cause.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import install, manager_of, new_environment, uv_command
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands.facts import on_path
from envcheck_checks.installed import missing, permissions
from envcheck_checks.pip import no_room, pip_settings, there_already, venv
from envcheck_checks.pip.codes import (
    PIP_OF_OTHER_PYTHON,
    PYTHON_EXTERNALLY_MANAGED,
)
from envcheck_checks.stack import Stack


def missing_names(env: Environment, stack: Stack) -> list[str]:
    """The chapter's requirements that are not installed, by the metadata."""
    return missing.names(interpreter(env), stack)


def diagnose(env: Environment, stack: Stack) -> Diagnosis | None:
    """Asked when something is missing: what stands between the learner and `pip install`; None when
    nothing does.
    """
    absent = missing_names(env, stack)
    if not absent:
        return None
    python = interpreter(env)
    names = stack.spoken(absent)
    cause = (
        there_already.diagnose(env, stack, python, names)
        or venv.cannot_make_one(env, python, stack.everything)
        or _managed(env, stack, python, names)
        or permissions.environment_not_yours(env, absent, stack.everything)
        or no_room.diagnose(env, stack, python, absent, names)
        or _other_pip(env, python, absent, names)
    )
    diagnosis = cause or missing.diagnose(env, stack, set())
    return (
        pip_settings.find_blocking_settings(
            env, pip_settings.plainest(diagnosis.fixes), f"{listed(names)} cannot be installed"
        )
        if diagnosis
        else None
    ) or cause


def _managed(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    marker = Path(python.paths.get("stdlib", python.prefix), "EXTERNALLY-MANAGED")
    if python.is_environment or not os.path.isfile(marker):
        return None
    active = (
        ""
        if env.variables.get("VIRTUAL_ENV")
        else "; no environment (venv) is active in this terminal"
    )
    brewed = python.kind == "homebrew"
    owner = (
        "Homebrew's Python belongs to brew"
        if brewed
        else "the system Python belongs to the operating system"
    )
    where = "Homebrew's Python" if brewed else "this system Python"
    return fail(
        PYTHON_EXTERNALLY_MANAGED,
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} not installed in {where}, and pip may not install into it (PEP 668)",
        new_environment(env, python, stack.everything),
        found=f"externally-managed-environment: {marker}",
        wanted="an environment of the course's own",
        looked_in=python.executable,
        note=f"{owner}{active}",
    )


def _other_pip(
    env: Environment, python: Interpreter, absent: list[str], names: list[str]
) -> Diagnosis | None:
    if "pip" not in python.installed and not uv_command(env):
        return None  # then that is the root
    typed = on_path(env, "pip")
    prefix = typed.prefix if typed is not None else None
    if typed is not None and prefix is None:
        prefix = prefix_of_pip(env, typed.path)
    if typed is None or prefix is None or python.is_at(prefix):
        return None
    there = there_already.those_of(prefix, absent)
    if not there:
        return None
    all_of_them = "it" if len(names) == 1 else "them"
    has = all_of_them if len(there) == len(absent) else listed(there)
    return fail(
        PIP_OF_OTHER_PYTHON,
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} not installed in this Python: `pip` on its own belongs to a different Python, which has {has}",
        install(
            env,
            python,
            absent,
            title=""
            if manager_of(env, python)
            else "install with this Python's own pip: python -m pip",
        ),
        found=f"{typed.path}, of {prefix}",
        wanted=f"python -m pip, of {python.prefix}",
        looked_in="PATH",
    )


def prefix_of_pip(env: Environment, path: str) -> str | None:
    """Where the `pip` that is typed installs, by what it says itself, looked up once a run; None
    where it does not say.
    """
    return env.look_up(f"prefix of {path}", lambda env: _ask_pip(env, path))


def _ask_pip(env: Environment, path: str) -> str | None:
    ran = env.run([path, "--version"], timeout=20, low_priority=True)
    _, _, rest = ran.stdout.partition(" from ")
    folder = Path(rest.rpartition(" (python")[0] or "/nowhere")
    parents = [parent.parent for parent in folder.parents if parent.name.lower() == "lib"]
    return str(parents[0]) if ran.ok and parents else None
