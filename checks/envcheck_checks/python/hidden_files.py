"""On a Mac a folder such as `.venv` in Documents is marked as hidden, with all that is in it, and a
Python from 2024 on reads no hidden .pth file (cpython#113659, uv#16977): what was installed with
`pip install -e` is there, and cannot be imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, foreign_file, places, warn
from envcheck.target.interpreter import Interpreter
from envcheck_checks.machine.system import system
from envcheck_checks.python.codes import START_FILES_HIDDEN

HIDDEN = 0x8000  # UF_HIDDEN (xnu's sys/stat.h)
MOST_BYTES = 100_000


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """Only where such a file names a folder that this Python does not have: others harm nobody."""
    if not system(env).is_macos:
        return []
    hidden = [file for file in _files(python) if _is_hidden(file) and _is_left_out(file, python)]
    if not hidden:
        return []
    names = ", ".join(file.name for file in hidden[:3])
    return [
        warn(
            START_FILES_HIDDEN,
            f"macOS marks files of this environment as hidden, and Python passes them over: what {names} leads to cannot be imported",
            Fix(
                "show them to Python again",
                (Run(("chflags", "-R", "nohidden", python.prefix)),),
                Confidence.ASK,
            ),
            found=f"{names}, marked as hidden",
            wanted="files that Python reads as it starts",
            looked_in=str(hidden[0].parent),
            note="an environment by the name of `venv`, without the dot, is not marked",
        )
    ]


def _files(python: Interpreter) -> Iterator[Path]:
    place = python.paths.get("purelib", "")
    try:
        names = sorted(os.listdir(place)) if place else []  # noqa: PTH208
    except OSError:
        return
    yield from (Path(place, name) for name in names if name.endswith(".pth"))


def _is_hidden(file: Path) -> bool:
    try:
        return bool(getattr(file.lstat(), "st_flags", 0) & HIDDEN)
    except OSError:
        return False


def _is_left_out(file: Path, python: Interpreter) -> bool:
    """Whether one of the folders that it names is there, and is not on this Python's path."""
    try:
        lines = foreign_file.head(file, MOST_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return False
    named = [line.strip() for line in lines if not line.startswith(("#", "import ", "import\t"))]
    folders = [str(file.parent / name) for name in named if name]
    on_path = {places.key(entry) for entry in python.path if entry}
    return any(os.path.isdir(folder) and places.key(folder) not in on_path for folder in folders)
