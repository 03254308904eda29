"""Which Python is the learner's, and why: the rules in their order. Reads the
learner's variables.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from envcheck.environment import Located

COURSE_FOLDER_MARKS = (".git", "pyproject.toml", "envcheck.toml")
# Where pyenv and asdf keep a stand-in for each version, installed or not: it may be dead
SHIMS = "shims"
KEPT = "ENVCHECK_KEEP_"
LAUNCHED_BY = "ENVCHECK_LAUNCHED_BY"


def learner_variables() -> dict[str, str]:
    """The variables as the learner has them: what our own launcher set aside is put back."""
    variables = dict(os.environ)
    for name in [name for name in variables if name.startswith(KEPT)]:
        variables[name.removeprefix(KEPT)] = variables.pop(name)
    # Set by our launcher for our own process; the learner's value, if there was one, has just come
    # back.
    if f"{KEPT}MALLOC_ARENA_MAX" not in os.environ and variables.get("MALLOC_ARENA_MAX") == "1":
        del variables["MALLOC_ARENA_MAX"]
    return variables


def locate(
    asked: str | None, variables: Mapping[str, str], folder: Path, host_prefix: str = sys.prefix
) -> Located:
    """The first rule that applies decides. What it names may be dead: that is for the probe to find
    out.

    Raises LookupError when no rule finds anything.
    """
    for rule in (
        _asked_for(asked, variables, host_prefix),
        _active(variables, host_prefix),
        _in_folder(folder, host_prefix),
        _launcher(variables),
        _on_path(variables, host_prefix),
    ):
        for located in rule:
            return located
    raise LookupError(
        "no Python was found: there is no active environment, none in this folder, and no python on PATH"
    )


def _asked_for(
    asked: str | None, variables: Mapping[str, str], host_prefix: str
) -> Iterable[Located]:
    if not asked:
        return
    if re.fullmatch(r"\d+(\.\d+){0,2}", asked):
        yield _of_version(asked, variables, host_prefix)
        return
    path = Path(os.path.expanduser(asked)).absolute()
    if _is_folder(path):
        yield Located((str(_python_in(path)),), "--python")
    elif _exists(path) or os.sep in asked:
        yield Located((str(path),), "--python")
    else:
        yield Located((_which(asked, variables.get("PATH", "")) or asked,), "--python")


def _of_version(version: str, variables: Mapping[str, str], host_prefix: str) -> Located:
    """A Python of that version: `python3.12` on PATH, the Windows launcher, or what discovery
    finds; never the host.
    """
    name = f"python{version}"
    path = _path_without(host_prefix, variables)
    found = _which(name, path)
    if found and Path(found).parent.name != SHIMS:
        return Located((found,), f"--python {version}: {name} on PATH")
    from python_discovery import get_interpreter

    try:
        discovered = get_interpreter(version, env={**variables, "PATH": path})
    except Exception as error:  # noqa: BLE001  # another project's search over strange machines: its failure is "not found"
        return Located(
            (name,), f"--python {version}", trouble=f"searching failed: {type(error).__name__}"
        )
    if discovered is None and found:
        return Located((found,), f"--python {version}: {name} on PATH")
    if discovered is not None:
        own = _same(Path(discovered.executable).parent.parent, host_prefix)
        executable = discovered.system_executable if own else discovered.executable
        return Located((executable or name,), f"--python {version}: found on this machine")
    return Located(
        (name,), f"--python {version}", trouble=f"no Python {version} was found on this machine"
    )


def _active(variables: Mapping[str, str], host_prefix: str) -> Iterable[Located]:
    for name, rule in (
        ("VIRTUAL_ENV", "the active virtual environment"),
        ("CONDA_PREFIX", "the active conda environment"),
    ):
        value = variables.get(name)
        if value and not _same(value, host_prefix):
            yield Located((str(_python_in(Path(value))),), rule)


def _in_folder(folder: Path, host_prefix: str) -> Iterable[Located]:
    for place in course_folders(folder):
        for name in (".venv", "venv"):
            environment = place / name
            if _exists(environment / "pyvenv.cfg") and not _same(environment, host_prefix):
                where = "this folder" if place == folder else "the course folder"
                yield Located(
                    (str(_python_in(environment)),), f"{name} in {where}", inactive=str(environment)
                )


def course_folders(folder: Path) -> list[Path]:
    """This folder and its parents up to the nearest one with a course's mark; without a mark, this
    folder alone.
    """
    chain = [folder, *folder.parents]
    for index, place in enumerate(chain):
        if any(_exists(place / mark) for mark in COURSE_FOLDER_MARKS):
            return chain[: index + 1]
    return [folder]


def _launcher(variables: Mapping[str, str]) -> Iterable[Located]:
    if launched := variables.get(LAUNCHED_BY):
        yield Located((launched,), "the Python that ran run-envcheck.py")


def _on_path(variables: Mapping[str, str], host_prefix: str) -> Iterable[Located]:
    path = _path_without(host_prefix, variables)
    for name in ("python3", "python", "py"):
        if found := _which(name, path):
            yield Located((found,), f"{name} on PATH")


def _path_without(host_prefix: str, variables: Mapping[str, str]) -> str:
    """PATH without the folder where our own Python's programs are, which `uv run` puts there."""
    ours = Path(host_prefix, "Scripts" if sys.platform == "win32" else "bin")
    return os.pathsep.join(
        entry
        for entry in variables.get("PATH", "").split(os.pathsep)
        if entry and not _same(entry, ours)
    )


def _which(name: str, path: str) -> str | None:
    """A program on PATH, as an absolute path: the target is started in other folders too."""
    found = shutil.which(name, path=path)
    return found and str(Path(found).absolute())


def _python_in(environment: Path) -> Path:
    places = (
        ["Scripts/python.exe", "python.exe"]
        if sys.platform == "win32"
        else ["bin/python", "bin/python3"]
    )
    candidates = [environment / place for place in places]
    return next((path for path in candidates if _exists(path)), candidates[0])


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # Path's raises where a folder may not be entered


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # Path's raises where a folder may not be entered


def _same(folder: str | Path, other: str | Path) -> bool:
    """Whether two folders are one, under whatever names. Folders only: all environments of one base
    share its Python.
    """
    return os.path.normcase(os.path.realpath(folder)) == os.path.normcase(os.path.realpath(other))
