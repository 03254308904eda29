"""Commands that the learner's own files cannot disturb: `python -m pip` in a folder that holds a
`pip/`, or a `random.py`, would start or import those.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path
from typing import TypeVar

from envcheck.environment import Environment
from envcheck.model import Run
from envcheck.run.rebuild import with_parts
from envcheck.target.interpreter import Interpreter, target

V = TypeVar("V")
ISOLATED = "-I"  # neither the folder, nor PYTHONPATH, nor the user's site
SAFE_PATH = "-P"  # not the folder; Python 3.11 and newer
FIRST_WITH_SAFE_PATH = (3, 11)


def undisturbed(value: V, env: Environment) -> V:
    """The value with every `python -m` in its steps kept away from the modules of the folder where
    it is typed; unchanged where that folder has none that could come in between.
    """
    answer = target.already(env)
    python = answer if isinstance(answer, Interpreter) else None
    return _changed(value, python) if _has_rivals(env.folder, python) else value


def _changed(value: V, python: Interpreter | None) -> V:
    if isinstance(value, Run):
        return dataclasses.replace(value, argv=_argv(value.argv, python))
    return with_parts(value, lambda item: _changed(item, python))


def _argv(argv: tuple[str, ...], python: Interpreter | None) -> tuple[str, ...]:
    if argv[1:2] != ("-m",):
        return argv
    option = _option(argv, python)
    return (argv[0], option, *argv[1:]) if option else argv


def _option(argv: tuple[str, ...], python: Interpreter | None) -> str:
    """The option for this Python; empty where the only one would hide what lies in the user's
    site.
    """
    if python is None or argv[0] != python.executable:
        return ISOLATED  # an environment that a step has just made, or a Python for `venv`
    if python.version_info >= FIRST_WITH_SAFE_PATH:
        return SAFE_PATH
    return ISOLATED if not python.user_site_enabled or argv[2] in sys.stdlib_module_names else ""


def _has_rivals(folder: Path, python: Interpreter | None) -> bool:
    """Whether a file or package of the folder has the name of a module that a command may need."""
    names = {"pip", *sys.stdlib_module_names}
    if python is not None:
        names |= {*python.stdlib_names}
        names |= {name.replace("-", "_").lower() for name in python.installed}
    return any(name.lower() in names for name in _importable(folder))


def _importable(folder: Path) -> list[str]:
    """What `import` finds there: modules, packages, and compiled ones."""
    try:
        entries = os.listdir(folder)  # noqa: PTH208  # names are wanted
    except OSError:
        return []
    modules = [name.partition(".")[0] for name in entries if name.endswith((".py", ".so", ".pyd"))]
    packages = [name for name in entries if os.path.isfile(folder / name / "__init__.py")]
    return [*modules, *packages]
