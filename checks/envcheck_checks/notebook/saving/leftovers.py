"""Notebooks of an earlier run that was killed together with its watchdog: they are taken away, by
the mark inside them, or as empty ones by their name, and by nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import time
from pathlib import Path

from envcheck.processes.visit import alone_in
from envcheck.shape import read_file

NAME = re.compile(r"(?:\.~)?(envcheck-[0-9a-f]{12})(?:-checkpoint)?\.ipynb")
LARGEST = 1_000_000  # bytes: with pictures it has 400,000
OLD_SECONDS = 3600.0  # where nothing says that no other run is at work in the folder


def remove(folder: Path, checkpoints: str) -> None:
    """Take them away, and an empty folder of checkpoints that was made for one. Raises OSError
    where the folder cannot be looked at.
    """
    with alone_in(str(folder)) as alone:
        oldest = time.time() - (0.0 if alone else OLD_SECONDS)
        made: list[str] = []
        for place in (folder / checkpoints, folder):
            for name in os.listdir(place) if os.path.isdir(place) else ():  # noqa: PTH208
                if match := NAME.fullmatch(name):
                    made += _remove(place / name, match[1], oldest)
        if checkpoints in made:
            with contextlib.suppress(OSError):
                (folder / checkpoints).rmdir()  # only when it is empty


def _remove(file: Path, name: str, oldest: float) -> list[str]:
    """The folders that were made for it; none where it is not ours and stays."""
    with contextlib.suppress(OSError):
        status = file.lstat()
        if (
            not stat.S_ISREG(status.st_mode)
            or status.st_size > LARGEST
            or status.st_mtime > oldest
            or (sys.platform != "win32" and status.st_uid != os.geteuid())
        ):
            return []
        if _is_empty(file):  # made a moment before it was marked: nothing is lost with it
            file.unlink()
            return []
        contents = read_file(file, {"metadata": {"envcheck": {"name": str, "made": [str]}}})
        mark = contents["metadata"]["envcheck"] if contents else {}
        if mark.get("name") == name:
            file.unlink()
            return list(mark["made"])
    return []


def _is_empty(file: Path) -> bool:
    """A notebook without a cell, as Jupyter makes it."""
    made = read_file(file, {"cells": [object], "metadata": {}, "nbformat": int})
    return made is not None and not made["cells"] and not made["metadata"]
