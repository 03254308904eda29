"""An environment that was moved, renamed or copied after it was made: what activates it, and its
commands, lead to the place where it was made.
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import replace
from pathlib import Path

from envcheck import (
    Confidence,
    Diagnosis,
    Environment,
    Fix,
    Run,
    Severity,
    Step,
    Write,
    fail,
    foreign_file,
    places,
)
from envcheck.fixes.advice import install, manager_of, use
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter
from envcheck_checks.commands.codes import ENVIRONMENT_MOVED
from envcheck_checks.commands.facts import named_interpreter

# What `python -m venv` writes anew, wherever its place stands in it. PowerShell's works it out.
ACTIVATE = (
    *(f"bin/{name}" for name in ("activate", "activate.csh", "activate.fish")),
    *(f"Scripts/{name}" for name in ("activate", "activate.bat")),
)
PLACE = re.compile(r"^[^\S\n]*(?:export\s+|@?set\s+\"?)?VIRTUAL_ENV=([^\r\n]+)", re.MULTILINE)
OTHERS = re.compile(r"^include-system-site-packages\s*=\s*true", re.MULTILINE | re.IGNORECASE)
# What `python -m venv` does not write by itself: https://docs.python.org/3/library/venv.html
OF_ANOTHER_MAKER = re.compile(
    r"^(?![^\S\n]*(?:home|include-system-site-packages|version|executable|command)\s*=)[^\S\n]*\S",
    re.MULTILINE | re.IGNORECASE,
)
# The scripts that `jupyter` and its parts put beside a Python, by the distribution that owns each.
SCRIPT_OWNERS = ("pip", "jupyter-core", "notebook", "jupyterlab", "jupyter-server")

ENDINGS = ("", ".exe")  # of a command; on Windows pip's are programs


def made_elsewhere(prefix: str | Path) -> str:
    """Where an environment was made, by its activation script; empty where that is where it is, or
    where the script works it out by itself.
    """
    for name in ACTIVATE:
        for line in PLACE.finditer(foreign_file.text_or_nothing(Path(prefix, name))):
            place = unquoted(line[1].strip())
            if os.path.isabs(place):  # noqa: PTH117  # as this system writes it
                return "" if places.same(place, prefix) else place
    return ""


def unquoted(value: str) -> str:
    """What a script's line sets, whose folder may have quotes in its name: `"/home/o'brien/v"` by older
    versions of venv, `'/home/o'"'"'brien/v'` by newer ones. Empty where the script works it out.
    """
    if value.startswith("'"):
        try:
            return shlex.split(value)[0]
        except ValueError:
            return ""
    plain = value.removeprefix('"').partition('"')[0].strip()
    return "" if "$" in plain or "%" in plain else plain


def leads_away(env: Environment, python: Interpreter) -> Diagnosis | None:
    """What the learner activates next is not this environment."""
    place = made_elsewhere(python.prefix)
    return _diagnosis(env, python, place) if place else None


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """It is active now and all works; the next terminal that activates it meets another Python."""
    place = made_elsewhere(python.prefix)
    if not place or _has_dead_scripts(python):  # then that is the cause
        return []
    moved = _diagnosis(env, python, place)
    return [replace(moved, severity=Severity.WARNING)]


def left_behind(env: Environment, python: Interpreter, command: str) -> Diagnosis | None:
    """The terminal was led to where this environment was made, and nothing is there any more."""
    place = made_elsewhere(python.prefix)
    if not place or not places.lies_in(command, place):
        return None
    moved = _diagnosis(env, python, place)
    (fix,) = moved.fixes
    steps = (*fix.steps, use(python, env=env))
    return replace(moved, fixes=(replace(fix, steps=steps),))


def rewrite_activation(env: Environment, python: Interpreter) -> Fix:
    """Have what activates it and its commands written anew, each where it names another place."""
    steps: list[Step] = []
    if made_elsewhere(python.prefix):
        there = [Path(python.prefix, name) for name in ACTIVATE]
        settings = Path(python.prefix, "pyvenv.cfg")
        # Made again, the environment would forget who made it and what it is called. Written before
        # as well, so that the learner's own file is the one that `envcheck undo` brings back.
        text = foreign_file.text_or_nothing(settings)
        as_it_is = [Write(str(settings), text)] if OF_ANOTHER_MAKER.search(text) else []
        again = Run((python.executable, "-m", "venv", "--without-pip", *_as_it_was(python)))
        aside = [move_aside(file) for file in there if os.path.isfile(file)]
        steps += [*as_it_is, *aside, again, *as_it_is]
    sure = Confidence.SURE
    if not steps or _has_dead_scripts(python):
        fix = rewrite_scripts(env, python)
        steps, sure = [*steps, *fix.steps], fix.confidence
    return Fix(
        "have what activates this environment, and its commands, written anew", tuple(steps), sure
    )


def rewrite_scripts(env: Environment, python: Interpreter) -> Fix:
    """Have the installer write this environment's commands once more."""
    owners = [name for name in SCRIPT_OWNERS if name in python.installed]
    if manager_of(env, python):  # pip is no part of its project
        owners = [name for name in owners if name != "pip"]
    return install(
        env,
        python,
        ["--force-reinstall", "--no-deps", *owners],
        title="have this environment's commands written anew",
    )


def own_commands_first(env: Environment, python: Interpreter) -> Fix:
    """What activating an environment does: its own folder of commands comes first."""
    return Fix("put this environment's own commands first: activate it", (use(python, env=env),))


def _diagnosis(env: Environment, python: Interpreter, place: str) -> Diagnosis:
    script = next(name for name in ACTIVATE if os.path.isfile(Path(python.prefix, name)))
    return fail(
        ENVIRONMENT_MOVED,
        "this environment was moved, renamed or copied after it was made: the line that activates it leads to where it was made",
        rewrite_activation(env, python),
        found=f"VIRTUAL_ENV={place} in {script}",
        wanted=python.prefix,
        looked_in=str(Path(python.prefix, script)),
    )


def _has_dead_scripts(python: Interpreter) -> bool:
    """Whether a command of its own starts a Python that is not there, or another environment's."""
    files = [
        Path(python.scripts, f"{name}{ending}") for name in ("jupyter", "pip") for ending in ENDINGS
    ]
    started = (named_interpreter(file)[0] or "" for file in files if os.path.isfile(file))
    return any(program and not python.owns(program) for program in started)


def _as_it_was(python: Interpreter) -> list[str]:
    settings = foreign_file.text_or_nothing(Path(python.prefix, "pyvenv.cfg"))
    return [*(["--system-site-packages"] if OTHERS.search(settings) else []), python.prefix]
