"""Folders in one variable, as the system that the variable is from parts them: a path of Windows has
a `:` of its own. That system may be one that a test describes, so `os.pathsep` does not say it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping


def parts(variables: Mapping[str, str], name: str, system: str = "") -> list[str]:
    """The entries of a variable such as PATH, empty ones left out. `system` is as in
    `sys.platform`, which it is where nothing is said. cmd takes quotes around an entry off PATH.
    """
    entries = [entry for entry in variables.get(name, "").split(separator(system)) if entry]
    if name == "PATH" and (system or sys.platform) == "win32":
        return [entry.strip('"') for entry in entries if entry.strip('"')]
    return entries


def joined(entries: Iterable[object], system: str = "") -> str:
    """The value of a variable that lists these places."""
    return separator(system).join(map(str, entries))


def separator(system: str = "") -> str:
    """What stands between two entries."""
    return ";" if (system or sys.platform) == "win32" else ":"
