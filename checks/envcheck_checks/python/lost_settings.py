"""An environment that has lost its pyvenv.cfg."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Fix, Run, fail
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter
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
