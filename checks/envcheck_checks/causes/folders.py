"""The learner's own Jupyter folders, and the secrets in them: Jupyter must be able to make, write and read them.

envcheck's own servers have folders of their own for this, so that nothing of the learner's changes: what those
prove nothing of is asked here.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, UnsetEnv, fail
from envcheck.advice import tell
from envcheck_checks.causes import selinux
from envcheck_checks.causes.backup import aside
from envcheck_checks.causes.writable import existing, write_error
from envcheck_checks.learners_jupyter import learners_jupyter
from envcheck_checks.private import home_of, private_folders

RUNTIME, DATA, CONFIGURATION = "runtime", "data", "configuration"
VARIABLES = ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "XDG_RUNTIME_DIR", "XDG_DATA_HOME")


def diagnose(env: Environment) -> Diagnosis | None:
    """What keeps Jupyter from writing its files or reading those it has."""
    found = learners_jupyter(env)
    places = {RUNTIME: found.runtime, DATA: found.user_data, CONFIGURATION: found.user_config}
    known = {name: Path(place) for name, place in places.items() if place}
    if CONFIGURATION in known and not _moves_in(env, known[CONFIGURATION]):
        del known[CONFIGURATION]
    secrets = {RUNTIME: "jupyter_cookie_secret", DATA: "notebook_secret", CONFIGURATION: "migrated"}
    for name, folder in known.items():
        trouble = _blocked(env, folder, name) or _unwritable(env, folder, name) or _unreadable(folder / secrets[name], name)
        if trouble is not None:
            return trouble
    return None


def _moves_in(env: Environment, config: Path) -> bool:
    """Whether Jupyter will write into its configuration folder as it starts: where IPython was used and Jupyter never
    was, it moves settings (jupyter_core's `migrate`), and leaves a file `migrated`.
    """
    try:
        with (config / "migrated").open("r+"):
            return False
    except FileNotFoundError:
        return private_folders(env).ipython.exists()
    except OSError:
        return False


def _blocked(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    """A file, or a link that leads nowhere, has the name of the folder or of one above it."""
    place = next((one for one in (folder, *folder.parents) if os.path.lexists(one)), folder)
    if not os.path.lexists(place) or place.is_dir():
        return None
    link = place.is_symlink()
    what = f"a link that leads nowhere ({_target(place)})" if link else "a file"
    return fail(
        "jupyter-folder-blocked",
        f"Jupyter cannot make its {name} folder: {'a link that leads nowhere' if link else 'a file'} stands where a folder belongs",
        _freed(env, folder, place, link=link),
        found=f"{place} is {what}",
        wanted="a folder, or nothing: Jupyter makes it then",
        looked_in=str(folder),
    )


def _target(link: Path) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115  # as it was written
    except OSError:
        return "unknown"


def _freed(env: Environment, folder: Path, place: Path, *, link: bool) -> Fix:
    """A variable is taken out; a file or link of Jupyter's own is moved aside. A link may be waiting for its disk, and
    what lies above Jupyter's folders is other programs' too: a person decides then.
    """
    if variable := _variable(env, folder):
        return _without(variable)
    home = home_of(env)
    jupyters = home in place.parents and any("jupyter" in part.lower() for part in place.relative_to(home).parts)
    title = "move that link aside, or connect the disk that it leads to" if link else "move that file aside; Jupyter makes the folder then"
    return Fix(title, (aside(place),), Confidence.SURE if jupyters and not link else Confidence.ASK)


def _unwritable(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    error = write_error(folder)
    if error is None:
        return None
    place = existing(folder)
    if denied := selinux.denies(env, place, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail(
            "disk-full",
            f"the disk of Jupyter's {name} folder is full (No space left on device): Jupyter cannot write its files there, nor in your home",
            tell("free some space", f"Free some space on the disk of {place}, then run envcheck again."),
            found="no space left",
            wanted="at least 100 MB",
            looked_in=str(folder),
        )
    variable = _variable(env, folder)
    return fail(
        "jupyter-folder-unwritable",
        f"Jupyter's {name} folder cannot be written to ({error.strerror}){f': {variable} names it' if variable else ''}",
        _without(variable) if variable else _own_again(place),
        found=f"{error.strerror} ({_owner(place)})",
        wanted="a folder that you own and may write to",
        looked_in=str(folder),
        note="this happens after one `sudo jupyter notebook`" if error.errno == errno.EACCES and not variable else "",
    )


def _own_again(place: Path) -> Fix:
    """Whose folder it is may open it again; what belongs to another user needs an administrator."""
    if sys.platform != "win32" and place.stat().st_uid == os.geteuid():
        return Fix("let yourself write into your folder again", (Run(("chmod", "-R", "u+rwX", str(place))),))
    return tell("make the folder your own again", f'sudo chown -R "$USER" {place}', f"chmod -R u+rwX {place}")


def _unreadable(file: Path, name: str) -> Diagnosis | None:
    """A secret that is there and cannot be read: Jupyter makes a new one only where there is none."""
    said = _read_error(file) if os.path.lexists(file) else ""
    if not said:
        return None
    return fail(
        "jupyter-file-unreadable",
        f"a file in Jupyter's {name} folder cannot be read ({said}): {file.name}",
        Fix("move it aside; Jupyter makes a new one", (aside(file),)),
        found=f"{said} ({_owner(file)})",
        wanted="a file that you own",
        looked_in=str(file),
    )


def _read_error(file: Path) -> str:
    try:
        if file.exists() and not file.is_file():
            return "it is no file"
        with file.open("rb"):
            return ""
    except FileNotFoundError:
        return "a link that leads nowhere"
    except OSError as error:
        return error.strerror or str(error)


def _without(variable: str) -> Fix:
    return Fix(f"take {variable} out of your terminal's variables", (UnsetEnv(variable),))


def _variable(env: Environment, folder: Path) -> str:
    for name in VARIABLES:
        value = env.variables.get(name)
        if value and (Path(value) == folder or Path(value) in folder.parents):
            return name
    return ""


def _owner(place: Path) -> str:
    if sys.platform == "win32":
        return "see its properties for the owner"
    try:
        status = place.lstat()
        return f"owner {place.owner()}, mode {status.st_mode & 0o777:o}"
    except (OSError, KeyError):
        return "owner unknown"
