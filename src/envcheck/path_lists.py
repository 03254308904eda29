"""Folders in one variable, as the system that the variable is from parts them: a path of Windows has
a `:` of its own. That system may be one that a test describes, so `os.pathsep` does not say it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

WITH_QUOTES = re.compile(r'(?:"[^"]*"|[^;"])+')  # an entry of Windows' PATH


def parts(variables: Mapping[str, str], name: str, system: str = "") -> list[str]:
    """The entries of a variable such as PATH, empty ones left out. `system` is as in
    `sys.platform`, which it is where nothing is said. In PATH cmd takes quotes off, and a
    `;` between them is part of a name.
    """
    value = variables.get(name, "")
    if name == "PATH" and (system or sys.platform) == "win32":
        entries = [entry.replace('"', "") for entry in WITH_QUOTES.findall(value)]
    else:
        entries = value.split(separator(system))
        if name == "PATH" and by_bash(variables):
            entries = [_of_home(entry, variables) for entry in entries]
    return [entry for entry in entries if entry]


def as_typed(variables: Mapping[str, str]) -> str:
    """PATH as the learner's own shell looks a command up in it. An empty entry stays: it is the
    folder that they are in.
    """
    value = variables.get("PATH", "")
    if not by_bash(variables):
        return value
    return joined(_of_home(entry, variables) for entry in value.split(separator()))


def by_bash(variables: Mapping[str, str]) -> bool:
    """Whether commands are looked up by the one shell that takes a `~` in PATH for the home: as an
    older guide's `PATH="~/anaconda3/bin:$PATH"` has it, in quotes.
    """
    return PurePosixPath(variables.get("SHELL", "")).name == "bash" and sys.platform != "win32"


def _of_home(entry: str, variables: Mapping[str, str]) -> str:
    home = variables.get("HOME", "")
    return f"{home}{entry[1:]}" if home and re.match(r"~(/|$)", entry) else entry


def joined(entries: Iterable[object], system: str = "") -> str:
    """The value of a variable that lists these places."""
    return separator(system).join(map(str, entries))


def separator(system: str = "") -> str:
    """What stands between two entries."""
    return ";" if (system or sys.platform) == "win32" else ":"
