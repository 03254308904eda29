"""Files, folders and zips, as they come: every file in them, one after the other. Nothing is
unpacked to disk.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from envcheck.classroom import zips
from envcheck.classroom.handed_in import LARGEST, Handed, Unreadable
from envcheck.classroom.owner import is_unmistakable, is_zip
from envcheck.classroom.unreachable import Content, read_any
from envcheck.errors import UsageProblem

MOST_FILES = 50_000
MOST_IN_ZIP = 10_000  # of a zip that lies among others: what one handed in keeps nobody else out
# What systems leave beside the files that people hand in.
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", "timestamp.txt", zips.KEPT}
Reader = Callable[[str, bytes], Content]


@dataclass(frozen=True)
class File:
    """A report, a record that there is none, or neither. `parts` are the folders, the zip and the name
    below what was asked for. `names` are those that may say whose it is, where there are more. `only`
    is the name of the zip that was all there is: it may be called as a learner's, and hold the class.
    """

    parts: tuple[str, ...]
    content: Content
    names: tuple[str, ...] = ()
    only: str = ""


def files(places: Sequence[str], reader: Reader = read_any) -> Iterator[File]:
    """Everything in these files, folders and zips. Raises UsageProblem where one is not there or
    holds more than a class can. `reader` is given the place and the bytes of each.
    """
    seen = 0
    for place in places:
        path = Path(place)
        if not os.path.exists(path):
            raise UsageProblem(f"there is no file or folder {place}")
        is_folder = os.path.isdir(path)
        most = MOST_IN_ZIP if is_folder else MOST_FILES
        typed = _typed(path) if is_folder else _typed(path)[:-1]
        alone = not is_folder and len(places) == 1
        for file in _below(path) if is_folder else [path]:
            above = path if is_folder else path.parent
            for inside in _in_file(file, file.relative_to(above).parts, most, reader):
                seen += 1
                if seen > MOST_FILES:
                    raise UsageProblem(
                        f"{place} holds more than {MOST_FILES} files: name the folder with the reports"
                    )
                names = inside.names or inside.parts
                only = alone and is_zip(names[0]) and not is_unmistakable(names[0])
                telling = names[1:] if only else names
                yield replace(inside, names=(*typed, *telling), only=names[0] if only else "")


def _typed(path: Path) -> tuple[str, ...]:
    """The place as it was named; its own name where that was `.` or led upwards."""
    parts = path.parts
    return parts if parts and ".." not in parts else (path.resolve().name,)


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order of their names; links that lead out of it are not
    followed.
    """
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _litter(name))
        for name in sorted(names):
            if not _litter(name):
                yield Path(here, name)


def _litter(name: str) -> bool:
    return name in LITTER or name.startswith("._") or name in (".git", ".ipynb_checkpoints")


def _in_file(file: Path, parts: tuple[str, ...], most: int, reader: Reader) -> Iterator[File]:
    place = "/".join(parts)
    try:
        if not os.path.isfile(file):  # first of all: to open a pipe is to wait for somebody
            dead = not os.path.exists(file)
            reason = "a link that leads nowhere" if dead else "not a plain file"
            yield File(parts, Unreadable(place, reason))
        elif zipfile.is_zipfile(file):
            yield from _in_zip(file, parts, most, reader)
        else:
            with file.open("rb") as opened:
                yield File(parts, reader(place, opened.read(LARGEST + 1)))
    except OSError as error:
        yield File(parts, Unreadable(place, error.strerror or "it cannot be read"))


def _in_zip(file: Path, above: tuple[str, ...], most: int, reader: Reader) -> Iterator[File]:
    own = above[-1] if is_zip(above[-1]) else f"{above[-1]}.zip"  # whatever it is called
    for entry in zips.entries(file, most):
        inner = PurePosixPath(entry.name).parts
        parts, names = (*above, *inner), (*above[:-1], own, *inner)
        if any(_litter(part) for part in parts):
            continue
        place = "/".join(parts)
        content = Unreadable(place, entry.reason) if entry.reason else reader(place, entry.data)
        if isinstance(content, Handed):
            content = replace(content, machine=entry.machine)
        yield File(parts, content, names)
