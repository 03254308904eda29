"""The same thing once more with one of the learner's settings taken away: what then works names the cause.

A traceback's last line often points the wrong way; a trial does not. Only settings that are really there are
tried, first all of them at once: when that does not help either, none of them is the cause.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

from envcheck import Environment
from envcheck.python import interpreter
from envcheck_checks.later import Later
from envcheck_checks.private import private_folders

C = TypeVar("C")

PREFIXES = ("PYTHON", "LD_", "DYLD_", "OPENBLAS", "OMP_", "MKL_", "KMP_", "IPY", "MPL", "QT_", "PIP_TARGET")
# These change how Python talks, not what it loads.
HARMLESS = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONHASHSEED", "PYTHONNOUSERSITE", "IPYTHONDIR", "MPLCONFIGDIR"}


class Kind(str, Enum):
    VARIABLE = "variable"
    USER_SITE = "user site"
    FOLDER = "work folder"
    IPYTHON = "IPython's settings"
    SPEC = "the kernelspec's variables"
    CONFIG = "Jupyter's configuration"


@dataclass(frozen=True)
class Change:
    """One setting taken away. `name` is a variable's name or a folder; `variables` and `cwd` are what the trial changes."""

    kind: Kind
    name: str
    variables: Mapping[str, str | None] = field(default_factory=dict)
    cwd: Path | None = None

    def __hash__(self) -> int:
        return hash((self.kind, self.name))


def culprit(candidates: Sequence[Change], works: Callable[[Sequence[Change]], bool], at_once: int = 1) -> Change | None:
    """The one change that alone makes it work; None when none does, or only several together. `at_once` is how many
    trials may run side by side.
    """
    if not candidates or (len(candidates) == 1 and not works(candidates)):
        return None
    if len(candidates) == 1:
        return candidates[0]
    first = Later(lambda: works(candidates[:1])) if at_once > 1 else None
    if not works(candidates):
        return None
    if first is None:
        return first_that_works(candidates, lambda one: works([one]), at_once)
    return candidates[0] if first.value(_far()) else first_that_works(candidates[1:], lambda one: works([one]), at_once)


def first_that_works(candidates: Sequence[C], works: Callable[[C], bool], at_once: int = 1) -> C | None:
    """The first of these for which it works, tried so many at a time."""
    for begun in range(0, len(candidates), at_once):
        here, *beside = candidates[begun : begun + at_once]
        others = [(one, Later(partial(works, one))) for one in beside]
        if works(here):
            return here
        for one, answer in others:
            if answer.value(_far()):
                return one
    return None


def _far() -> float:
    """Longer than any trial: each has a limit of its own."""
    return time.monotonic() + 90


def variables_of(changes: Sequence[Change]) -> dict[str, str | None]:
    return {name: value for change in changes for name, value in change.variables.items()}


def folder_of(env: Environment, changes: Sequence[Change]) -> Path:
    """The folder to run in: the learner's own, unless that is what was taken away."""
    return next((change.cwd for change in changes if change.cwd is not None), env.folder)


def own_variables(env: Environment, harmless: Container[str] = HARMLESS) -> list[Change]:
    """The variables of the terminal that change what a Python program loads."""
    return [Change(Kind.VARIABLE, name, {name: None}) for name in sorted(env.variables) if name.startswith(PREFIXES) and name not in harmless]


def general(env: Environment) -> list[Change]:
    """What can disturb any Python program of the learner's: variables, the user site, the work folder."""
    found = own_variables(env)
    python = interpreter(env)
    if python.user_site_enabled and python.user_site and Path(python.user_site).is_dir():
        found.append(Change(Kind.USER_SITE, python.user_site, {"PYTHONNOUSERSITE": "1"}))
    if has_modules(env.folder):
        found.append(Change(Kind.FOLDER, str(env.folder), cwd=env.neutral_folder))
    return found


def ipython(env: Environment) -> list[Change]:
    """IPython's start-up and configuration files, when there are any."""
    if not ipython_files(env):
        return []
    return [Change(Kind.IPYTHON, str(private_folders(env).ipython), {"IPYTHONDIR": str(env.new_folder("ipython-none"))})]


def ipython_files(env: Environment) -> list[Path]:
    """The learner's files that a kernel runs when it starts, as our copies have them."""
    profile = private_folders(env).ours / "profile_default"
    return sorted(file for folder in (profile, profile / "startup") for file in folder.glob("*") if file.suffix in (".py", ".ipy", ".json"))


def has_modules(folder: Path) -> bool:
    """Whether a folder has anything that `import` could take from it."""
    try:
        return any(path.suffix == ".py" or (path / "__init__.py").is_file() for path in folder.iterdir())
    except OSError:
        return False
