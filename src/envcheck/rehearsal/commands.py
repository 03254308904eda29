"""The commands that install a course in its copy, by the course's own way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from envcheck.declared.reading import is_of_bounds, read
from envcheck.declared.requirement_text import by_pip
from envcheck.rehearsal.way import OF_CONDA, Setup, Way
from envcheck.target import project_tools

ENVIRONMENT = ".venv"  # in the copy of the course, or of the project that is installed
PIP_LISTS = (".txt", ".in")


def commands(setup: Setup, copy: Path, python: str, before: str) -> list[list[str]]:
    """To be run in the copy of the course, one after the other; `before` is a day or empty. Raises
    UsageProblem for a list that cannot be read.
    """
    way, day = setup.way, ["--exclude-newer", before] if before else []
    made = [*_made(way, python, day)]
    if way.name == "conda":
        made += [*_updated(setup)]
    rest = [*_rest(setup, copy)]
    lists = [name for name in setup.requires if PurePosixPath(name).suffix in PIP_LISTS]
    bounds = [word for name in lists if is_of_bounds(name) for word in ("-c", name)]
    own = str(python_in(copy, way))
    if way.name in ("uv", "uv pip"):
        install = [way.program, "pip", "install", "--python", own, *day]
    else:
        install = [own, "-m", "pip", "install"]
    return [*made, [*install, *bounds, *rest]] if rest else made


def python_in(copy: Path, way: Way) -> Path:
    """The Python of the environment that is made in the copy."""
    folder = copy / _folder(way) / ENVIRONMENT
    if sys.platform == "win32":
        inside = folder / "python.exe"  # conda's
        return inside if os.path.exists(inside) else folder / "Scripts" / "python.exe"
    return folder / "bin" / "python"


def _folder(way: Way) -> PurePosixPath:
    """Of the project: its environment lies there; conda's is made at the root."""
    return PurePosixPath(way.file).parent if way.name in ("uv", "poetry") else PurePosixPath()


def _made(way: Way, python: str, day: Sequence[str]) -> Iterator[list[str]]:
    """The environment, with what a project's manager puts there."""
    folder = _folder(way).as_posix()
    every = project_tools.UV.others if way.members else ()
    if way.name == "uv":
        yield [way.program, "sync", "--directory", folder, "--python", python, *every, *day]
    elif way.name == "poetry":
        yield [way.program, "--directory", folder, "env", "use", python]
        yield [way.program, "--directory", folder, "install", "--no-interaction", "--no-root"]
    elif way.name == "conda":
        yield [way.program, "env", "create", "--yes", "-p", ENVIRONMENT, "-f", way.file]
    else:
        yield [python, "-m", "venv", ENVIRONMENT]


def _updated(setup: Setup) -> Iterator[list[str]]:
    """Further lists of conda's, put into the environment that the first one made."""
    for name in setup.requires:
        if PurePosixPath(name).suffix in OF_CONDA and name != setup.way.file:
            yield [setup.way.program, "env", "update", "-p", ENVIRONMENT, "-f", name]


def _rest(setup: Setup, copy: Path) -> Iterator[str]:
    """pip's words for what the way itself does not install: lists as they are, what other files
    declare, and what the chapters add.
    """
    for name in setup.requires:
        file = PurePosixPath(name)
        if file.suffix in PIP_LISTS and file.name != "runtime.txt":
            yield from () if is_of_bounds(name) else ("-r", name)
        elif file.suffix not in OF_CONDA and name not in (setup.way.file, *setup.way.members):
            rows = read(copy, name).packages
            yield from filter(None, map(by_pip, rows))
    yield from setup.packages
