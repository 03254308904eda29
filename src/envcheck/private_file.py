"""A file that is written whole or not at all, for its owner alone, and through no link that somebody
laid.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from envcheck.held import once_free


def folder_mode(platform: str = sys.platform) -> int:
    """The mode of a folder for its owner alone. On Windows the person's own folders are that already;
    and one that Python is told to make so while it runs as administrator is closed to the person
    themselves from then on (python/cpython#157876).
    """
    return 0o777 if platform == "win32" else 0o700


def write_whole(file: Path, data: bytes) -> None:
    """Put it in the place of `file`. Raises OSError."""
    with whole(file) as out:
        out.write(data)


@contextlib.contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """To be written to; at the end it is put in the place of `file`, on the disk itself, so that it
    is there after a power cut too. Where anything is raised meanwhile, nothing is left. Raises
    OSError.
    """
    part = file.with_name(f".{file.name}.{secrets.token_hex(8)}.part")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(part, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        once_free(lambda: part.replace(file))
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk too, where the system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
