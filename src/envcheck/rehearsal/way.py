"""The course's own way of installing, as the files that it names declare it: uv, Poetry, conda, pip."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from envcheck import path_lists
from envcheck.course_file.values import CourseFile
from envcheck.declared.reading import read
from envcheck.errors import UsageProblem
from envcheck.target import project_files

ENVIRONMENT = ".venv"  # in the copy of the course
CONDAS = ("mamba", "conda", "micromamba")
PIP_LISTS = (".txt", ".in")


@dataclass(frozen=True)
class Way:
    """`program` is the full path of what installs; empty for pip, which is each Python's own, and
    where it is not on this machine. `file` is what it installs from.
    """

    name: str
    program: str = ""
    file: str = ""
    brings_python: bool = False

    @property
    def is_absent(self) -> bool:
        """Whether the program that the course needs is not here."""
        return self.name != "pip" and not self.program


def way_of(course: CourseFile, variables: Mapping[str, str], before: str) -> Way:
    """How a learner of this course installs. Raises UsageProblem where `before` cannot be."""
    path = variables.get("PATH", "")
    names = [*map(PurePosixPath, course.requires)]
    project = next((name for name in names if name.name == "pyproject.toml"), None)
    if project and (tool := _of_project(course.folder / project.parent)):
        return Way(tool, _program(path, tool), project.as_posix())
    described = next((name for name in names if name.suffix in (".yml", ".yaml")), None)
    conda = _program(path, *CONDAS)
    lists = [name for name in names if name != described]
    if described and (conda or not lists):
        return Way("conda", conda, described.as_posix(), brings_python=True)
    uv = _program(path, "uv")
    if before and not uv:
        raise UsageProblem("--before needs uv, which knows the day of each release: pip install uv")
    return Way("uv pip", uv) if before else Way("pip")


def steps(way: Way, course: CourseFile, copy: Path, python: str, before: str) -> list[list[str]]:
    """The commands, to be run in the copy of the course one after the other. Raises UsageProblem."""
    own, day = str(python_in(copy)), ["--exclude-newer", before] if before else []
    if way.name == "uv":
        return [[way.program, "sync", "--python", python, *day]]
    if way.name == "poetry":
        return [
            [way.program, "env", "use", python],
            [way.program, "install", "--no-interaction", "--no-root"],
        ]
    if way.name == "conda":
        return [[way.program, "env", "create", "--yes", "-p", ENVIRONMENT, "-f", way.file]]
    asked = [*_asked(course)]
    make = [python, "-m", "venv", ENVIRONMENT]
    if way.name == "uv pip":
        install = [way.program, "pip", "install", "--python", own, *day]
    else:
        install = [own, "-m", "pip", "install"]
    return [make, [*install, *asked]] if asked else [make]


def python_in(copy: Path) -> Path:
    """The Python of the environment that is made in the copy."""
    if sys.platform == "win32":
        inside = copy / ENVIRONMENT / "python.exe"  # conda's
        return inside if os.path.exists(inside) else copy / ENVIRONMENT / "Scripts" / "python.exe"
    return copy / ENVIRONMENT / "bin" / "python"


def _asked(course: CourseFile) -> Iterator[str]:
    """pip's words: its lists as they are, what other files declare, and what the chapters add."""
    for name in course.requires:
        if PurePosixPath(name).suffix in PIP_LISTS and PurePosixPath(name).name != "runtime.txt":
            yield from ("-r", name)
        elif PurePosixPath(name).suffix not in (".yml", ".yaml"):
            rows = read(course.folder, name).packages
            yield from (declared.requirement for declared in rows if declared.on_index)
    yield from dict.fromkeys(
        package for chapter in course.chapters for package in chapter.asked.packages
    )


def _of_project(folder: Path) -> str:
    """uv or Poetry, where the project is theirs; else nothing: any program installs it."""
    tools = project_files.inside(project_files.table(folder / "pyproject.toml"), "tool")
    for tool, lock in (("uv", "uv.lock"), ("poetry", "poetry.lock")):
        if os.path.exists(folder / lock) or tool in tools:
            return tool
    return ""


def _program(path: str, *names: str) -> str:
    """The first of these that is on this PATH, or came with envcheck; empty where none is."""
    searched = path_lists.joined((path, Path(sys.executable).parent))
    return next(filter(None, (shutil.which(name, path=searched) for name in names)), "")
