"""A `jupyter` with words of its own: a script of the learner's, the school's or a version manager's,
which may set variables before it starts the real one. What it does only running it can tell.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, foreign_file, places
from envcheck.processes.process import Finished
from envcheck.shape import read_object
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands import moved
from envcheck_checks.commands.codes import JUPYTER_COMMAND_SPOILS
from envcheck_checks.commands.facts import (
    Command,
    jupyter_command,
    part_of,
    runs,
    word_of,
)

# Every line of what pip, uv and conda write for a command; a script with any other has words of its own.
INSTALLERS = re.compile(
    r"""\s*(?:\#.*|import\ (?:re|sys)|from\ [\w.]+\ import\ \w+|if\ __name__\ ==\ ['"]__main__['"]:
    |'''exec'.*|'\ '''|(?:el)?if\ sys\.argv\[0\]\.endswith\(['"][-.\w]+['"]\):
    |sys\.argv\[0\]\ =\ (?:re\.sub\(r?['"][^'"]*['"],\ ['"]{2},\ sys\.argv\[0\]\)|sys\.argv\[0\]\[:-\d+\]|sys\.argv\[0\]\.removesuffix\(['"][-.\w]+['"]\))
    |sys\.exit\(\w+\(\)\))?\s*""",
    re.VERBOSE,
)
MOST = 20_000  # bytes: no installer writes as much
BATCH = (".bat", ".cmd")  # what Windows' cmd reads, by whose rules words are changed on the way
ASKED = ("--paths", "--json")
PATHS = {"data": [str], "runtime": [str]}


def has_own_words(command: Command) -> bool:
    """Whether it is not as an installer writes it."""
    if command.path.lower().endswith(".exe") and command.prefix is not None:
        return False  # Windows' launcher, in which the Python that it starts stands
    text = foreign_file.text_or_nothing(command.path, MOST)
    return not text or not all(map(INSTALLERS.fullmatch, text.splitlines()))


def speaking(env: Environment, module: str) -> Command | None:
    """Which of the commands that the learner starts this module with has words of its own."""
    command = jupyter_command(env)
    if command is None:
        return None
    part = part_of(env, command, interpreter(env).scripts, f"jupyter-{word_of(module)}")
    commands = filter(None, (command, part))
    return next(filter(has_own_words, commands), None)


def is_batch(command: Command) -> bool:
    """Whether our own words would not reach Jupyter through it as they are."""
    return Path(command.path).suffix.lower() in BATCH


def started_by(python: Interpreter, command: Command, ran: Finished) -> Command:
    """The command, with the environment whose Jupyter answered `jupyter --paths --json` through it;
    as it is where the answer does not say.
    """
    prefixes = [Path(place).parent.parent for place in _places(ran, "data")]
    if any(python.is_at(str(prefix)) for prefix in prefixes):
        return replace(command, prefix=python.prefix)
    own = [str(prefix) for prefix in prefixes if os.path.isfile(prefix / "pyvenv.cfg")]
    return replace(command, prefix=own[0]) if own else command


def runtime_folder(env: Environment) -> str:
    """Where a server that the learner's `jupyter` starts says its address, whatever we tell it; empty
    where that is where we tell it.
    """
    command = jupyter_command(env)
    if command is None or not has_own_words(command):
        return ""
    return next(iter(_places(runs(env, command, *ASKED), "runtime")), "")


def _places(ran: Finished, kind: str) -> Sequence[str]:
    folders: Sequence[str] = (read_object(ran.stdout, PATHS) or {}).get(kind, ())
    return folders


def spoils(env: Environment, command: Command, module: str, actual: str) -> Diagnosis:
    """The same Jupyter works when it is started without the command."""
    python = interpreter(env)
    name = Path(command.path).name
    return fail(
        JUPYTER_COMMAND_SPOILS,
        f"the command `{name}` is a script with words of its own, and Jupyter does not work through it: `python -m {module}` does",
        _past_it(env, python, command),
        found=f"{command.path}: {actual}"[:300],
        wanted=f"what `python -m {module}` does",
        looked_in=command.path,
    )


def _past_it(env: Environment, python: Interpreter, command: Command) -> Fix:
    """The environment's own command first, written anew where it is this one, or is not there."""
    first = moved.own_commands_first(env, python)
    if places.lies_in(command.path, python.scripts):
        return moved.rewrite_scripts(env, python)
    if any(os.path.isfile(Path(python.scripts, f"jupyter{end}")) for end in moved.ENDINGS):
        return first
    fix = moved.rewrite_scripts(env, python)
    return replace(fix, steps=(*fix.steps, *first.steps))
