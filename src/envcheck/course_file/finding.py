"""Which `envcheck.toml` is the learner's: in this folder or the nearest one above."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from envcheck.course_file.values import NAME
from envcheck.errors import UsageProblem


def nearest(folder: Path) -> Path | None:
    """The file in this folder or the nearest one above it; None where there is none. Raises
    UsageProblem for one that belongs to another user, who could have put it there for anybody.
    """
    for place in (folder, *folder.parents):
        file = place / NAME
        if os.path.lexists(file):
            if not is_ours(file):
                raise UsageProblem(
                    f"{file}: it belongs to another user, and is not used unless you name it: "
                    f"--course {file}"
                )
            return file
    return None


def is_ours(file: Path) -> bool:
    """Whether it belongs to the person who runs this, or to root, as in images; on Windows, where the
    folder's own rights say who may write there, always.
    """
    if sys.platform == "win32":
        return True
    try:
        owners = {file.stat().st_uid, file.lstat().st_uid}
    except OSError:
        return True  # what cannot be looked at cannot be read either, and that is said then
    return owners <= {0, os.geteuid()}  # as is_ours of bootstrap/cache.py


def named(place: Path) -> Path:
    """The file that `--course` names: itself, or the one in the folder. Raises UsageProblem."""
    file = place / NAME if os.path.isdir(place) else place
    if not os.path.isfile(file):
        raise UsageProblem(f"--course {place}: there is no such file")
    return file.absolute()
