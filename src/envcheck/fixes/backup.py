"""The name that a file is moved aside to before something else takes its place. Nothing is ever
deleted.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.model import Rename

SUFFIX = ".envcheck-backup-"


def backup_name(path: str | Path) -> str:
    """NAME.envcheck-backup-N, with the first N of which there is no file."""
    return next(
        name
        for number in range(1, 10_000)
        if not os.path.lexists(name := f"{Path(path)}{SUFFIX}{number}")
    )


def move_aside(path: str | Path) -> Rename:
    """The step that gives a file or folder its backup name."""
    return Rename(str(path), backup_name(path))
