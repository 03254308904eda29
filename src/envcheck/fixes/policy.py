"""What a fix may touch: the learner's environment, the course folder, and the learner's own
settings. Nothing else, ever.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.environment import Environment
from envcheck.model import Rename, Run, Step, Write
from envcheck.target.interpreter import Interpreter, question, target
from envcheck.target.locate import course_folders

ELEVATES = ("sudo", "doas", "runas", "pkexec", "su", "gsudo")
# Variables in which learners name files and folders of their own: kernels, settings, code.
OWN = (
    "PYTHONPATH",
    "IPYTHONDIR",
    "MPLCONFIGDIR",
    "MATPLOTLIBRC",
    "PIP_CONFIG_FILE",
    "TMPDIR",
    "NETRC",
    "APPDATA",
    "LOCALAPPDATA",
)
OWN_PREFIXES = ("JUPYTER", "XDG_")
INSTALLERS = ("pip", "ensurepip")


def refuse(env: Environment, step: Step) -> str:
    """Why this step is not carried out, in words; empty when it may be."""
    if isinstance(step, Run):
        return _elevation(step) or _foreign(env, step)
    paths = (
        (step.source, step.to)
        if isinstance(step, Rename)
        else (step.path,)
        if isinstance(step, Write)
        else ()
    )
    outside = next((path for path in paths if not _allowed(env, path)), None)
    return (
        f"{outside} is outside of your environment, your settings and this folder: envcheck does not touch it"
        if outside
        else ""
    )


def _elevation(step: Run) -> str:
    """sudo is printed, never run."""
    if any(Path(word).name.lower().removesuffix(".exe") in ELEVATES for word in step.argv[:2]):
        return "this fix needs an administrator's rights, which envcheck never takes by itself"
    return ""


def _foreign(env: Environment, step: Run) -> str:
    """Nothing is installed into a Python that is not an environment of its own."""
    if len(step.argv) < 3 or step.argv[1] != "-m" or step.argv[2] not in INSTALLERS:
        return ""
    found = question(env, (step.argv[0],))
    if not isinstance(found, Interpreter) or found.is_environment:
        return ""
    return f"{step.argv[0]} is not an environment of its own: envcheck installs nothing into it"


def _allowed(env: Environment, path: str) -> bool:
    found = target(env)
    # Neither a home that is the whole disk nor an installation of the system gives leave to
    # anything.
    folders = [
        str(env.folder),
        str(course_folders(env.folder)[-1]),
        env.variables.get("HOME", ""),
        env.variables.get("USERPROFILE", ""),
    ]
    folders += (
        [found.prefix]
        if isinstance(found, Interpreter) and found.is_environment
        else _silent_environment(env, found)
    )
    for name, value in env.variables.items():
        if name in OWN or name.startswith(OWN_PREFIXES):
            folders += value.split(os.pathsep)
    return any(len(Path(folder).parts) > 1 and _below(path, folder) for folder in folders if folder)


def _silent_environment(env: Environment, found: object) -> list[str]:
    """The environment of a Python that does not answer, by the mark that every environment has on
    disk.
    """
    place = Path(env.located.command[0]).absolute().parent.parent
    return (
        [str(place)]
        if not isinstance(found, Interpreter) and os.path.isfile(place / "pyvenv.cfg")
        else []
    )


def _below(path: str, folder: str) -> bool:
    """Where the links on the way really lead; the file's own link is renamed, not what it points
    to.
    """
    inner = os.path.normcase(
        os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))  # noqa: PTH118, PTH119, PTH120
    )
    return inner.startswith(os.path.normcase(os.path.realpath(folder)).rstrip(os.sep) + os.sep)
