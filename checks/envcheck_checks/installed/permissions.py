"""What the learner may not do: run programs from a disk, write into the environment."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import new_environment, tell
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.codes import (
    DISK_ALLOWS_NO_PROGRAMS,
    ENVIRONMENT_READ_ONLY,
    PACKAGE_UNREADABLE,
)
from envcheck_checks.installed.files_of import tops
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.machine import disk
from envcheck_checks.machine.write_access import write_error


def no_programs(env: Environment) -> Diagnosis | None:
    """The environment lies on a disk that allows no programs: compiled parts of packages cannot be
    loaded.
    """
    if sys.platform == "win32":
        return None
    place = interpreter(env).paths.get("platlib", interpreter(env).prefix)
    try:
        refused = os.statvfs(place).f_flag & getattr(os, "ST_NOEXEC", 0)
    except OSError:
        return None
    if not refused:
        return None
    return fail(
        DISK_ALLOWS_NO_PROGRAMS,
        "this environment lies on a disk or mount that allows no programs (noexec): compiled packages cannot be loaded (Permission denied)",
        tell(
            "move the environment",
            "Make the course's environment in a folder of your home, not on a USB stick or a shared folder.",
        ),
        found="mounted noexec",
        wanted="a disk that allows programs",
        looked_in=place,
    )


def environment_not_yours(
    env: Environment, missing: list[str], everything: Sequence[str]
) -> Diagnosis | None:
    """Nothing can be installed: the packages folder belongs to somebody else."""
    python = interpreter(env)
    place = Path(python.paths.get("purelib", python.prefix))
    error = write_error(place) if os.path.exists(place) else None
    if error is None:
        return None
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk.diagnosis(place, 0)
    denied = error.errno in (errno.EACCES, errno.EPERM)
    return fail(
        ENVIRONMENT_READ_ONLY,
        f"{', '.join(missing)} cannot be installed: you may not write into this environment's site-packages ({error.strerror})",
        new_environment(env, python, everything),
        found=f"{error.strerror} for {place}",
        wanted="an environment of your own",
        looked_in=str(place),
        note="an environment that was made with sudo belongs to root; do not mend that with sudo pip install"
        if denied
        else "",
    )


def not_readable(env: Environment, names: Iterable[str]) -> Diagnosis | None:
    """Those of these distributions that are installed and may not be read: to Python they look as
    if files were missing.
    """
    closed = _unreadable_places(env, names)
    if not closed:
        return None
    first = next(iter(closed.values()))[0]
    verb, pronoun = ("is", "it") if len(closed) == 1 else ("are", "them")
    return fail(
        PACKAGE_UNREADABLE,
        f"{', '.join(closed)} {verb} installed, and you may not read {pronoun} (Permission denied)",
        _make_readable(env, closed),
        found=f"no permission to read {first.name}",
        wanted="a package that you may read",
        looked_in=str(first),
        note="installing with sudo can leave files that only the administrator may read",
    )


def _make_readable(env: Environment, closed: Mapping[str, list[Path]]) -> Fix:
    """Reinstall them where the learner may move their files; else somebody who may has to
    be asked.
    """
    places = [place for several in closed.values() for place in several]
    if all(write_error(place.parent) is None for place in places):
        title = "move what may not be read aside, and install it anew"
        return reinstall(env, interpreter(env), list(closed), title, aside=map(str, places))
    return tell(
        "ask who made it",
        f"Ask whoever made this environment to let you read {places[0]}, or make an environment of your own.",
    )


def _unreadable_places(env: Environment, names: Iterable[str]) -> dict[str, list[Path]]:
    """By name of the distribution, its folders and files that may not be read; a readable one is
    left out.
    """
    installed = interpreter(env).installed
    places = {
        name: list(dict.fromkeys(_closed(installed[name]))) for name in names if name in installed
    }
    return {name: several for name, several in places.items() if several}


def _closed(distribution: Distribution) -> Iterator[Path]:
    """The folders and files of a distribution that may not be read, of those inside each other the
    outermost. There are thousands of files, in a few folders: each of these is looked at once.
    """
    site = Path(distribution.folder)
    readable: set[tuple[str, ...]] = set()
    for relative in [*tops(distribution), *(path for path, _ in recorded(distribution))]:
        if "/__pycache__/" in relative:
            continue
        parts = Path(relative).parts
        if ".." in parts or "__pycache__" in parts:
            continue
        for number in range(1, len(parts) + 1):
            if parts[:number] in readable:
                continue
            place = site.joinpath(*parts[:number])
            if not may_read(place):
                yield place
                break
            readable.add(parts[:number])


def may_read(place: Path) -> bool:
    """A place that is not there is nobody's to forbid, nor is a link that leads nowhere. In a folder
    one must be able to look and to go on.
    """
    try:
        mode = place.stat().st_mode
    except PermissionError:
        return False
    except OSError:
        return True
    return os.access(place, os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK)
