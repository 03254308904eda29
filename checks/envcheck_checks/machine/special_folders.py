"""Folders that a machine treats differently: kept in a cloud, or Windows' own seen from a Linux
inside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from envcheck import Diagnosis, Environment, fact, places, warn
from envcheck.fixes.advice import tell, typed
from envcheck.foreign_file import matching
from envcheck.sentences import listed
from envcheck.shape import fits, read_file
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks.machine.codes import FOLDER_IN_CLOUD, WINDOWS_FOLDER_IN_WSL
from envcheck_checks.machine.system import ONEDRIVES, system, variable

# Of Windows (FILE_ATTRIBUTE_OFFLINE, ..._RECALL_ON_DATA_ACCESS) and macOS (SF_DATALESS): the file's
# bytes are elsewhere.
NOT_HERE_WINDOWS, NOT_HERE_MACOS = 0x1000 | 0x400000, 0x40000000
KINDS = (".ipynb", ".csv", ".py")  # what a course brings along
WINDOWS_OWN = re.compile(r"/mnt/[a-z](?:/(?:Windows|Users(?:/[^/]+)?))?/?", re.IGNORECASE)


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """Only what trips a learner: an environment whose thousands of files are synchronized, or files
    that are not here.
    """
    return [*_synchronized(env, python), *_windows_own(env)]


@fact
def online_only(env: Environment) -> tuple[str, ...]:
    """The files of the work folder whose names are here and whose contents are not. Linux has no
    such marks.
    """
    if not system(env).is_windows and not system(env).is_macos:
        return ()
    try:
        files = [
            (path.name, path.stat())
            for path in sorted(env.folder.iterdir())
            if path.suffix in KINDS
        ]
    except OSError:
        return ()
    return _left_in_icloud(env) + tuple(
        name
        for name, status in files
        if getattr(status, "st_file_attributes", 0) & NOT_HERE_WINDOWS
        or getattr(status, "st_flags", 0) & NOT_HERE_MACOS
    )


def _left_in_icloud(env: Environment) -> tuple[str, ...]:
    """The files whose contents are in iCloud alone: before macOS 14 each is another file here, by
    the name of `.week1.ipynb.icloud`.
    """
    if not system(env).is_macos:
        return ()
    hidden = sorted(path.name for path in matching(env.folder, ".*.icloud"))
    names = (name.removeprefix(".").removesuffix(".icloud") for name in hidden)
    return tuple(name for name in names if name.endswith(KINDS))


def _synchronized(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """At most one warning: the environment in a cloud's folder, or else files that are
    only online.
    """
    own = python.prefix if python.is_environment else ""
    cloud = next((root for root in _clouds(env) if own and places.lies_in(own, root)), None)
    if cloud is not None:
        return [
            _in_cloud(
                "the course's environment lies in",
                "Copy the course's folder to one directly in your home, such as ~/ml, and make its environment there.",
                found=python.prefix,
                looked_in=cloud,
            )
        ]
    if not (away := online_only(env)):
        return []
    names = listed(away[:3])
    return [
        _in_cloud(
            f"{names} {'are' if len(away) > 1 else 'is'} only online, in",
            "Open the folder's menu and choose `Always keep on this device`, or copy it to a folder directly in your home.",
            found=names,
            looked_in=env.folder,
        )
    ]


def _in_cloud(what: str, advice: str, *, found: str, looked_in: Path) -> Diagnosis:
    return warn(
        FOLDER_IN_CLOUD,
        f"{what} a folder that is kept in a cloud (OneDrive, Dropbox, iCloud or the like): files may be locked or not there when you need them",
        tell("work in a folder of this computer alone", advice),
        found=found,
        wanted="a folder that is not synchronized",
        looked_in=str(looked_in),
    )


def _clouds(env: Environment) -> Iterator[Path]:
    """The folders that a cloud's program keeps, by what it says of itself."""
    home = home_of(env.variables)
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if value := variable(env, name):
            yield Path(value)
    # A second school's folder is in no variable, and none is there in a terminal of before.
    yield from (Path(value) for account in ONEDRIVES if (value := system(env).value(account)))
    if system(env).is_macos:
        yield from (home / "Library" / "CloudStorage", home / "Library" / "Mobile Documents")
        yield from _kept_by_icloud(home)
    settings = [
        home / ".dropbox",
        *(
            Path(value) / "Dropbox"
            for name in ("APPDATA", "LOCALAPPDATA")
            if (value := variable(env, name))
        ),
    ]
    for folder in settings:
        # None: no Dropbox, or one that writes otherwise.
        for account in (read_file(folder / "info.json", {}) or {}).values():
            if fits(account, {"path": str}):
                yield Path(account["path"])


def _kept_by_icloud(home: Path) -> Iterator[Path]:
    """Those of Desktop and Documents that iCloud keeps: its own folder of that name is the same
    one.
    """
    drive = home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    for name in ("Desktop", "Documents"):
        if os.path.isdir(drive / name) and places.same(home / name, drive / name):
            yield home / name


def _windows_own(env: Environment) -> list[Diagnosis]:
    """A Linux inside Windows (WSL), started in a folder where Windows lets nobody look at some
    entries.
    """
    inside = any(env.variables.get(name) for name in ("WSL_DISTRO_NAME", "WSL_INTEROP"))
    if not inside or not WINDOWS_OWN.fullmatch(env.folder.as_posix()):
        return []
    return [
        warn(
            WINDOWS_FOLDER_IN_WSL,
            "this terminal is in one of Windows' own folders, with entries that Linux may not look at: Jupyter may fail to list it (Permission denied)",
            tell(
                "start Jupyter in the course's folder",
                typed("mkdir -p ~/ml && cd ~/ml"),
                "Put the course's files there, and start Jupyter there.",
            ),
            found=env.folder.as_posix(),
            wanted="a folder of your own, best in the Linux home",
            looked_in="the work folder",
        )
    ]
