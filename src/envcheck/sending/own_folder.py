"""A folder for this person alone, in the cache of their system: files in it are written whole, and read
only where nobody else can have written or read them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from envcheck.private_file import folder_mode, write_whole
from envcheck.target.home import home_for_ours

LARGEST = 4_000_000  # bytes of a file in it
OTHERS = 0o077


@dataclass(frozen=True)
class OwnFolder:
    """The folder; it need not be there yet."""

    path: Path

    def write(self, name: str, data: bytes) -> None:
        """Put a file there for its owner alone. Raises OSError, also where the folder is somebody
        else's.
        """
        for folder in (self.path.parent, self.path):
            folder.mkdir(mode=folder_mode(), parents=folder == self.path.parent, exist_ok=True)
            if not _is_own(folder):
                raise PermissionError(
                    f"{folder} belongs to somebody else, or others may write to it"
                )
        if sys.platform != "win32":
            self.path.chmod(0o700)
        write_whole(self.path / name, data)

    def read(self, name: str) -> bytes | None:
        """What is in a file of ours; None where there is none, or it is not ours alone."""
        if not (_is_own(self.path.parent) and _is_own(self.path)):
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with suppress(OSError):
            handle = os.open(self.path / name, flags | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                if _is_private(os.fstat(handle)):
                    data = file.read(LARGEST + 1)
                    return data if len(data) <= LARGEST else None
        return None

    def names(self) -> Iterator[str]:
        """The names of what is in it, in order."""
        with suppress(OSError):
            if _is_own(self.path):
                yield from sorted(os.listdir(self.path))  # noqa: PTH208  # names are wanted

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        with suppress(OSError):
            (self.path / name).unlink()


def class_folder(variables: Mapping[str, str], platform: str = sys.platform) -> OwnFolder | None:
    """Where keys and unsent reports are kept; None for a person without a home. It is the folder
    that run-envcheck.py uses, too.
    """
    home = home_for_ours(variables)
    if platform == "win32":
        base = variables.get("LOCALAPPDATA") or str(home / "AppData" / "Local")
    elif platform == "darwin":
        base = str(home / "Library" / "Caches")
    else:
        base = variables.get("XDG_CACHE_HOME") or str(home / ".cache")
    if not Path(base).is_absolute() or home == Path("/"):
        return None
    return OwnFolder(Path(base, "envcheck", "class"))


def _is_own(folder: Path) -> bool:
    """Whether it is a folder, no link, of this person, and nobody else may write to it."""
    try:
        facts = os.lstat(folder)
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(facts.st_mode)
    return (
        stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & 0o022
    )


def _is_private(facts: os.stat_result) -> bool:
    if sys.platform == "win32":
        return stat.S_ISREG(facts.st_mode)
    return (
        stat.S_ISREG(facts.st_mode)
        and facts.st_uid == os.geteuid()
        and not facts.st_mode & OTHERS
        and facts.st_nlink == 1
    )
