"""Folders in one variable, as the system that the variable is from parts them: a path of Windows has
a `:` of its own. That system may be one that a test describes, so `os.pathsep` does not say it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping

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
    return [entry for entry in entries if entry]


def joined(entries: Iterable[object], system: str = "") -> str:
    """The value of a variable that lists these places."""
    return separator(system).join(map(str, entries))


def separator(system: str = "") -> str:
    """What stands between two entries."""
    return ";" if (system or sys.platform) == "win32" else ":"
