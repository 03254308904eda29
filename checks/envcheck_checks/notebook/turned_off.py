"""Parts of the page without which it shows no notebook are turned off: by which file, and how they
are turned on again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, fail, places
from envcheck.fixes.advice import tell
from envcheck.shape import ANY_OBJECT, read_file
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.codes import PAGE_PART_TURNED_OFF
from envcheck_checks.notebook.page_proof import CoreTurnedOff
from envcheck_checks.notebook.server import ServerTrouble


def diagnose(env: Environment, trouble: ServerTrouble) -> Diagnosis | None:
    """None of another trouble, and where no file of the learner's or the system's says so."""
    if not isinstance(trouble, CoreTurnedOff):
        return None
    names = trouble.names
    file = next((path for path in _files(env) if _listed(path) & set(names)), None)
    if file is None:
        return None
    listed = [name for name in names if name in _listed(file)]
    level = _level(env, file)
    return fail(
        PAGE_PART_TURNED_OFF,
        f"a part of Jupyter's page is turned off without which it shows no notebook: {', '.join(names)}",
        _turn_on(env, listed, level)
        if level
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


def _level(env: Environment, file: Path) -> str:
    """Jupyter's word for whose file that is; empty where it is neither the learner's nor their
    environment's.
    """
    python = interpreter(env)
    if places.lies_in(file, home_of(env.variables)) and not python.owns(str(file)):
        return "user"
    return "sys_prefix" if python.is_environment and python.owns(str(file)) else ""


def _turn_on(env: Environment, names: Sequence[str], level: str) -> Fix:
    python = interpreter(env).executable
    steps = tuple(
        Run((python, "-m", "jupyter", "labextension", "enable", name, f"--level={level}"))
        for name in names
    )
    return Fix("turn it on again", steps, Confidence.SURE)
