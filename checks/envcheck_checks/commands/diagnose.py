"""The commands `jupyter` and `pip` that a learner types: missing, dead, or of
another environment.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, fail, places, unknown, warn
from envcheck.model import Unknown
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands import moved, own_words, tools_own
from envcheck_checks.commands.codes import (
    ENVIRONMENT_MOVED,
    JUPYTER_COMMAND_DEAD,
    JUPYTER_OF_OTHER_PYTHON,
    SCRIPTS_NOT_ON_PATH,
    SPACE_IN_SCRIPT_PATH,
)
from envcheck_checks.commands.facts import (
    Command,
    is_closed,
    jupyter_command,
    part_of,
    runs,
    word_of,
)
from envcheck_checks.machine import antivirus
from envcheck_checks.machine.system import listed_folders


def diagnose_jupyter(env: Environment, module: str) -> Diagnosis | Unknown | None:
    """What is wrong with the `jupyter` that is typed; `module` is what can be launched with `python
    -m` all the same.
    """
    python, command = interpreter(env), jupyter_command(env)
    if command is None:
        return _of_a_tool(env, python, module) or _not_on_path(env, python, module)
    if dead := _cannot_start(env, python, command):
        return dead
    if own_words.has_own_words(command):
        return _speaking(env, python, command, module)
    if command.prefix is not None and not python.is_at(command.prefix):
        return _of_a_tool(env, python, module) or _of_another(python, command, module)
    return _part(env, python, command, module)


def _cannot_start(env: Environment, python: Interpreter, command: Command) -> Diagnosis | None:
    """Its first line names no program that the system could start."""
    if command.interpreter is None:
        return None
    if command.interpreter.endswith("\r"):
        return _line_ends(env, python, command)
    if not os.path.exists(command.interpreter):
        return _dead(env, python, command)
    if " " in command.interpreter and command.plain_shebang:
        return _space(env, python, command)
    return None


def _part(env: Environment, python: Interpreter, command: Command, module: str) -> Diagnosis | None:
    """`jupyter` is well, and only hands on: `jupyter lab` starts a command `jupyter-lab`."""
    name = f"jupyter-{word_of(module)}"
    part = part_of(env, command, python.scripts, name)
    if part is None:
        return _not_there(env, python, module, name)
    if dead := _cannot_start(env, python, part):
        return dead
    another = part.prefix is not None and not python.is_at(part.prefix)
    return _of_another(python, part, module) if another else None


def _not_there(env: Environment, python: Interpreter, module: str, name: str) -> Diagnosis:
    closed = is_closed(python, name)
    why = (
        "it may not be started"
        if closed
        else "it is missing from the folder of this Python's commands"
    )
    return warn(
        SCRIPTS_NOT_ON_PATH,
        f"the command `{name}` is not found: {why}",
        _line(python, module),
        found=f"{Path(python.scripts, name)}, without the permission to run it"
        if closed
        else f"no {name} in {python.scripts}",
        wanted=f"{name} there, or python -m",
        looked_in=python.scripts,
        note=antivirus.note(env, f"{name}.exe") if not closed else "",
    )


def _not_on_path(env: Environment, python: Interpreter, module: str) -> Diagnosis:
    # An activation that is still to come puts them there.
    there = are_scripts_on_path(env, python) or bool(env.located.inactive)
    if there and is_closed(python, "jupyter"):
        return _not_there(env, python, module, "jupyter")
    why = (
        "it is missing from the folder of this Python's commands"
        if there
        else "the folder of this Python's commands (scripts) is not on PATH"
    )
    return warn(
        SCRIPTS_NOT_ON_PATH,
        f"the command `jupyter` is not found: {why}",
        _line(python, module),
        found=f"no jupyter in {python.scripts}" if there else "no jupyter on PATH",
        wanted="jupyter there, or python -m"
        if there
        else f"{python.scripts} on PATH, or python -m",
        looked_in="PATH",
        note=antivirus.note(env, "jupyter.exe")
        if there and "jupyter-core" in python.installed
        else "",
    )


def are_scripts_on_path(env: Environment, python: Interpreter) -> bool:
    """Whether what pip installs into this Python can be typed at all."""
    return any(places.same(entry, python.scripts) for entry in listed_folders(env, "PATH"))


def _line_ends(env: Environment, python: Interpreter, command: Command) -> Diagnosis:
    """After a way over Windows: git, a synchronised folder, an editor."""
    own = python.owns(command.path)
    return fail(
        JUPYTER_COMMAND_DEAD,
        f"the command `{Path(command.path).name}` cannot start: its lines end as Windows' do, and so does the name of its interpreter (bad interpreter)",
        moved.rewrite_scripts(env, python) if own else moved.own_commands_first(env, python),
        found=f"the first line (shebang) of {command.path} ends in a carriage return",
        wanted="a script that pip wrote on this machine",
        looked_in=command.path,
    )


def _dead(env: Environment, python: Interpreter, command: Command) -> Diagnosis:
    own = python.owns(command.path)
    return fail(
        ENVIRONMENT_MOVED if own else JUPYTER_COMMAND_DEAD,
        "this environment was moved or renamed after it was made: its commands start an interpreter that is not there (bad interpreter)"
        if own
        else f"the command `{Path(command.path).name}` on PATH starts an interpreter (a Python) that is not there any more",
        moved.rewrite_activation(env, python) if own else moved.own_commands_first(env, python),
        found=f"the first line (shebang) of {command.path} names {command.interpreter}",
        wanted=python.executable,
        looked_in=command.path,
    )


def _space(env: Environment, python: Interpreter, command: Command) -> Diagnosis:
    return fail(
        SPACE_IN_SCRIPT_PATH,
        f"the command `{Path(command.path).name}` cannot start: the path of its interpreter has a space, and a script's first line cannot have one",
        moved.rewrite_scripts(env, python),
        found=f"the first line (shebang) of {command.path}: {command.interpreter}",
        wanted="a script that pip wrote for this path",
        looked_in=command.path,
    )


def _speaking(
    env: Environment, python: Interpreter, command: Command, module: str
) -> Diagnosis | Unknown | None:
    """A shim or a wrapper, which only running it can judge."""
    ran = runs(env, command, *own_words.ASKED)
    if ran.ok:
        real = own_words.started_by(python, command, ran)
        if real.prefix is not None and not python.is_at(real.prefix):
            return _of_a_tool(env, python, module) or _of_another(python, real, module)
        # What it starts is beside this Python's own `jupyter`, not beside the script.
        return _part(env, python, replace(command, path=f"{python.scripts}/jupyter"), module)
    if ran.late:
        return unknown(f"the command `jupyter` gave no answer in {ran.seconds:.0f} s")
    shim = " (a pyenv shim: not installed for this version)" if "pyenv" in ran.stderr else ""
    return fail(
        JUPYTER_COMMAND_DEAD,
        f"the command `jupyter` on PATH does not run{shim}, and it stands before this environment's own",
        moved.own_commands_first(env, python),
        found=f"{command.path}: {ran.last_words}"[:300],
        wanted=str(Path(python.scripts, "jupyter")),
        looked_in="PATH",
    )


def _of_another(python: Interpreter, command: Command, module: str) -> Diagnosis:
    return warn(
        JUPYTER_OF_OTHER_PYTHON,
        f"the command `{Path(command.path).name}` on PATH belongs to a different environment than this Python",
        _line(python, module),
        found=f"{command.path}, of {command.prefix}",
        wanted=f"the one of {python.prefix} (sys.prefix)",
        looked_in="PATH",
    )


def _of_a_tool(env: Environment, python: Interpreter, module: str) -> Diagnosis | None:
    tool = tools_own.tools_jupyter(env)
    if tool is None:
        return None
    _, command = tool
    return warn(
        JUPYTER_OF_OTHER_PYTHON,
        tools_own.spoken(env),
        _line(python, module),
        found=f"{command.path}, of {command.prefix}",
        wanted=f"the one of {python.prefix} (sys.prefix)",
        looked_in="PATH",
    )


def _line(python: Interpreter, module: str) -> Fix:
    """What to type instead. It starts a server and does not end, and it changes nothing: no program
    carries it out.
    """
    return Fix(
        f"start it with this Python: python -m {module}",
        (Run((python.executable, "-m", module)),),
        Confidence.LIKELY,
    )
