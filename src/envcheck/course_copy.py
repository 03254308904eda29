"""A copy of the course, without what a learner does not get: its history and environments."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.errors import UsageProblem

LARGEST = 200_000_000  # bytes of a course
LEFT_OUT = frozenset(
    (".git", ".hg", ".svn", "__pycache__", ".ipynb_checkpoints", "node_modules", ".tox", ".nox")
)


class TooLarge(UsageProblem):
    """The course has more bytes than are copied."""


Taken = Callable[[Path], bool]


def every(_: Path) -> bool:
    """All that lies in the course's folder."""
    return True


def files(course: Path, taken: Taken = every) -> Iterator[Path]:
    """What is copied of the course, as paths below its folder, in a fixed order; `taken` says of such a
    path whether it is. Links that lead out of the course are left out. Raises TooLarge.
    """
    total = 0
    for place, folders, names in os.walk(course):
        folder = Path(place)
        folders[:] = sorted(name for name in folders if belongs(folder / name))
        for name in sorted(names):
            file = folder / name
            if not taken(file.relative_to(course)) or not _leads_inside(file, course):
                continue
            total += file.stat().st_size
            if total > LARGEST:
                raise TooLarge(
                    f"{course}: it is larger than {LARGEST // 1_000_000} MB without its history and "
                    "environments; use a clone without its large files"
                )
            yield file.relative_to(course)


def copy(course: Path, to: Path, taken: Taken = every) -> None:
    """The same files, in a new folder. Raises OSError, TooLarge."""
    for name in files(course, taken):
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(course / name, target)


def digest(course: Path, taken: Taken = every) -> str:
    """What tells one state of the course from another. Raises OSError, TooLarge."""
    whole = hashlib.sha256()
    for name in files(course, taken):
        whole.update(f"{name.as_posix()}\0".encode("utf-8", "surrogateescape"))
        whole.update(foreign_file.content(course / name, LARGEST))
        whole.update(b"\0")
    return whole.hexdigest()


def belongs(folder: Path) -> bool:
    """Whether a folder is the course's own. One that is a link is not entered: where it leads up, there
    would be no end.
    """
    is_environment = os.path.exists(folder / "pyvenv.cfg") or os.path.isdir(folder / "conda-meta")
    return folder.name not in LEFT_OUT and not is_environment and not os.path.islink(folder)


def _leads_inside(file: Path, course: Path) -> bool:
    return os.path.isfile(file) and places.lies_in(file.resolve(), course.resolve())
