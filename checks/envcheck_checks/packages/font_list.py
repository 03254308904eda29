"""matplotlib's list of fonts, which it makes at its first import and keeps: where it cannot, each
notebook makes the list anew, and says so in red.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, foreign_file, warn
from envcheck.fixes.backup import move_aside
from envcheck.target.belongings import is_inside
from envcheck.target.interpreter import interpreter
from envcheck_checks.machine.read_access import read_error
from envcheck_checks.packages.codes import MATPLOTLIB_FOLDER_UNWRITABLE

NUMBER = re.compile(r"^    __version__ = ['\"]?([\w.]+)", re.MULTILINE)
SECONDS = (
    600.0  # a lock is held while a list is written: minutes, where many fonts are on a slow disk
)


def warnings(env: Environment, caches: Iterable[Path]) -> list[Diagnosis]:
    """What stands where the list belongs, or the lock of a program that was ended while it wrote
    one: everybody waits for it, and gives up.
    """
    number = _number(env)
    for folder in caches if number else ():
        file = folder / f"fontlist-v{number}.json"
        lock = Path(f"{file}.matplotlib-lock")
        if os.path.lexists(file):
            if actual := read_error(file):
                return [_warning(env, file, actual)]
        elif _was_left(lock):
            return [
                _warning(env, lock, "a lock that nobody holds: each import waits for it in vain")
            ]
    return []


def _number(env: Environment) -> str:
    """The number of the list that the installed matplotlib makes; empty where it has none."""
    installed = interpreter(env).installed.get("matplotlib")
    if installed is None:
        return ""
    source = Path(installed.folder, "matplotlib", "font_manager.py")
    named = NUMBER.search(foreign_file.text_or_nothing(source))
    return named[1] if named else ""


def _was_left(lock: Path) -> bool:
    try:
        return time.time() - lock.lstat().st_mtime > SECONDS
    except OSError:
        return False


def _warning(env: Environment, place: Path, actual: str) -> Diagnosis:
    return warn(
        MATPLOTLIB_FOLDER_UNWRITABLE,
        "matplotlib cannot keep its list of fonts: notebooks that import it show a message in red, and wait",
        Fix(
            f"move {place.name} aside; matplotlib makes a new list",
            (move_aside(place),),
            Confidence.SURE if is_inside(env, place) else Confidence.ASK,
        ),
        found=actual,
        wanted="a list that can be read, or none",
        looked_in=str(place),
    )
