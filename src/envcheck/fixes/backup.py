"""The name that a file is moved aside to before something else takes its place. Nothing is ever
deleted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from envcheck.model import Rename, Step
from envcheck.printable import visible

SUFFIX = ".envcheck-backup-"
KERNELS = "kernels"  # where Jupyter looks for them, in each of its folders of data


def backup_name(path: str | Path) -> str:
    """NAME.envcheck-backup-N, with the first N of which there is no file."""
    place = _out_of_sight(Path(path))
    return next(
        name
        for number in range(1, 10_000)
        if not os.path.lexists(name := f"{place}{SUFFIX}{number}")
    )


def move_aside(path: str | Path) -> Rename:
    """The step that gives a file or folder its backup name."""
    return Rename(str(path), backup_name(path))


def as_before(steps: Sequence[Step], than: str = "") -> str:
    """What is told once these steps have taken a fix back: nothing is deleted, so what the fix had
    made is there, under its new name.
    """
    moved = [step.to for step in steps if isinstance(step, Rename) and SUFFIX in step.to]
    kept = [f"\n    {visible(place)}" for place in moved if os.path.lexists(place)]
    more = "\nWhat the fix had made is kept, under a new name:" if kept else ""
    return f"Everything is as it was before{than}.{more}{''.join(kept)}"


def is_out_of_sight(rename: Rename) -> bool:
    """Whether a kernel goes where `move_aside` puts it, out of Jupyter's sight, or comes back."""
    ways = ((rename.source, rename.to), (rename.to, rename.source))
    return any(_is_backup(Path(aside), Path(place)) for aside, place in ways)


def _is_backup(aside: Path, kernel: Path) -> bool:
    number = aside.name.removeprefix(f"{kernel.name}{SUFFIX}")
    return number.isdecimal() and kernel.parent == aside.parent / KERNELS


def _out_of_sight(path: Path) -> Path:
    """Jupyter offers every folder among its kernels that holds a kernel.json, whatever its name is:
    such a one goes beside that folder.
    """
    is_kernel = path.parent.name == KERNELS and os.path.isfile(path / "kernel.json")
    return path.parent.parent / path.name if is_kernel else path
