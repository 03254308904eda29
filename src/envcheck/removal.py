"""A folder of ours, removed with all that is in it, whatever programs have put there: files that are
marked as read-only (git's objects, which Windows then does not delete), folders without permission
to write, names that are too long for Windows.
"""

from __future__ import annotations

import contextlib
import ntpath
import os
import shutil
import stat
import sys


def remove_tree(folder: str | os.PathLike[str]) -> None:
    """Remove it, as far as possible. Raises nothing; what links lead to stays as it is."""
    place = of_any_length(os.fspath(folder))
    shutil.rmtree(place, ignore_errors=True)
    if os.path.lexists(place):
        _allow(place)
        shutil.rmtree(place, ignore_errors=True)


def of_any_length(place: str, platform: str = sys.platform) -> str:
    """The name by which Windows takes a path of more than 259 characters, everything in it too."""
    if platform != "win32" or place.startswith("\\\\?\\"):
        return place
    whole = ntpath.abspath(place)
    server = whole.startswith("\\\\")
    return f"\\\\?\\UNC{whole[1:]}" if server else f"\\\\?\\{whole}"


def _allow(folder: str) -> None:
    """Let everything in it be deleted: from above, so that each folder can be looked into."""
    _may_change(folder)
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            _may_change(os.path.join(above, name))  # noqa: PTH118


def _may_change(place: str) -> None:
    with contextlib.suppress(OSError):
        if not os.path.islink(place):  # the mode would be of what it leads to
            os.chmod(place, stat.S_IRWXU)  # noqa: PTH101  # long names of Windows are no Path
