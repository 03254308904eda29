"""What stands where the course's environment would be made: one that works is used, anything else is
moved aside, and no Python is asked to make its own successor.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment
from envcheck.fixes.backup import move_aside
from envcheck.model import Rename
from envcheck.target import conda
from envcheck.target.interpreter import Interpreter, question


def python_in(place: Path, kind: str = "venv") -> Path:
    """Where the Python of an environment is."""
    if kind == "conda":
        return conda.python_in(place)
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def find(env: Environment, place: Path, examined: Interpreter) -> Interpreter | None:
    """The environment at this place, where it answers; None where it is what was examined, or the
    one that was to be examined and gave no answer.
    """
    inside = python_in(place)
    asked = places.lies_in(env.located.command[0], place)
    if asked or examined.is_at(place) or not os.path.exists(inside):
        return None
    answer = question(env, (str(inside),))
    return answer if isinstance(answer, Interpreter) and answer.is_at(place) else None


def aside(place: Path) -> tuple[Rename, ...]:
    """The step before anything is made at this place; none where it is free."""
    return (move_aside(place),) if os.path.lexists(place) else ()


def base_outside(place: Path, python: Interpreter) -> str:
    """The command of this Python; of the one that it was made from, where it stands at the place
    itself and so will not be there any more.
    """
    if not python.is_at(place):
        return python.executable
    version = ".".join(map(str, python.version_info))
    names = ("python.exe",) if sys.platform == "win32" else (f"bin/python{version}", "bin/python3")
    bases = [Path(python.base_prefix, name) for name in names]
    base = next((base for base in bases if os.path.exists(base)), bases[0])
    return str(base)
