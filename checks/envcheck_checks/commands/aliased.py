"""A name that the learner types stands for another environment's program in their shell, whichever
environment is active: `alias python=/usr/bin/python3.8`, or a function that starts another.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import tell, typed
from envcheck.target import typed_path
from envcheck.target.aliases import Alias, aliases, line_without
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks.commands.codes import COMMAND_ALIASED
from envcheck_checks.commands.facts import named_interpreter, prefix_of, prefix_of_running

NAMES = ("python", "python3", "pip", "pip3", "jupyter")
# Of any other program (`winpty python`, `docker run ...`) only running it could tell.
PROGRAM = re.compile(r"(?:python|pip|jupyter)[\d.]*(?:\.exe)?")
HOME = re.compile(r"^(?:~|\$HOME|\$\{HOME\})(?=/)")


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """The first of the names that leads elsewhere: the others are often kept beside it."""
    kept = aliases(env.variables)
    told = (_told(env, python, kept[name]) for name in NAMES if name in kept)
    return [diagnosis for diagnosis in told if diagnosis is not None][:1]


def _told(env: Environment, python: Interpreter, alias: Alias) -> Diagnosis | None:
    program = _program(env, alias)
    if program is None:
        return None
    where = (
        "which is not there" if not os.path.exists(program) else _elsewhere(env, python, program)
    )
    if not where:
        return None
    away = line_without(env.variables, alias)
    kind = "function" if alias.is_function else "alias"
    return warn(
        COMMAND_ALIASED,
        f"`{alias.name}` is {'a function' if alias.is_function else 'an alias'} in your shell, and leads past this Python: it stands for {program}, {where}",
        tell(
            f"take that {kind} away",
            typed(away, "In this terminal:", f"Then take it out of {alias.place}, for all others."),
        ),
        found=f"{alias.name} is {alias.words}",
        wanted=f"{alias.name} of {python.prefix}, or no {kind}",
        looked_in=alias.place,
    )


def _program(env: Environment, alias: Alias) -> str | None:
    """The file that it stands for; None where that is not to be told by its words."""
    try:
        first = shlex.split(alias.words)[0]
    except (ValueError, IndexError):
        return None
    path = HOME.sub(lambda _: str(home_of(env.variables)), first)
    if not PROGRAM.fullmatch(Path(path).name) or "$" in path:
        return None
    if Path(path).is_absolute():
        return path
    # Another name of pip's or Jupyter's is looked for on PATH, and leads where its own would.
    python = Path(path).name.startswith("python")
    return typed_path.which(env.variables, path) if python else None


def _elsewhere(env: Environment, python: Interpreter, program: str) -> str:
    """Of which other environment it is; empty where it is this Python's, or nobody can tell."""
    started = (
        program if Path(program).name.startswith("python") else named_interpreter(Path(program))[0]
    )
    prefix = prefix_of(started) if started else None
    if started is None or prefix is None or python.is_at(prefix):
        return ""
    prefix = prefix_of_running(env, started)
    return "" if prefix is None or python.is_at(prefix) else f"of {prefix}"
