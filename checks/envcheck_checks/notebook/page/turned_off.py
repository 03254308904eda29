"""Parts of the page without which it shows no notebook are turned off: by which file, and what that
is without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Write, fail, places
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck.shape import ANY_OBJECT, read_file
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.codes import PAGE_PART_TURNED_OFF
from envcheck_checks.notebook.page.page_proof import CoreTurnedOff
from envcheck_checks.notebook.server.learners_server import ServerTrouble


def diagnose(env: Environment, trouble: ServerTrouble) -> Diagnosis | None:
    """None of another trouble, and where no file of the learner's or the system's says so."""
    if not isinstance(trouble, CoreTurnedOff):
        return None
    names = trouble.names
    file = next((path for path in _files(env) if _listed(path) & set(names)), None)
    if file is None:
        return None
    return fail(
        PAGE_PART_TURNED_OFF,
        f"a part of Jupyter's page is turned off without which it shows no notebook: {', '.join(names)}",
        _turn_on(file, names)
        if is_theirs(env, file)
        else tell(
            "turn it on again",
            "Open JupyterLab's Extension Manager or its page_config.json, and turn these parts on.",
        ),
        found=f"turned off: {', '.join(names)}",
        wanted="parts that come with Jupyter, all turned on",
        looked_in=str(file),
    )


def _files(env: Environment) -> Iterator[Path]:
    """Where `jupyter labextension disable` writes, those that win first."""
    for folder in learners_jupyter(env).config:
        yield Path(folder, "labconfig", "page_config.json")


def _listed(file: Path) -> set[str]:
    """The names that a file turns off."""
    names = (read_file(file, ANY_OBJECT) or {}).get("disabledExtensions")
    if isinstance(names, dict):
        return {str(name) for name, off in names.items() if off}
    return {str(name) for name in names} if isinstance(names, list) else set()


def is_theirs(env: Environment, file: Path) -> bool:
    """Whether it is the learner's or their environment's."""
    python = interpreter(env)
    at_home = places.lies_in(file, home_of(env.variables))
    return at_home or (python.is_environment and python.owns(str(file)))


def _turn_on(file: Path, names: Sequence[str]) -> Fix:
    """The file is written anew without these lines, as `jupyter labextension enable` would: that one
    keeps nothing of how it was.
    """
    told = read_file(file, ANY_OBJECT) or {}
    turned_off = told.pop("disabledExtensions", None)
    if isinstance(turned_off, dict):
        rest: object = {name: off for name, off in turned_off.items() if name not in names}
    else:
        rest = [name for name in turned_off or () if name not in names]
    left = {**told, **({"disabledExtensions": rest} if rest else {})}
    step = Write(str(file), json.dumps(left, indent=2) + "\n") if left else move_aside(file)
    return Fix("turn it on again", (step,), Confidence.SURE)
