"""Variables of the learner's terminal that change Python: PYTHONHOME, PYTHONPATH, LD_LIBRARY_PATH
and their kind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from envcheck import Diagnosis, Environment, Fix, UnsetEnv, places, warn
from envcheck.path_lists import parts
from envcheck.target.interpreter import Interpreter
from envcheck_checks.interference.codes import PYTHONHOME_SET, PYTHONPATH_FOREIGN

PREFIXES = (
    "PYTHON",
    "LD_",
    "DYLD_",
    "OPENBLAS",
    "OMP_",
    "MKL_",
    "KMP_",
    "IPY",
    "MPL",
    "MATPLOTLIB",
    "QT_",
    "PIP_TARGET",
)
# These change how Python talks, not what it loads.
HARMLESS = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "PYTHONHASHSEED",
    "PYTHONNOUSERSITE",
    "IPYTHONDIR",
    "MPLCONFIGDIR",
}


# Without these no program finds its files, or envcheck's programs would write into the learner's
# own folders.
NEEDED = {
    "PATH", "PATHEXT", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC",
    "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "TEMP", "TMP", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR",
}  # fmt: skip
OF_FOLDERS = ("XDG_", "JUPYTER_")


def unset(*names: str) -> Fix:
    """The fix that takes these variables out of the learner's terminal."""
    return Fix(
        f"take {' and '.join(names)} out of your terminal's variables",
        tuple(UnsetEnv(name) for name in names),
    )


def spellings(variables: Mapping[str, str], name: str) -> list[str]:
    """The variables that are one setting: programs read `ALL_PROXY` where there is no `all_proxy`."""
    wanted = name.upper()
    return sorted(other for other in variables if other.upper() == wanted)


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """What is set and can be seen to change this Python, though it still runs."""
    diagnoses = []
    home = env.variables.get("PYTHONHOME")
    if home:
        diagnoses.append(
            warn(
                PYTHONHOME_SET,
                "PYTHONHOME is set: every Python that is started from this terminal takes its standard library from there",
                unset("PYTHONHOME"),
                found=f"PYTHONHOME={home}",
                wanted="PYTHONHOME not set",
                looked_in="the variables of this terminal",
            )
        )
    foreign = foreign_python_path(env, python)
    if foreign:
        diagnoses.append(
            warn(
                PYTHONPATH_FOREIGN,
                "PYTHONPATH leads this Python to the packages of another Python",
                unset("PYTHONPATH"),
                found=f"PYTHONPATH has {foreign}",
                wanted="PYTHONPATH not set, or with folders of your own code only",
                looked_in="the variables of this terminal",
            )
        )
    return diagnoses


def foreign_python_path(env: Environment, python: Interpreter) -> str:
    """The first entry of PYTHONPATH that holds another Python's packages or standard library; empty
    when there is none.
    """
    windows = bool(PureWindowsPath(python.base_prefix).drive)  # its own word for where it is
    pure: type[PurePath] = PureWindowsPath if windows else PurePosixPath
    for entry in parts(env.variables, "PYTHONPATH", "win32" if windows else "linux"):
        packages = pure(entry).name in ("site-packages", "dist-packages")
        anothers = not python.owns(entry) and not places.lies_in(
            entry, python.base_prefix, "win32" if windows else sys.platform
        )
        if anothers and (packages or os.path.isfile(Path(entry, "os.py"))):
            return entry
    return ""
