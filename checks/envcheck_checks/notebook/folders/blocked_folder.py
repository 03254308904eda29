"""Something else stands where a folder of Jupyter's belongs, and which variable put the folder
there.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fail, places
from envcheck.fixes.backup import move_aside
from envcheck.target.home import home_of
from envcheck_checks.interference.variables import unset
from envcheck_checks.machine.blocked_path import describe, find_blocker, is_dead_link, kind_of
from envcheck_checks.notebook.codes import JUPYTER_FOLDER_BLOCKED

VARIABLES = (
    "JUPYTER_RUNTIME_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_CONFIG_DIR",
    "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME",
)


def diagnose_blocked(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    """A file, or a link that leads nowhere, has the name of the folder or of one above it."""
    place = find_blocker(folder)
    if place is None:
        return None
    return fail(
        JUPYTER_FOLDER_BLOCKED,
        f"Jupyter cannot make its {name} folder: {kind_of(place)} stands where a folder belongs",
        _freed(env, folder, place),
        found=describe(place),
        wanted="a folder, or nothing: Jupyter makes it then",
        looked_in=str(folder),
    )


def _freed(env: Environment, folder: Path, place: Path) -> Fix:
    """A variable is taken out; a file or link of Jupyter's own is moved aside. A link may be
    waiting for its disk, and what lies above Jupyter's folders is other programs' too: a person
    decides then.
    """
    if variable := variable_naming(env, folder):
        return unset(variable)
    inside = places.within(place, home_of(env.variables))
    jupyters = inside is not None and any("jupyter" in part.lower() for part in inside.parts)
    if is_dead_link(place):
        return Fix(
            "move that link aside, or connect the disk that it leads to",
            (move_aside(place),),
            Confidence.ASK,
        )
    return Fix(
        "move that file aside; Jupyter makes the folder then",
        (move_aside(place),),
        Confidence.SURE if jupyters else Confidence.ASK,
    )


def variable_naming(env: Environment, folder: Path) -> str:
    """The name of the variable by which the learner chose this folder; empty where none did."""
    for name in VARIABLES:
        value = env.variables.get(name)
        if value and places.lies_in(folder, value):
            return name
    return ""
