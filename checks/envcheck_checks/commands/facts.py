"""A command that the learner types (`pip`, `jupyter`): which file it is, and which environment that
file starts.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from envcheck import Environment, fact, foreign_file
from envcheck.path_lists import joined
from envcheck.processes.process import Finished
from envcheck.target import typed_path
from envcheck.target.interpreter import Interpreter

SHEBANG = re.compile(rb"^#!\s*(?P<python>[^\n]*?python[\w.]*)(?:\s+-\S*)*\s*$")
WITHIN = re.compile(rb"#!(?P<python>[^\r\n]{1,500})\r?\n(?=PK\x03\x04)")
LONG_SHEBANG = re.compile(rb"^'''exec' \"?(?P<python>[^\"\n]+?)\"? \"\$0\" \"\$@\"", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """`prefix` is the environment whose Python the command starts; None where only running it could
    tell. `plain_shebang` says that the interpreter stands in the first line itself, which takes no
    space.
    """

    path: str
    interpreter: str | None
    prefix: str | None
    plain_shebang: bool = False


def on_path(env: Environment, name: str) -> Command | None:
    """What the learner gets by typing `name`, or None when there is no such command."""
    file = typed_path.which(env.variables, name)
    return _command(file) if file else None


def _command(file: str) -> Command:
    python, plain = named_interpreter(Path(file))
    return Command(file, python, prefix_of(python) if python else None, plain)


def prefix_of(python: str) -> str | None:
    """The prefix of an interpreter by the marks on disk: pyvenv.cfg beside it or above, or the
    folder above bin.
    """
    folder = Path(python).parent
    for place in (folder, folder.parent):
        if os.path.isfile(place / "pyvenv.cfg"):
            return str(place)
    if not os.path.exists(python):
        return None
    if sys.platform == "win32":  # not one of the aliases of uv, the Store or the install manager
        return str(folder) if os.path.isfile(folder / "Lib" / "os.py") else None
    real = Path(os.path.realpath(python)).parent
    return str(real.parent) if real.name == "bin" else None


def named_interpreter(script: Path) -> tuple[str | None, bool]:
    """The Python that a script starts, and whether its first line says so."""
    if sys.platform == "win32":
        return _named_within(script) or _beside(script), False
    try:
        head = foreign_file.head(script, 1024)
    except OSError:
        return None, False
    first = head.partition(b"\n")[0]
    plain = SHEBANG.match(first)
    hit = plain or LONG_SHEBANG.search(head)
    word = hit["python"].decode("utf-8", "surrogateescape") if hit else None
    if word is not None and plain is not None and first.endswith(b"\r"):
        return f"{word}\r", True  # as the system takes it: no program has that name
    if word is not None and (word.startswith("/usr/bin/env ") or not Path(word).is_absolute()):
        return None, False  # only running it can tell
    return word, plain is not None


def _named_within(program: Path) -> str | None:
    """What pip's launcher for Windows starts stands in it, behind its code and before its archive:
    also where it lies in no environment, as in `AppData\\Roaming\\Python\\Python313\\Scripts`.
    """
    try:
        hit = (
            WITHIN.search(foreign_file.content(program))
            if program.suffix.lower() == ".exe"
            else None
        )
    except OSError:
        return None
    word = hit["python"].decode("utf-8", "replace").strip().strip('"') if hit else ""
    return word if PureWindowsPath(word).is_absolute() else None


def _beside(script: Path) -> str | None:
    """The Python of the environment whose Scripts, or whose own folder, a program lies in; none in a
    folder of aliases, such as uv's `.local\\bin`.
    """
    beside = [script.parent / "python.exe", script.parent.parent / "python.exe"]
    return next(
        (str(path) for path in beside if os.path.exists(path) and prefix_of(str(path))), None
    )


def prefix_of_running(env: Environment, python: str, *before: str) -> str | None:
    """The prefix that an interpreter itself reports; what lies on disk when it does not run; None of
    a program that answers as no Python does. `before` are words between a program that only starts it
    and its own.
    """
    ran = env.run([python, *before, "-c", "import sys; print(sys.prefix)"], timeout=15)
    if not ran.ok:
        return prefix_of(python)
    prefix = ran.stdout.strip().rpartition("\n")[2]
    return prefix if os.path.isdir(prefix) and Path(prefix).is_absolute() else None


def answers_as_no_python(env: Environment, path: str) -> bool:
    """A program of that name, or what is left of a Python; one that takes too long may be one."""
    ran = env.run([path, "-c", "print(6 * 7)"], timeout=15)
    return not ran.late and ran.stdout.strip() != "42"


@fact
def jupyter_command(env: Environment) -> Command | None:
    """The `jupyter` that the learner types. Where the course's environment is not active, its activation
    is the next step, and this is what they type then.
    """
    first = [Path(env.located.command[0]).parent] if env.located.inactive else []
    file = shutil.which("jupyter", path=joined([*first, typed_path.as_typed(env.variables)]))
    return _command(file) if file else None


def word_of(module: str) -> str:
    """What the learner types behind `jupyter` to start this module."""
    return {"jupyterlab": "lab"}.get(module, module)


def part_of(env: Environment, command: Command, scripts: str, name: str) -> Command | None:
    """The command of this name to which `jupyter` hands on: it looks beside itself, then on PATH, then
    among its Python's commands (jupyter_core/command.py).
    """
    beside = [str(Path(place).parent) for place in (command.path, os.path.realpath(command.path))]
    places = [*beside, env.variables.get("PATH", ""), scripts]
    file = shutil.which(name, path=joined(places))
    return _command(file) if file else None


def is_closed(python: Interpreter, name: str) -> bool:
    """Whether this command of a Python's is there and may not be started."""
    file = Path(python.scripts, name)
    return os.path.isfile(file) and not os.access(file, os.X_OK)


def runs(env: Environment, command: Command, *words: str) -> Finished:
    """How the command ends, run as the learner would, once a run."""
    argv = [command.path, *words]
    return env.look_up(f"run of {argv}", lambda env: env.run(argv, timeout=30, low_priority=True))
