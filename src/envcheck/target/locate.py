"""Which Python is the learner's, and why: the rules in their order. Reads the
learner's variables.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import places
from envcheck.environment import Located
from envcheck.processes.apple_stubs import path_without_stubs
from envcheck.target import conda
from envcheck.target.course_folder import (
    UV_NAMES,
    course_folders,
    environments,
    is_environment,
    uv_named,
)
from envcheck.target.runners import without_runner
from envcheck.target.terminal import SHIMS, is_active, is_conda_base, same, starts
from envcheck.target.typed_path import as_typed

KEPT = "ENVCHECK_KEEP_"
LAUNCHED_BY = "ENVCHECK_LAUNCHED_BY"
UV_NAMED = f"the environment that {UV_NAMES} names"
ACTIVE_CONDA = "the active conda environment"


def learner_variables() -> dict[str, str]:
    """The variables as the learner has them: what our own launcher set aside is put back, and what
    a runner (uvx, pipx) put there for us is gone.
    """
    variables = dict(os.environ)
    for name in [name for name in variables if name.startswith(KEPT)]:
        variables[name.removeprefix(KEPT)] = variables.pop(name)
    # Set by our launcher for our own process; the learner's value, if there was one, has just come
    # back.
    if f"{KEPT}MALLOC_ARENA_MAX" not in os.environ and variables.get("MALLOC_ARENA_MAX") == "1":
        del variables["MALLOC_ARENA_MAX"]
    return without_runner(variables)


def locate(
    asked: str | None,
    variables: Mapping[str, str],
    folder: Path,
    chapters: Sequence[Path] = (),
    of_conda: str = "",
) -> Located:
    """The first rule that applies decides. What it names may be dead: that is for the probe to find
    out. `chapters` are the folders of the chapter that was asked for, the course's own last: an
    environment in one of them counts like one in the folder where the learner is. `of_conda` names the
    environment of conda's that the course has its learners make.

    Raises LookupError when no rule finds anything.
    """
    for rule in (
        _asked_for(asked, variables, folder),
        _active(variables, chapters),
        _named(variables, of_conda),
        _in_folder(variables, folder, chapters),
        _launcher(variables),
        _base(variables),
        _on_path(variables, folder),
    ):
        for located in rule:
            return located
    raise LookupError(
        "no Python was found: there is no active environment, none in this folder, and no python on PATH"
    )


def _asked_for(asked: str | None, variables: Mapping[str, str], folder: Path) -> Iterable[Located]:
    if not asked:
        return
    if re.fullmatch(r"\d+(\.\d+){0,2}", asked):
        yield replace(_of_version(asked, variables, folder), chosen=True)
        return
    path = Path(folder, os.path.expanduser(asked))
    if _is_folder(path):
        yield Located((str(_python_in(path)),), "--python", chosen=True)
    elif _exists(path) or os.sep in asked:
        yield Located((str(path),), "--python", chosen=True)
    else:
        on_path = _which(asked, as_typed(variables), folder)
        yield Located((on_path or asked,), "--python", chosen=True)


def _of_version(version: str, variables: Mapping[str, str], folder: Path) -> Located:
    """A Python of that version: `python3.12` on PATH, the Windows launcher, or what discovery
    finds, which looks at the host first: a host that is no learner's stands for what it was made
    from.
    """
    name = f"python{version}"
    path = as_typed(variables)
    on_path = _which(name, path, folder)
    if on_path and Path(on_path).parent.name != SHIMS:
        return Located((on_path,), f"--python {version}: {name} on PATH")
    from python_discovery import get_interpreter

    try:
        searched = path_without_stubs(path, variables)
        discovered = get_interpreter(version, env={**variables, "PATH": searched})
    except Exception as error:  # noqa: BLE001  # another project's search over strange machines: its failure is "not found"
        return Located(
            (name,), f"--python {version}", trouble=f"searching failed: {type(error).__name__}"
        )
    if discovered is None and on_path:
        return Located((on_path,), f"--python {version}: {name} on PATH")
    if discovered is not None:
        own = same(Path(discovered.executable).parent.parent, sys.prefix)
        executable = discovered.system_executable if own else discovered.executable
        return Located((executable or name,), f"--python {version}: found on this machine")
    return Located(
        (name,), f"--python {version}", trouble=f"no Python {version} was found on this machine"
    )


def is_nowhere(located: Located) -> bool:
    """Whether there is no such Python on this machine, nor an environment that has lost its own."""
    command = Path(located.command[0])
    around = command.parent.parent
    was_there = command.is_absolute() and (
        os.path.lexists(command) or is_environment(around) or os.path.lexists(around / "conda-meta")
    )
    return bool(located.trouble) or not was_there


def _active(variables: Mapping[str, str], chapters: Sequence[Path]) -> Iterable[Located]:
    """conda's base is not among them: it activates itself, and chooses nothing."""
    beside = next((str(environment) for _, environment in environments(chapters)), "")

    def located(prefix: str, rule: str) -> Located:
        other = "" if not beside or same(beside, prefix) else beside
        own = any(places.lies_in(prefix, chapter) for chapter in chapters)
        return Located((str(_python_in(Path(prefix))),), rule, beside=other, chosen=own)

    virtual, prefix = variables.get("VIRTUAL_ENV", ""), variables.get("CONDA_PREFIX", "")
    if is_active(variables, "VIRTUAL_ENV"):
        yield located(virtual, "the active virtual environment")
    if is_active(variables, "CONDA_PREFIX") and not is_conda_base(variables, prefix):
        yield located(prefix, ACTIVE_CONDA)


