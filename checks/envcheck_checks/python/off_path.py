"""Pythons where installers put them, which a terminal may not know: python.org's box "Add python.exe
to PATH" is empty, Homebrew's folder is known only after `brew shellenv`, and `jlab` of JupyterLab
Desktop starts a Python of its own.

Sources: docs.python.org "Using Python on Windows" and "on macOS", and "Installation Path" in
JupyterLab Desktop's troubleshoot.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from envcheck import Environment, foreign_file
from envcheck.digits import whole_number
from envcheck.target.home import home_of
from envcheck_checks.machine.system import system, variable

ON_A_MAC = (
    "/Library/Frameworks/Python.framework/Versions/Current/bin/python3",
    "/opt/homebrew/bin/python3",
    "/usr/local/bin/python3",
)
# Below a folder that a variable names: python.org's for one person and for all, the install manager's.
ON_WINDOWS = (
    ("LOCALAPPDATA", "Programs/Python/Python3*/python.exe"),
    ("ProgramFiles", "Python3*/python.exe"),
    ("LOCALAPPDATA", "Python/pythoncore-3.*/python.exe"),
)
DESKTOPS = "jupyterlab-desktop/jlab_server"  # JupyterLab Desktop's, in the folder of its settings


def pythons(env: Environment) -> list[str]:
    """Those that are there, whether or not this terminal knows them; the newest of a kind first."""
    return [str(place) for place in (*_installed(env), _of_desktop(env)) if os.path.isfile(place)]


def _installed(env: Environment) -> Iterator[Path]:
    if system(env).is_macos:
        yield from map(system(env).at, ON_A_MAC)
    elif system(env).is_windows:
        for name, pattern in ON_WINDOWS:
            if folder := variable(env, name):
                places = foreign_file.matching(folder, pattern)
                yield from sorted(places, key=_version, reverse=True)


def _of_desktop(env: Environment) -> Path:
    home = home_of(env.variables)
    if system(env).is_windows:
        roaming = Path(variable(env, "APPDATA") or home / "AppData" / "Roaming")
        return roaming / DESKTOPS / "python.exe"
    settings = Path(env.variables.get("XDG_CONFIG_HOME") or home / ".config")
    return (home / "Library" if system(env).is_macos else settings) / DESKTOPS / "bin" / "python3"


def _version(python: Path) -> int:
    """13 of the folders `Python313` and `pythoncore-3.13-64`."""
    minor = re.search(r"3\.?(\d+)", python.parent.name)
    return (whole_number(minor[1]) or 0) if minor else 0
