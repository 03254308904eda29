"""The folder in which the learner stands, which may be gone, or closed to them."""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from envcheck import places
from envcheck.errors import UsageProblem

# macOS asks once whether a program may look into Desktop, Documents, Downloads and other disks.
CLOSED = (
    "macOS does not let this terminal into this folder (Operation not permitted). Switch it on in System Settings > "
    "Privacy & Security > Files and Folders, then quit the terminal and start again; or go to another folder, such as ~/ml"
)


def folder(variables: Mapping[str, str]) -> tuple[Path, str]:
    """The folder, by the name that the terminal has for it where the system has none, and why nothing
    can be started in it; empty where it can.
    """
    try:
        here = Path.cwd()
    except OSError as error:
        named = _named(variables.get("PWD", ""))
        return Path(named or os.sep), _gone(error, named)
    return here, "" if _can_enter(here) else _CLOSED_TO_YOU.format(here=here)


def place(typed: str) -> Path:
    """The file or folder that somebody has typed the name of, by its whole path: so all commands show it,
    whatever was typed. Raises UsageProblem where it lies below the folder in which they stand, and that
    one is gone or closed: nothing else is true of it.
    """
    path = Path(os.path.expanduser(typed))
    if path.is_absolute():
        return path
    if not folder({})[1]:
        plain = Path(os.path.abspath(path))  # noqa: PTH100  # `..` behind a link leads elsewhere
        return plain if places.same(plain, path) else path.absolute()
    from envcheck.target.locate import learner_variables

    raise UsageProblem(folder(learner_variables())[1])


def course_file(named: str | None) -> Path | None:
    """The course file that is named, or the nearest one, if any. Raises UsageProblem."""
    from envcheck.course_file import finding

    return finding.named(place(named)) if named else finding.nearest(Path.cwd())


_CLOSED_TO_YOU = (
    "you may not go into this folder, {here} (Permission denied): nothing can be started in it. "
    "Go to a folder of your own, and start again"
)


def _named(told: str) -> str:
    """What the folder was called; empty where nobody knows. A shell in between forgets it: Linux, asked
    for what a program stands in, adds a word to it.
    """
    with contextlib.suppress(OSError):
        told = told or os.readlink("/proc/self/cwd").removesuffix(" (deleted)")  # noqa: PTH115
    return told if os.path.isabs(told) else ""  # noqa: PTH117


def _can_enter(here: Path) -> bool:
    """Whoever stands in a folder may have lost the right to go into it since: no program starts there."""
    try:
        return sys.platform == "win32" or os.access(here, os.X_OK)
    except OSError:
        return False


def _gone(error: OSError, named: str) -> str:
    if error.errno == errno.EPERM and sys.platform == "darwin":
        return CLOSED
    again = f"Go there again (cd {shlex.quote(named)})" if os.path.isdir(named) else "Go to another"
    what = "was deleted, or replaced by another of its name," if error.errno == errno.ENOENT else ""
    return (
        f"this folder cannot be used ({error.strerror}): it "
        f"{what or 'was closed'} after this terminal went into it, and nothing can be started in it. "
        f"{again}, and start again"
    )
