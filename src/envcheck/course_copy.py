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
    """The files that are copied of the course, as paths below its folder, in a fixed order; `taken` says of
    such a path, also of a folder, whether it is. Links that lead out of the course are left out. Raises
    TooLarge.
    """
    total = 0
    for name in _entries(course, taken):
        file = course / name
        if os.path.isfile(file) and _leads_inside(file, course):
            total += file.stat().st_size
            if total > LARGEST:
                raise TooLarge(
                    f"{course}: it is larger than {LARGEST // 1_000_000} MB without its history and "
                    "environments; use a clone without its large files"
                )
            yield name


def copy(course: Path, to: Path, taken: Taken = every) -> None:
    """The same files, folders and links to folders, in a new folder. Raises OSError, TooLarge."""
    names = [*files(course, taken)]
    for name in names:
        _copied(course / name, to / name)
    for name in _entries(course, taken):
        if os.path.isdir(course / name):
            if not os.path.islink(course / name):
                (to / name).mkdir(parents=True, exist_ok=True)
            elif _leads_inside(course / name, course):
                _linked(course, name, to, names)


def left_out(course: Path, taken: Taken = every) -> list[str]:
    """The links that are not copied, since they lead to something outside of the course."""
    return [
        name.as_posix()
        for name in _entries(course, taken)
        if os.path.exists(course / name) and not _leads_inside(course / name, course)
    ]


def digest(course: Path, taken: Taken = every) -> str:
    """What tells one state of the course from another. Raises OSError, TooLarge."""
    whole = hashlib.sha256()
    names = frozenset(files(course, taken))
    for name in _entries(course, taken):
        whole.update(f"{name.as_posix()}\0".encode("utf-8", "surrogateescape"))
        if name in names:
            whole.update(foreign_file.content(course / name, LARGEST))
        elif os.path.islink(course / name):
            whole.update(os.fsencode((course / name).readlink()))
        whole.update(b"\0")
    return whole.hexdigest()


def belongs(folder: Path) -> bool:
    """Whether a folder is the course's own. One that is a link is not entered: where it leads up, there
    would be no end.
    """
    return is_kept(folder) and not os.path.islink(folder)


def is_kept(folder: Path) -> bool:
    """Whether it is no history, no cache and no environment; a link to one is none either."""
    is_environment = os.path.exists(folder / "pyvenv.cfg") or os.path.isdir(folder / "conda-meta")
    return folder.name not in LEFT_OUT and not is_environment


def _entries(course: Path, taken: Taken) -> Iterator[Path]:
    """Files, folders and links."""
    for place, folders, names in os.walk(course):
        folder = Path(place)
        kept = [name for name in folders if is_kept(folder / name)]
        folders[:] = sorted(name for name in kept if belongs(folder / name))
        for name in sorted((*names, *kept)):
            path = (folder / name).relative_to(course)
            if taken(path):
                yield path


def _copied(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target)


def _linked(course: Path, name: Path, to: Path, names: list[Path]) -> None:
    """A link to the same folder of the copy; where none can be made, the files that it leads to."""
    leads = (course / name).resolve()
    (to / name).parent.mkdir(parents=True, exist_ok=True)
    try:
        text = os.path.relpath(leads, (course / name).parent.resolve())
        (to / name).symlink_to(text, target_is_directory=True)
    except OSError:
        root = course.resolve()
        for each in () if places.lies_in((root / name).parent, leads) else names:
            if (below := places.within(root / each, leads)) is not None:
                _copied(course / each, to / name / below)


def _leads_inside(file: Path, course: Path) -> bool:
    return places.lies_in(file.resolve(), course.resolve())
