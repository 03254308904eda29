"""Under which names a person and their machine are known: what stands in their variables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

# A Windows around this system, or beneath its shell: what WSL, Cygwin and Git call its disks.
HOME_ON_A_DISK = re.compile(r"(?:^|:)(?:/mnt|/cygdrive)?/[a-z]/Users/([^/:]+)/", re.IGNORECASE)
OF_USERS = ("users", "home", "users$", "home$")
EVERYBODYS = ("", "public", "default")


def homes(variables: Mapping[str, str]) -> list[str]:
    """The home, which may be empty, and its other names: Windows' own beside a HOME that was set, and
    the one on a server that a drive letter stands for.
    """
    home = variables.get("HOME") or variables.get("USERPROFILE") or _own_home()
    names = ("USERPROFILE", "HOMESHARE")
    return _each_once([home, *(variables.get(name, "") for name in names), _of_drive(variables)])


def users(variables: Mapping[str, str]) -> list[str]:
    """The user's name, which may be empty, and the names of their folders: `ann.CONTOSO`, and of the
    Windows around a WSL.
    """
    import getpass

    try:
        names = (variables.get(name) for name in ("USER", "USERNAME", "LOGNAME"))
        user = next(filter(None, names), "") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name
        user = ""
    around = HOME_ON_A_DISK.findall(variables.get("PATH", ""))
    folders = [*map(_folder, homes(variables)), *around]
    return _each_once([user, *(name for name in folders if name.lower() not in EVERYBODYS)])


def hosts(variables: Mapping[str, str]) -> list[str]:
    """The machine's name, Windows' older one, which is cut off, and the servers of the homes."""
    import socket

    others = [variables.get("COMPUTERNAME", ""), *map(_server, homes(variables))]
    return _each_once([socket.gethostname(), *others])


def _each_once(names: Iterable[str]) -> list[str]:
    """The first, and the others that there are."""
    first, *others = names
    return list(dict.fromkeys([first, *filter(None, others)]))


def _of_drive(variables: Mapping[str, str]) -> str:
    """Windows' older pair of variables for a home; `C:` and `\\` alone are none."""
    path = variables.get("HOMEPATH", "")
    return variables.get("HOMEDRIVE", "") + path if len(path) > 1 else ""


def _folder(home: str) -> str:
    """The name of a home's folder among those of all users; empty for one that lies elsewhere."""
    above, _, name = home.rstrip("/\\").replace("\\", "/").rpartition("/")
    return name if above.rpartition("/")[2].lower() in OF_USERS else ""


def _server(home: str) -> str:
    r"""The server on which a home lies, of `\\server\home$\ann`; empty elsewhere."""
    return home[2:].partition("\\")[0] if home.startswith("\\\\") else ""


def _own_home() -> str:
    """The home on the system's list of users; empty for a user id that is not on it."""
    home = os.path.expanduser("~")
    return "" if home.startswith("~") else home
