"""Can files be made in a folder? Tried, without leaving one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from envcheck.held import once_free

ROOM = 65_536  # bytes that are written to prove it


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that can be seen to be there."""
    return next(
        (place for place in (folder, *folder.parents) if os.path.exists(place)), Path(folder.anchor)
    )  # never raises


def write_error(folder: Path) -> OSError | None:
    """Why nothing can be written there, None where some bytes could be. Nothing is left: a file
    without a name where the system has them, else a temporary one.
    """
    place = existing(folder)
    try:
        if hasattr(os, "O_TMPFILE"):
            try:
                handle = os.open(place, os.O_TMPFILE | os.O_WRONLY, 0o600)
            except OSError as error:
                if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
                    raise
            else:
                with os.fdopen(handle, "wb") as file:
                    file.write(b"\0" * ROOM)
                return None
        _write_once(place / f".envcheck-{secrets.token_hex(8)}")
    except OSError as error:
        return error
    return None


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
