"""A copy of the learner's IPython folder for kernels of ours: every profile, with whatever its files
read that lies beside them. What is not there when a kernel looks for it is passed over without a
word, or blamed for what only our copy lacks.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from envcheck import foreign_file

BIG = 2_000_000  # bytes; a settings file is never this long
MOST_FILES, MOST_BYTES = 400, 20_000_000  # what is copied of a folder; of the rest there are links
PROFILE = "profile_"
MADE = ("startup",)  # a kernel makes it in its profile, and leaves a README there

# What IPython writes itself, and what Jupyter would take over into the learner's own folders.
NEVER = re.compile(
    r"profile_[^/]+/(history\.sqlite.*|db|log|pid|security|static|.+\.sqlite-\w+)"
    r"|db|cython|kernels|nbextensions|(.+/)?(__pycache__|\.git|\.ipynb_checkpoints)"
)
SCRIPTS = (".py", ".ipy")


def copy_ipython(source: Path, to: Path) -> dict[Path, Path]:
    """The learner's settings at the same places below `to`, without history and logs: what lies
    there at the top, and what it was made of.
    """
    _make(to / f"{PROFILE}default" / "startup")
    _Copy(source, to).run()
    return {to / entry.name: source / entry.name for entry in foreign_file.entries(to)}


def profiles(folder: Path) -> list[Path]:
    """The profiles in a folder of IPython's."""
    return [place for place in foreign_file.matching(folder, f"{PROFILE}*") if os.path.isdir(place)]


def is_never_copied(inside: str) -> bool:
    """Whether a path below IPython's folder is none of its settings."""
    return NEVER.fullmatch(inside) is not None


class _Copy:
    """One copy in the making: from above, so that what is too much lies deep."""

    def __init__(self, source: Path, to: Path) -> None:
        self.source, self.to = source, to
        self.files, self.bytes = MOST_FILES, MOST_BYTES

    def run(self) -> None:
        """Take everything, a folder after the ones above it."""
        waiting = deque([Path()])
        while waiting:
            inside = waiting.popleft()
            waiting.extend(_folders(self._take(inside / name) for name in self._names(inside)))

    def _names(self, inside: Path) -> Iterator[str]:
        for entry in foreign_file.entries(self.source / inside):
            if not is_never_copied((inside / entry.name).as_posix()):
                yield entry.name

    def _take(self, inside: Path) -> Path | None:
        """One entry; given back where it is a folder of which each part is to be taken."""
        own, ours = self.source / inside, self.to / inside
        if os.path.isdir(own):
            if _is_written_to(inside) or (self._has_room(0) and not self._is_link(inside)):
                _make(ours)
                return inside
        elif self._is_copied(inside) and _copied(own, ours):
            return None
        _link(own, ours)
        return None

    def _is_link(self, inside: Path) -> bool:
        """A folder that is a link to elsewhere, or closed, is one of ours too."""
        own = self.source / inside
        closed = not os.access(own, os.R_OK | os.X_OK)
        return closed or os.path.islink(own) or not _is_ipythons(inside)

    def _is_copied(self, inside: Path) -> bool:
        """Not a script that is a link: it may look beside what it leads to."""
        own = self.source / inside
        if not _is_ipythons(inside) or (own.suffix in SCRIPTS and os.path.islink(own)):
            return False
        try:
            size = own.stat().st_size if os.path.isfile(own) else BIG
        except OSError:
            return False
        return size < BIG and self._has_room(size)

    def _has_room(self, size: int) -> bool:
        if self.files <= 0 or self.bytes < size:
            return False
        self.files, self.bytes = self.files - 1, self.bytes - size
        return True


def _folders(taken: Iterable[Path | None]) -> Iterator[Path]:
    return (folder for folder in taken if folder is not None)


def _is_ipythons(inside: Path) -> bool:
    """What else is there is only shown: a variable can name the home as IPython's folder."""
    return inside.parts[0].startswith(PROFILE) or inside.parts[0] == "extensions"


def _is_written_to(inside: Path) -> bool:
    """A profile, or its folder of start-up files: never the learner's own."""
    if not inside.parts[0].startswith(PROFILE):
        return False
    return len(inside.parts) == 1 or (len(inside.parts) == 2 and inside.name in MADE)


def _make(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)


def _copied(own: Path, ours: Path) -> bool:
    try:
        shutil.copyfile(own, ours)
    except OSError:  # nobody may read it; or a folder of ours is there
        return False
    return True


def _link(own: Path, ours: Path) -> None:
    """What is too much to be copied, or cannot be, is there under its name. On Windows it is left
    out where an account may make no links.
    """
    with contextlib.suppress(OSError):  # a profile that is a file, too: the folder of ours stays
        ours.symlink_to(os.path.realpath(own) if os.path.exists(own) else own)
