"""matplotlib's own folders, for settings and for its list of fonts: where it may not write, it says so in
red in each notebook, and makes the list anew each time.

envcheck's programs have a folder of envcheck's own for both: what those prove nothing of is asked
here, by matplotlib's rules (`matplotlib._get_config_or_cache_dir`).
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, SetEnv, places, warn
from envcheck.fixes.backup import move_aside
from envcheck.target.belongings import is_inside
from envcheck.target.home import home_of
from envcheck_checks.interference.private_folders import (
    matplotlib_caches,
    matplotlib_settings,
)
from envcheck_checks.interference.variables import unset
from envcheck_checks.machine.blocked_path import describe, find_blocker
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.write_access import existing, write_error
from envcheck_checks.packages import font_list
from envcheck_checks.packages.codes import MATPLOTLIB_FOLDER_UNWRITABLE

VARIABLE = "MPLCONFIGDIR"
# A disk that is full is another matter: matplotlib asks for the right to write, and does not try.
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
OF_THE_LEARNER = ("matplotlibrc", "stylelib")


def warnings(env: Environment) -> list[Diagnosis]:
    """The first of its folders that it can neither use nor make."""
    home = home_of(env.variables)
    for folder in (*matplotlib_settings(env, home), *matplotlib_caches(env, home)):
        real = Path(os.path.realpath(folder))
        if blocker := find_blocker(real):
            return [_warning(env, folder, describe(blocker), blocker)]
        error = write_error(real)
        if error is not None and error.errno in REFUSED:
            place = existing(real)
            return [_warning(env, folder, f"{error.strerror} ({owner(place)})", place)]
    return font_list.warnings(env, matplotlib_caches(env, home))


def _warning(env: Environment, folder: Path, actual: str, place: Path) -> Diagnosis:
    return warn(
        MATPLOTLIB_FOLDER_UNWRITABLE,
        f"matplotlib may not write into its own folder, {folder}: notebooks that import it show a message in red",
        _fix(env, folder, place),
        found=actual,
        wanted="a folder that you own and may write to, or nothing: matplotlib makes it then",
        looked_in=str(place),
    )


def _fix(env: Environment, folder: Path, place: Path) -> Fix:
    if env.variables.get(VARIABLE):
        return unset(VARIABLE)
    if not is_inside(env, place):  # as of a home on a disk that is read-only
        return Fix(
            "lead matplotlib to a folder that you may write to",
            (SetEnv(VARIABLE, str(env.folder / ".matplotlib")),),
            Confidence.LIKELY,
        )
    # No permission makes a folder of what is none.
    replaced = not os.path.isdir(place) or (
        places.same(place, folder) and not _holds_settings(place)
    )
    if replaced and not write_error(place.parent):
        return Fix("move it aside; matplotlib makes a new one", (move_aside(place),))
    return own_again(env, place)


def _holds_settings(place: Path) -> bool:
    return any(os.path.lexists(place / name) for name in OF_THE_LEARNER)