def _named(variables: Mapping[str, str], name: str) -> Iterable[Located]:
    """The environment that the course names, where it has a Python."""
    for place in conda.named(variables, name) if name else ():
        python = conda.python_in(place)
        if _exists(python):
            inactive = "" if starts(variables, place) else str(place)
            yield Located((str(python),), f"the conda environment `{name}`", inactive, chosen=True)


def _in_folder(
    variables: Mapping[str, str], folder: Path, chapters: Sequence[Path]
) -> Iterable[Located]:
    folders = course_folders(folder, variables)
    for place, environment in (*uv_named(folders, variables), *environments([*chapters, *folders])):
        of_chapter = place in chapters[:-1]
        where = "the chapter's folder" if of_chapter else "the course folder"
        if place == folder:
            where = "this folder"
        inactive = "" if starts(variables, environment) else str(environment)
        rule = f"{environment.name} in {where}" if environment.parent == place else UV_NAMED
        yield Located((str(_python_in(environment)),), rule, inactive=inactive, chosen=True)


def _launcher(variables: Mapping[str, str]) -> Iterable[Located]:
    if launched := variables.get(LAUNCHED_BY):
        yield Located((launched,), "the Python that ran run-envcheck.py")


def _base(variables: Mapping[str, str]) -> Iterable[Located]:
    if is_active(variables, "CONDA_PREFIX"):
        python = _python_in(Path(variables["CONDA_PREFIX"]))
        if _exists(python):  # micromamba's base has none
            yield Located((str(python),), ACTIVE_CONDA)


def _on_path(variables: Mapping[str, str], folder: Path) -> Iterable[Located]:
    for name in typed_names():
        if executable := _which(name, as_typed(variables), folder):
            yield Located((executable,), f"{name} on PATH")


def typed_names() -> tuple[str, ...]:
    """What a learner types, the likeliest first. On Windows only the Store has a `python3`: an alias
    that is on everybody's PATH, whatever Python is installed.
    """
    windows = sys.platform == "win32"
    return ("python", "py", "python3") if windows else ("python3", "python", "py")


def _which(name: str, path: str, folder: Path) -> str | None:
    """A program on PATH, as an absolute path: the target is started in other folders too. The system is not
    asked for this one, which may be gone.
    """
    executable = shutil.which(name, path=path)
    return executable and str(Path(folder, executable))


def _python_in(environment: Path) -> Path:
    programs = (
        ["Scripts/python.exe", "python.exe"]
        if sys.platform == "win32"
        else ["bin/python", "bin/python3"]
    )
    candidates = [environment / place for place in programs]
    return next((path for path in candidates if _exists(path)), candidates[0])


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # Path's raises where a folder may not be entered


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # Path's raises where a folder may not be entered
