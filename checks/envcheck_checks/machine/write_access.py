"""Can files be made in a folder? Tried, without leaving one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from pathlib import Path

from envcheck.held import once_free

ROOM = 65_536  # bytes that are written to prove it
NEW_FILES = 20  # folders and files that a first start of Jupyter makes in a home


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that can be seen to be there."""
    return next(
        (place for place in (folder, *folder.parents) if os.path.exists(place)), Path(folder.anchor)
    )  # never raises


def write_error(folder: Path) -> OSError | None:
    """Why nothing can be written there, None where some bytes could be, and more files than one.
    Nothing is left: a file without a name where the system has them, else a temporary one.
    """
    place = existing(folder)
    try:
        if hasattr(os, "O_TMPFILE"):
            try:
                _write_unnamed(place, os.O_TMPFILE | os.O_WRONLY)
            except OSError as error:
                if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
                    raise
            else:
                return None
        _write_once(place / f".envcheck-{secrets.token_hex(8)}")
    except OSError as error:
        return error
    return None


def mode_of_private_file(folder: Path) -> int:
    """The mode that a file gets there which is made for its owner alone: a share or a stick may give
    each of its files the same. Raises OSError; nothing is left.
    """
    place = existing(folder)
    if hasattr(os, "O_TMPFILE"):
        with contextlib.suppress(OSError):  # of a disk that has no files without a name
            handle = os.open(place, os.O_TMPFILE | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb"):
                return stat.S_IMODE(os.fstat(handle).st_mode)
    file = place / f".envcheck-{secrets.token_hex(8)}"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb"):
            return stat.S_IMODE(os.fstat(handle).st_mode)
    finally:
        file.unlink(missing_ok=True)


def has_few_files_left(place: Path) -> bool:
    """Whether a disk says that its list of files has room for a few more at most. Some say so of
    themselves who have no such list. Raises OSError.
    """
    return sys.platform != "win32" and os.statvfs(place).f_favail < NEW_FILES


def _write_unnamed(place: Path, unnamed: int) -> None:
    """As many files as a program makes that is started for the first time, where the disk may not
    take them.
    """
    with contextlib.ExitStack() as opened:
        for _ in range(NEW_FILES if has_few_files_left(place) else 1):
            handle = os.open(place, unnamed, 0o600)
            file = opened.enter_context(os.fdopen(handle, "wb"))
        file.write(b"\0" * ROOM)


def _write_once(file: Path) -> None:
    """One try. `tempfile` takes a refusal on Windows for a name that is taken, and tries others for
    minutes (python/cpython#66305).
    """
    try:
        with file.open("xb") as opened:
            opened.write(b"\0" * ROOM)
    finally:
        with contextlib.suppress(OSError):  # it could be written: to delete it is another right
            once_free(lambda: file.unlink(missing_ok=True))
