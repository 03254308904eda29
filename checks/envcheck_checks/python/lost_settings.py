"""An environment that has lost its pyvenv.cfg, or whose pyvenv.cfg no Python can read."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Fix, Run, fail, foreign_file, places
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter, Unusable
from envcheck.target.lost_settings import environment_around
from envcheck_checks.commands import moved
from envcheck_checks.python.codes import PYTHON_ENVIRONMENT_BROKEN


def diagnose(python: Interpreter) -> Diagnosis | None:
    """An environment without its pyvenv.cfg: its Python takes itself for the one that it was made
    from.
    """
    place = environment_around(python.executable)
    if place is None or python.is_at(place):
        return None
    base = os.path.realpath(python.executable)
    return fail(
        PYTHON_ENVIRONMENT_BROKEN,
        "this environment has lost its file pyvenv.cfg: its Python does not see the packages that are in it",
        _write_anew(place, base),
        found=f"sys.prefix is {python.prefix}",
        wanted=str(place),
        looked_in=str(place / "pyvenv.cfg"),
    )


def unreadable(dead: Unusable) -> Diagnosis | None:
    """The file is no UTF-8, as PowerShell's `>` and an older editor write it: Python ends as it starts.
    None where the Python that it was made from is not known.
    """
    command = dead.command[0]
    place = Path(os.path.abspath(command)).parent.parent  # noqa: PTH100  # its own link leads to the base
    file, base = place / "pyvenv.cfg", os.path.realpath(command)
    try:
        foreign_file.content(file).decode("utf-8")
    except OSError:
        return None
    except UnicodeDecodeError as error:
        reason = str(error)
    else:
        return None
    if places.lies_in(base, place):
        return None
    anew = _write_anew(place, base)
    return fail(
        PYTHON_ENVIRONMENT_BROKEN,
        "the file pyvenv.cfg of this environment cannot be read: its Python ends as soon as it is started",
        Fix(anew.title, (move_aside(file), *anew.steps)),
        found=reason,
        wanted="a text in UTF-8",
        looked_in=str(file),
    )


def _write_anew(place: Path, base: str) -> Fix:
    """Python's own venv writes it, and with it the scripts that activate the environment: those that
    are there are kept, for `envcheck undo`.
    """
    scripts = [place / name for name in moved.ACTIVATE]
    return Fix(
        "write that file anew",
        (
            *(move_aside(script) for script in scripts if os.path.isfile(script)),
            Run((base, "-m", "venv", "--without-pip", str(place))),
        ),
    )
