"""A machine over the healthy environment in a moment: an overlay, which shows that and keeps for
itself what is changed. Where the tests may not mount, a machine has tens of thousands of hard links.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OURS = "envcheck-story"  # the device's name of each of our mounts
NEW_MOUNTS, REMOUNT_NOTHING_OUTSIDE, ONE_FILE, LAZILY = 0x20000, 0x4000 | 1 << 18, 0x1000, 2


def may_mount(folder: Path) -> bool:
    """Whether an overlay can be mounted here in which a whole folder can be renamed; tried below
    this empty folder.

    From then on what this process mounts is seen by itself and by what it starts alone, and is gone
    with them: a worker that is killed leaves no mount behind.
    """
    if sys.platform != "linux":
        return False
    if not (
        _done("unshare", NEW_MOUNTS)
        and _done("mount", b"none", b"/", None, REMOUNT_NOTHING_OUTSIDE, None)
    ):
        return False
    (folder / "below" / "old name").mkdir(parents=True)
    (folder / "machine").mkdir()
    with contextlib.suppress(OSError), overlay(folder / "below", folder / "machine", folder):
        (folder / "machine" / "old name").rename(folder / "machine" / "new name")
        return True
    return False


@contextlib.contextmanager
def overlay(below: Path, at: Path, changes: Path) -> Iterator[None]:
    """What is in `below` is seen at this empty folder, and what is changed there goes into
    `changes`, which is emptied in the end.
    """
    own = [changes / "changed", changes / "being-changed"]
    for folder in own:
        folder.mkdir()
    words = f"lowerdir={below},upperdir={own[0]},workdir={own[1]},redirect_dir=on"
    if not _done("mount", OURS.encode(), bytes(at), b"overlay", 0, words.encode()):
        raise OSError(f"no overlay can be mounted at {at}")
    try:
        yield
    finally:
        _done("umount2", bytes(at), LAZILY)
        subprocess.run(["rm", "-rf", *map(str, own)], capture_output=True, check=False)


@contextlib.contextmanager
def absent(program: str) -> Iterator[None]:
    """This program is not found meanwhile by what this process starts: a file that nobody may start
    is seen in its place.
    """
    place = shutil.which(program)
    if place is None or not _done("mount", b"/dev/null", place.encode(), None, ONE_FILE, None):
        yield
        return
    try:
        yield
    finally:
        _done("umount2", place.encode(), LAZILY)


def is_mounted(place: Path) -> bool:
    """Whether this lies on one of our mounts: a hard link there copies the whole file."""
    if sys.platform != "linux":
        return False
    mounts = [
        line.split(" ") for line in Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    ]
    ours = [_unquoted(fields[4]) for fields in mounts if OURS in fields]
    return any(place.is_relative_to(at) for at in ours)


def _unquoted(path: str) -> str:
    """mountinfo has blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), path)


def _done(call: str, *words: int | bytes | None) -> bool:
    return bool(getattr(ctypes.CDLL(None), call)(*words) == 0)
