"""What belongs to the learner: their home, the course folder, the environment under test, and the
folders that their own variables name. A fix touches what lies below these, and nothing else, ever.
"""

from __future__ import annotations

import itertools
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from envcheck import places
from envcheck.environment import Environment
from envcheck.held import once_free
from envcheck.model import Rename, Run, Step, Write
from envcheck.path_lists import parts
from envcheck.target.course_folder import course_folders
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter, target
from envcheck.target.lost_settings import environment_around, has_lost_settings

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
# Nobody's own, whatever a variable says: the system's folders with all below them, and the folders
# in which everybody has one.
SYSTEM = ("/proc", "/sys", "/dev", "/boot", "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64")
SYSTEM_ELSEWHERE = ("/System", "/Library", "/private/etc", "C:\\Windows", "C:\\Program Files")
EVERYBODYS = ("/home", "/Users", "/var", "/opt", "/srv", "/mnt", "/media", "/run", "C:\\Users")
# The word after one of these is read, not changed.
READ = ("--python", "-p", "-r", "--requirement", "--find-links", "-f", "--constraint", "--cert")

VENV = ("-m", "venv")
OF_FILES = (
    "chmod",
    "chown",
    "chgrp",
    "chattr",
    "setfacl",
    "mv",
    "rm",
    "rmdir",
    "icacls",
    "takeown",
)


def outside(env: Environment, step: Step) -> str:
    """The first path that this step would change and that is not the learner's, or is their whole
    home; empty when there is none.
    """
    whole = (path for path in _moved(env, step) if _has_home(env, path))
    others = (path for path in changed(env, step) if not is_learners(env, path))
    return next(itertools.chain(whole, others), "")


def _moved(env: Environment, step: Step) -> Iterator[str]:
    """What a step renames, writes, removes, opens or closes as a whole."""
    if isinstance(step, Rename):
        yield from (step.source, step.to)
    elif isinstance(step, Write):
        yield step.path
    elif isinstance(step, Run) and step.argv and PurePath(step.argv[0]).stem in OF_FILES:
        yield from (str(Path(env.folder, os.path.expanduser(word))) for word in step.argv[1:])


def _has_home(env: Environment, path: str) -> bool:
    """Whether it is the home itself or a folder above it, which another folder of the learner's may
    be; or lies where whoever carries it out happens to stand.
    """
    if not os.path.isabs(path):  # noqa: PTH117  # as this system has it
        return True
    homes = (env.variables.get(name, "") for name in ("HOME", "USERPROFILE"))
    return any(home and places.lies_in(home, path) for home in homes)


def is_learners(env: Environment, path: str | Path) -> bool:
    """Whether it lies below a folder of the learner's, and is theirs or stands in one that is."""
    return is_inside(env, path) and _is_owned(Path(path))


def is_inside(env: Environment, path: str | Path) -> bool:
    """Whether it lies below a folder of the learner's, whoever owns it."""
    if any(places.really_in(path, folder) for folder in _folders(env)):
        return True
    environment = _environment(env)
    return bool(environment) and places.really_in(path, environment)


def of_environment(env: Environment, folders: Sequence[str]) -> tuple[str, ...]:
    """Those inside of the environment that was found on this machine: a fix notes no others, and a
    record may be anybody's. None where the home lies in it, as after `python -m venv ~`.
    """
    environment = _environment(env) if folders else ""
    if not environment or places.lies_in(home_of(env.variables), environment):
        return ()
    return tuple(folder for folder in folders if places.really_in(folder, environment))


def changed(env: Environment, step: Step) -> Iterator[str]:
    """The paths that a step's words say it changes."""
    if isinstance(step, Rename):
        yield from (step.source, step.to)
    elif isinstance(step, Write):
        yield step.path
    elif isinstance(step, Run):
        yield from (_within(step.argv, path) for path in _named(env, step.argv))


def written_over(argv: Sequence[str]) -> str:
    """The folder in which `-m venv` writes an environment once more; empty of every other command."""
    place = argv[-1] if tuple(argv[1:3]) == VENV else ""
    return place if os.path.isdir(place) else ""


def _within(argv: Sequence[str], path: str) -> str:
    """What `-m venv`, or conda, changes of an environment that is there already lies in it."""
    settings, notes = Path(path, "pyvenv.cfg"), Path(path, "conda-meta")
    if "--prefix" in argv and os.path.isdir(notes):
        return str(notes)
    again = os.path.isfile(settings) or has_lost_settings(Path(path))
    return str(settings) if tuple(argv[1:3]) == VENV and again else path


def _named(env: Environment, argv: Sequence[str]) -> Iterator[str]:
    """The paths among a command's words, behind the program itself and what that only reads."""
    for before, word in itertools.pairwise(argv):
        if before in READ or before == "-c" or "://" in word:
            continue
        option, equals, value = word.partition("=")
        if option in READ and equals:
            continue
        path = value if word.startswith("-") else word
        if os.sep in path or "/" in path or path == "..":
            yield str(Path(env.folder, os.path.expanduser(path)))


def _folders(env: Environment) -> Iterator[str]:
    """The folders below which everything is the learner's, whatever their Python is."""
    named = [
        str(env.folder),
        str(course_folders(env.folder, env.variables)[-1]),
        env.variables.get("HOME", ""),
        env.variables.get("USERPROFILE", ""),
    ]
    for name in env.variables:
        if (name in OWN or name.startswith(OWN_PREFIXES)) and not name.endswith("_DIRS"):
            named += parts(env.variables, name)
    yield from (folder for folder in named if folder and not _is_nobodys(folder))


def _environment(env: Environment) -> str:
    """The folder of the environment under test; empty where the Python is none. Asked last: no
    program is started where another folder is enough.
    """
    answer = target(env)
    if isinstance(answer, Interpreter) and answer.is_environment:
        return answer.prefix
    command = env.located.command[0]
    place = environment_around(command)
    if not isinstance(answer, Interpreter):
        place = _marked(command) or place
    return str(place) if place is not None and not _is_nobodys(str(place)) else ""


def _is_nobodys(folder: str) -> bool:
    """The whole disk, a folder of the system's, or one in which everybody has something."""
    real = places.key(folder)
    everybodys = {places.folded(place) for place in EVERYBODYS}
    if not os.path.isabs(folder) or len(Path(real).parts) < 2 or real in everybodys:  # noqa: PTH117
        return True
    return any(places.lies_in(real, place) for place in (*SYSTEM, *SYSTEM_ELSEWHERE))


def _marked(command: str) -> Path | None:
    """The environment of a Python that does not answer, by its own mark on disk."""
    place = Path(command).absolute().parent.parent
    return place if os.path.isfile(place / "pyvenv.cfg") else None


def _is_owned(path: Path) -> bool:
    """Whether the learner owns it or the nearest folder that is there: who owns a folder may rename
    in it. An administrator may too. On Windows the system itself asks.
    """
    if sys.platform == "win32":
        return True
    there = next((place for place in (path, *path.parents) if os.path.lexists(place)), None)
    places = [place for place in (there, path.parent if there == path else None) if place]
    try:
        return os.geteuid() in (0, *(os.lstat(place).st_uid for place in places))
    except OSError:
        return False


def may_write(folder: Path) -> bool:
    """Of a folder that is not there nobody is refused. Windows' `access` allows every folder: there it
    is tried.
    """
    if not os.path.exists(folder):
        return True
    if sys.platform != "win32":
        return os.access(folder, os.W_OK | os.X_OK)
    tried = folder / f".envcheck-{secrets.token_hex(8)}"
    try:
        tried.mkdir()
        once_free(tried.rmdir)
    except OSError:
        return False
    return True
