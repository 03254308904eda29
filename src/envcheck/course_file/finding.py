"""Which `envcheck.toml` is the learner's: in this folder or the nearest one above."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from envcheck.course_file.values import NAME
from envcheck.errors import UsageProblem
from envcheck.learners_system import is_in_container


class Stranger(UsageProblem):
    """The nearest file is another user's, who could have put it there for anybody."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file}: it belongs to another user, and is not used unless you name it: "
            f"--course {shlex.quote(str(file))}"
        )
        self.file = file


def nearest(folder: Path) -> Path | None:
    """The file in this folder or the nearest one above it; None where there is none. Raises Stranger."""
    for place in (folder, *folder.parents):
        file = place / NAME
        if os.path.lexists(file):
            if not is_ours(file):
                raise Stranger(file)
            return file
    return None


def is_ours(file: Path) -> bool:
    """Whether it belongs to the person who runs this, or to root, as in images. In a container root is
    whoever started it, and all that it is given from outside is another number's: there whose the
    folder is has put it there. On Windows, where the folder's own rights say who may write there,
    always.
    """
    if sys.platform == "win32":
        return True
    try:
        owners = {file.stat().st_uid, file.lstat().st_uid}
        trusted = {0, os.geteuid()}  # as is_ours of bootstrap/cache.py
        if os.geteuid() == 0 and is_in_container():
            trusted.add(file.parent.stat().st_uid)
    except OSError:
        return True  # what cannot be looked at cannot be read either, and that is said then
    return owners <= trusted


def named(place: Path) -> Path:
    """The file that `--course` names: itself, or the one in the folder. Raises UsageProblem."""
    file = place / NAME if os.path.isdir(place) else place
    if file != place and not os.path.isfile(file):
        raise UsageProblem(f"--course {place}: there is no {NAME} in this folder")
    if not os.path.isfile(file):
        raise UsageProblem(f"--course {place}: there is no such file")
    return file.absolute()
