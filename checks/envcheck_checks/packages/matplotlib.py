"""matplotlib's settings file and folders of the learner's: one that it may not read ends its
import, a value that it refuses does not.

envcheck's programs have copies in a folder of envcheck's own: what those prove nothing of is asked
here.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, warn
from envcheck.fixes.backup import move_aside
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck.versions import allows
from envcheck_checks.interference.private_folders import (
    matplotlib_caches,
    matplotlib_settings,
    styles,
)
from envcheck_checks.machine.ownership import owner
from envcheck_checks.machine.read_access import read_error
from envcheck_checks.packages import matplotlib_folder
from envcheck_checks.packages.codes import MATPLOTLIBRC_BROKEN, MATPLOTLIBRC_UNREADABLE

COMPLAINT = re.compile(r"(Bad (?:value|key)[^\n]*|[^\n]*matplotlibrc[^\n]*)", re.IGNORECASE)


def unreadable(env: Environment) -> Diagnosis | None:
    """What `matplotlib.matplotlib_fname`, its styles and `get_configdir` stumble over: a file that may
    not be read, and, before Python 3.13, a link that leads to itself (`Path.resolve` raises).
    """
    settings, home = matplotlib_settings(env, home_of(env.variables)), home_of(env.variables)
    files = [folder / "matplotlibrc" for folder in settings]
    files += [style for folder in settings for style in styles(folder)]
    for place in (*files, *settings, *matplotlib_caches(env, home)):
        trouble = (
            _loop(env, place)
            if place not in files
            else read_error(place)
            if os.path.isfile(place)
            else ""
        )
        if trouble:
            what = (
                f"your settings file {place.name}"
                if place in files
                else "its own folder for settings or fonts"
            )
            return fail(
                MATPLOTLIBRC_UNREADABLE,
                f"matplotlib cannot be imported: {what} cannot be read ({trouble})",
                Fix("move it aside; matplotlib does without", (move_aside(place),)),
                found=f"{trouble} ({owner(place)})",
                wanted="a file that you may read, or none",
                looked_in=str(place),
            )
    return None


def _loop(env: Environment, folder: Path) -> str:
    try:
        folder.stat()
    except OSError as error:
        looped = error.errno == errno.ELOOP and allows("<3.13", interpreter(env).version)
        return error.strerror if looped and error.strerror else ""
    return ""


def warnings(env: Environment, stderr: str) -> list[Diagnosis]:
    """What it says in red of its settings and its folders, though it works."""
    return [*_settings(env, stderr), *matplotlib_folder.warnings(env)]


def _settings(env: Environment, stderr: str) -> list[Diagnosis]:
    """`stderr` is what the imports printed; a file must also be there for matplotlib to read."""
    if "matplotlibrc" not in stderr:
        return []
    places = [env.folder, *matplotlib_settings(env, home_of(env.variables))]
    own = env.variables.get("MATPLOTLIBRC")
    files = [*([Path(own)] if own else []), *(place / "matplotlibrc" for place in places)]
    file = next((path for path in files if os.path.isfile(path)), None)
    if file is None:
        return []
    hits = COMPLAINT.findall(stderr)
    return [
        warn(
            MATPLOTLIBRC_BROKEN,
            "your matplotlibrc (matplotlib's config file) has a bad value: matplotlib complains at every import and leaves that line out",
            Fix("move that file aside", (move_aside(file),)),
            found=hits[0][:300] if hits else "matplotlib complains about it",
            wanted="values that matplotlib knows",
            looked_in=str(file),
        )
    ]
