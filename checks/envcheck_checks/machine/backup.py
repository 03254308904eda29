"""The name that a file of the learner's is moved aside to."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Rename


def free_backup(path: Path) -> str:
    """NAME.envcheck-backup-N, the first N that is free: nothing is ever deleted."""
    return next(
        name
        for number in range(1, 1000)
        if not os.path.lexists(name := f"{path}.envcheck-backup-{number}")
    )


def aside(path: Path) -> Rename:
    return Rename(str(path), free_backup(path))
