"""A command that the learner types (`pip`, `jupyter`): which file it is, and which environment that file starts."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment, fact
from envcheck.process import Finished

SHEBANG = re.compile(rb"^#!\s*(?P<python>\S*python[\w.]*)\s*$")
LONG_SHEBANG = re.compile(rb"^'''exec' \"?(?P<python>[^\"\n]+?)\"? \"\$0\" \"\$@\"", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """`prefix` is the environment whose Python the command starts; None where only running it could tell."""

    path: str
    interpreter: str | None
    prefix: str | None


def on_path(env: Environment, name: str) -> Command | None:
    """What the learner gets by typing `name`, or None when there is no such command."""
    found = shutil.which(name, path=env.variables.get("PATH", ""))
    if found is None:
        return None
    python = _interpreter(Path(found))
    return Command(found, python, prefix_of(python) if python else None)


def prefix_of(python: str) -> str | None:
    """The prefix of an interpreter by the marks on disk: pyvenv.cfg beside it or above, or the folder above bin."""
    folder = Path(python).parent
    for place in (folder, folder.parent):
        if (place / "pyvenv.cfg").is_file():
            return str(place)
    if not Path(python).exists():
        return None
    if sys.platform == "win32":
        return str(folder)
    real = Path(python).resolve().parent
    return str(real.parent) if real.name == "bin" else None


def _interpreter(script: Path) -> str | None:
    """The Python that a script starts, from its first lines; on Windows a launcher lies in its environment's Scripts."""
    if sys.platform == "win32":
        beside = [script.parent / "python.exe", script.parent.parent / "python.exe"]
        return next((str(path) for path in beside if path.exists()), None)
    try:
        with script.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return None
    hit = SHEBANG.match(head.splitlines()[0] if head else b"") or LONG_SHEBANG.search(head)
    return hit["python"].decode("utf-8", "surrogateescape") if hit else None


@fact
def jupyter_command(env: Environment) -> Command | None:
    """The `jupyter` that the learner types."""
    return on_path(env, "jupyter")


def runs(env: Environment, command: Command, *words: str) -> Finished:
    """Run the command as the learner would."""
    return env.run([command.path, *words], timeout=30, calm=True)
