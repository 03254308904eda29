"""The kernelspec of the environment's own, and what is moved aside for it: `ipykernel install` deletes
the folder that has its name.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from envcheck import Environment, Fix, Rename, Run, places
from envcheck.fixes.backup import move_aside
from envcheck.shape import read_file
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed.kernel_command import parted

USUAL = "python3"
SPEC = {"argv": [str], "env?": {object}, "metadata?": {object}}
# Where Jupyter keeps what is the learner's alone, of any system: jupyter_core.paths
USERS = (("JUPYTER_DATA_DIR", ""), ("XDG_DATA_HOME", "jupyter"), ("APPDATA", "jupyter"))
AT_HOME = (".local/share/jupyter", "Library/Jupyter")


def give(python: Interpreter, name: str = USUAL) -> Fix:
    """Have ipykernel write a kernelspec of this environment's own."""
    place = _own_place(python, name)
    aside = (move_aside(place),) if os.path.lexists(place) else ()
    named = () if name == USUAL else ("--name", name)
    install = Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix", *named))
    return Fix("give this environment its own kernel", (*aside, install))


def replace(python: Interpreter, folder: Path, name: str = USUAL) -> Fix:
    """Move a spec's folder aside and give the environment its own kernel, where it has none."""
    own = _own_place(python, name)
    aside: tuple[Rename, ...] = () if places.same(folder, own) else (move_aside(folder),)
    given = () if aside and _starts(python, own) else give(python, name).steps
    return Fix(
        "move that kernelspec aside and give this environment its own kernel", (*aside, *given)
    )


def give_to_user(env: Environment, python: Interpreter, wish: str) -> Run:
    """Have ipykernel write a kernelspec for every Jupyter of the learner's, under a name that no
    other kernel has.
    """
    names = itertools.chain([wish], (f"{wish}-{number}" for number in itertools.count(2)))
    name = next(
        name
        for name in names
        if all(
            _starts(python, place) or not os.path.lexists(place)
            for place in (data / "kernels" / name for data in _users_data(env))
        )
    )
    return Run((python.executable, "-m", "ipykernel", "install", "--user", "--name", name))


def _users_data(env: Environment) -> Iterator[Path]:
    for variable, inside in USERS:
        if folder := env.variables.get(variable):
            yield Path(folder, inside)
    for folder in AT_HOME:
        yield Path(home_of(env.variables), folder)


def _starts(python: Interpreter, place: Path) -> bool:
    """Whether the spec there is one that ipykernel writes for this Python, unchanged."""
    spec = read_file(place / "kernel.json", SPEC) or {"argv": []}
    program = next(iter(spec["argv"]), "")
    changed = spec.get("env") or "kernel_provisioner" in (spec.get("metadata") or ())
    ours = program == "python" or places.same(Path(program).parent, python.scripts)
    return ours and parted(spec["argv"]).is_usual and not changed


def _own_place(python: Interpreter, name: str) -> Path:
    return Path(python.prefix, "share", "jupyter", "kernels", name)
