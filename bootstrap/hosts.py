"""Which Python of this machine can host envcheck."""

import glob
import os
import re
import sys

from bootstrap.compatibility import which
from bootstrap.constants import OLDEST_HOST, WINDOWS
from bootstrap.description import NEEDED, ask_python, describe_this_python, version_numbers
from bootstrap.files import home_folder
from bootstrap.programs import run

# As in checks/envcheck_checks/python/conda.py.
CONDAS = ("anaconda3", "miniconda3", "miniforge3", "mambaforge")
HOMEBREWS = ("/opt/homebrew", "/usr/local")
OF_CASKROOM = ("miniconda", "miniforge", "mambaforge")


def why_it_cannot_host(python, uv):
    """Why a Python cannot host, in words that follow "this Python"; empty when it can."""
    if version_numbers(python["version"]) < OLDEST_HOST:
        return "is version %s, and envcheck itself needs %d.%d or newer" % (
            (python["version"],) + OLDEST_HOST
        )
    if python["implementation"] != "cpython":
        return "is %s, and envcheck itself needs the usual CPython" % python["implementation"]
    missing = [name for name, _, _ in NEEDED if name in python["gaps"] and name != "_sqlite3"]
    if missing:
        return "was built without %s" % ", ".join(name.lstrip("_") for name in missing)
    if not uv and (
        "venv" in python["gaps"]
        or ("ensurepip" in python["gaps"] and version_numbers(python["pip"] or "0") < (22, 3))
    ):
        return "has no %s" % (
            "venv" if "venv" in python["gaps"] else "pip that is new enough, and no ensurepip"
        )
    return ""


def find_hosts(uv, variables):
    """Yield descriptions of Pythons that can host, the launching one first."""
    own = describe_this_python()
    if not why_it_cannot_host(own, uv):
        yield own
    seen = set([os.path.realpath(sys.executable)])
    for path in find_other_pythons(variables):
        real = os.path.realpath(path) if path else ""
        if real in seen or not os.path.isfile(real):
            continue
        seen.add(real)
        description = ask_python([path], variables, "-I", "-B")
        if isinstance(description, dict) and not why_it_cannot_host(description, uv):
            yield description


def find_other_pythons(variables):
    """Yield paths where other Pythons usually are: PATH, pyenv, uv, the Windows launcher."""
    for name in ["python3.%d" % minor for minor in (13, 12, 11, 14, 10)] + ["python3", "python"]:
        yield which(name)
    home = home_folder()
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv")
    for pattern in (
        os.path.join(pyenv, "versions", "3.*", "bin", "python"),
        os.path.join(home, ".local", "share", "uv", "python", "*", "bin", "python3"),
        "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3",
        "/opt/homebrew/bin/python3.*[0-9]", "/usr/local/bin/python3.*[0-9]", "/usr/bin/python3.*[0-9]",
        os.path.join(home, "Library", "jupyterlab-desktop", "jlab_server", "bin", "python3"),
    ):  # fmt: skip
        for path in sorted(glob.glob(pattern), reverse=True):
            yield path
    for path in conda_places(os.environ, home):
        yield path
    for path in windows_places(os.environ, home) if WINDOWS else []:
        for python in sorted(glob.glob(path), reverse=True):
            yield python
    if WINDOWS and which("py"):
        for path in re.findall(
            r"[A-Za-z]:\\.*python\.exe", run([which("py"), "-0p"], variables).output
        ):
            yield path


def conda_places(variables, home):
    """The Pythons of the condas that no terminal knows, where their installers put them."""
    roots = [home, os.path.join(home, "opt"), "/opt"] + list(HOMEBREWS)
    casks = [os.path.join(brew, "Caskroom", "%s", "base") for brew in HOMEBREWS]
    if WINDOWS:
        roots = [home, variables.get("ProgramData", ""), variables.get("LOCALAPPDATA", "")]
        casks = []
    places = [os.path.join(root, name) for root in roots if root for name in CONDAS]
    places += [cask % name for cask in casks for name in OF_CASKROOM]
    return [
        os.path.join(place, "python.exe" if WINDOWS else os.path.join("bin", "python3"))
        for place in places
        if os.path.isdir(os.path.join(place, "conda-meta"))
    ]


def windows_places(variables, home):
    """Where Windows' Pythons lie that are on no PATH: python.org's, the install manager's, uv's,
    pyenv-win's, JupyterLab Desktop's.
    """
    local = variables.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    roaming = variables.get("APPDATA") or os.path.join(home, "AppData", "Roaming")
    pyenv = (
        variables.get("PYENV_ROOT")
        or variables.get("PYENV")
        or os.path.join(home, ".pyenv", "pyenv-win")
    )
    return [
        os.path.join(local, "Programs", "Python", "Python3*", "python.exe"),
        os.path.join(
            variables.get("ProgramFiles") or "C:\\Program Files", "Python3*", "python.exe"
        ),
        os.path.join(local, "Python", "pythoncore-3.*", "python.exe"),
        os.path.join(roaming, "uv", "python", "cpython-3.*", "python.exe"),
        os.path.join(pyenv, "versions", "3.*", "python.exe"),
        os.path.join(roaming, "jupyterlab-desktop", "jlab_server", "python.exe"),
    ]


def find_uv():
    """The path of uv, or an empty string."""
    beside = os.path.join(home_folder(), ".local", "bin", "uv.exe" if WINDOWS else "uv")
    return which("uv") or (beside if os.path.isfile(beside) else "")
