"""The terminal's own `python`, and whether the variables that name an environment agree with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import places
from envcheck.target.runners import made_by_runner
from envcheck.target.typed_path import entries_as_typed

ACTIVATES = ("VIRTUAL_ENV", "CONDA_PREFIX")
# Where pyenv and asdf keep a stand-in for each version, installed or not: it may be dead
SHIMS = "shims"


@dataclass(frozen=True)
class Leftover:
    """A variable that names an environment to which this terminal's `python` does not belong."""

    variable: str
    prefix: str


def starts(variables: Mapping[str, str], prefix: str | Path) -> bool | None:
    """Whether `python`, typed in this terminal, is that environment's, dead or alive; `python3`
    decides where there is no `python`. None where neither can be typed.
    """
    places = program_folders(prefix)
    for name in ("python", "python3"):
        for entry in entries_as_typed(variables):
            if any(same(entry, place) for place in places):
                return True
            if shutil.which(name, path=entry):
                return Path(entry).name == SHIMS and _is_chosen_by_pyenv(variables, prefix)
    return None


def is_active(variables: Mapping[str, str], name: str) -> bool:
    """Whether the environment that this variable names is the terminal's: nothing that can be typed
    contradicts it.
    """
    prefix = variables.get(name, "")
    return bool(prefix) and not made_by_runner(prefix) and starts(variables, prefix) is not False


def leftovers(variables: Mapping[str, str]) -> list[Leftover]:
    """The variables that are left over from another terminal, folder or activation."""
    return [
        Leftover(name, variables[name])
        for name in ACTIVATES
        if variables.get(name)
        and not is_active(variables, name)
        and not (name == "CONDA_PREFIX" and _stands_behind(variables))
    ]


def _stands_behind(variables: Mapping[str, str]) -> bool:
    """Whether conda's environment is on PATH behind what was activated or installed after it: the
    usual state of everybody whose `base` activates itself.
    """
    prefix = variables["CONDA_PREFIX"]
    entries = entries_as_typed(variables)
    on_path = any(same(entry, place) for entry in entries for place in program_folders(prefix))
    return on_path and (is_active(variables, "VIRTUAL_ENV") or is_conda_base(variables, prefix))


def is_conda_base(variables: Mapping[str, str], prefix: str | Path) -> bool:
    """Whether this is the environment that conda itself is installed in, which activates itself in
    every terminal.
    """
    if os.path.isdir(Path(prefix, "condabin")):
        return True
    named = variables.get("CONDA_DEFAULT_ENV") == "base"
    return named and same(variables.get("CONDA_PREFIX") or os.sep, prefix)


def before(variables: Mapping[str, str], prefix: str | Path) -> str:
    """The folder on PATH whose `python` is met before this environment's; empty where its own is
    met, or is not on PATH at all.
    """
    if starts(variables, prefix) is not False:
        return ""
    own, first = program_folders(prefix), ""
    for entry in entries_as_typed(variables):
        if any(same(entry, place) for place in own):
            return first
        if not first and any(shutil.which(name, path=entry) for name in ("python", "python3")):
            first = entry
    return ""


def program_folders(prefix: str | Path) -> tuple[Path, ...]:
    """Where an environment's programs lie, on any system; conda on Windows has them at the top."""
    place = Path(prefix)
    return (place / "bin", place / "Scripts", place)


def same(folder: str | Path, other: str | Path) -> bool:
    """Whether two folders are one, under whatever names. Folders only: all environments of one base
    share its Python.
    """
    return places.same(folder, other)


def _is_chosen_by_pyenv(variables: Mapping[str, str], prefix: str | Path) -> bool:
    """pyenv-virtualenv puts no folder on PATH: its stand-ins start what this variable names."""
    chosen = variables.get("PYENV_VIRTUAL_ENV")
    return bool(chosen) and same(str(chosen), prefix)
