"""The course's own way of installing, as the files that it names declare it: uv, Poetry, conda, pip."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from envcheck import path_lists, places
from envcheck.declared import misnamed
from envcheck.declared.reading import READERS, look
from envcheck.errors import UsageProblem
from envcheck.module_names import same
from envcheck.target import project_files, uv_workspaces
from envcheck.versions import name_of, normal_name

CONDAS = ("mamba", "conda", "micromamba")
OF_CONDA = (".yml", ".yaml")


@dataclass(frozen=True)
class Way:
    """`program` is the full path of what installs; empty for pip, which is each Python's own, and
    where it is not on this machine. `file` is what it installs from, by its path in the course;
    `members` are those of uv's workspace there, which it installs too.
    """

    name: str
    program: str = ""
    file: str = ""
    brings_python: bool = False
    members: tuple[str, ...] = ()

    @property
    def is_absent(self) -> bool:
        """Whether the program that the course needs is not here."""
        return self.name != "pip" and not self.program


@dataclass(frozen=True)
class Setup:
    """What chapters share that are installed alike: the files that list packages, and the packages that
    no file lists.
    """

    way: Way
    requires: tuple[str, ...]
    packages: tuple[str, ...]
    chapters: tuple[str, ...]


def way_of(
    root: Path,
    requires: Sequence[str],
    variables: Mapping[str, str],
    before: str,
    packages: Sequence[str] = (),
) -> Way:
    """How a learner of this course installs; `packages` are what the chapters ask for besides. Raises
    UsageProblem where `before` cannot be, or where a line would bring a stranger's package.
    """
    if told := misnamed.told_in(root, requires):
        raise UsageProblem(f"{root / told}; nothing was installed")
    path = variables.get("PATH", "")
    uv = program(path, "uv")
    named = [(name, PurePosixPath(name.partition("[")[0])) for name in requires]
    of_conda = [name for name, file in named if file.suffix in OF_CONDA]
    others = [name for name, file in named if not (file.suffix in OF_CONDA or _is_of_python(file))]
    alone = bool(of_conda) and not _packages(root, of_conda) <= {
        *_packages(root, others),
        *map(_name, packages),
    }
    projects = [] if alone else [file for _, file in named if file.name == "pyproject.toml"]
    if own := _of_projects(root, projects, path, before):
        return own
    needs_conda = bool(of_conda) and (alone or not others)
    if before and needs_conda:
        raise UsageProblem(f"--before: conda installs from {of_conda[0]} as of today alone")
    conda = program(path, *CONDAS) or _told(variables)
    if of_conda and not before and (conda or needs_conda):
        return Way("conda", conda, of_conda[0], brings_python=True)
    if before and not uv:
        raise UsageProblem("--before needs uv, which knows the day of each release: pip install uv")
    return Way("uv pip", uv) if before else Way("pip")


def _of_projects(
    root: Path, projects: Sequence[PurePosixPath], path: str, before: str
) -> Way | None:
    """By the manager that has one of them in hand: a chapter's own comes after the course's."""
    for name in reversed(projects):
        project, members = _workspace(root, name)
        tool = "uv" if members else _of_project(root / project.parent)
        if tool == "uv" or (tool and not before):
            return Way(tool, program(path, tool), project.as_posix(), members=members)
    return None


def _is_of_python(file: PurePosixPath) -> bool:
    """Whether it names a Python, and no package."""
    return READERS.get(file.name) == READERS[".python-version"]


def _packages(root: Path, lists: Sequence[str]) -> set[str]:
    """What these lists ask for; what cannot be read is told by whoever installs from it."""
    return {_name(row.requirement) for name in lists for row in look(root, name).packages}


def _name(requirement: str) -> str:
    """One for what conda and the index call a library: `opencv` and `opencv-python`."""
    return same(normal_name(name_of(requirement)))


def _workspace(root: Path, project: PurePosixPath) -> tuple[PurePosixPath, tuple[str, ...]]:
    """The project that has the environment, and the files of its members; itself where it is of no
    workspace in this course.
    """
    above = uv_workspaces.root_of(root / project.parent)
    inside = places.within(above, root)
    if inside is None:
        return project, ()
    files = (places.within(member / project.name, root) for member in uv_workspaces.members(above))
    return PurePosixPath(inside.as_posix(), project.name), tuple(
        file.as_posix() for file in files if file is not None
    )


def _of_project(folder: Path) -> str:
    """uv or Poetry, where the project is theirs; else nothing: any program installs it."""
    tools = project_files.inside(project_files.table(folder / "pyproject.toml"), "tool")
    for tool, lock in (("uv", "uv.lock"), ("poetry", "poetry.lock")):
        if os.path.exists(folder / lock) or tool in tools:
            return tool
    return ""


def _told(variables: Mapping[str, str]) -> str:
    """The conda that a terminal knows as a function of its shell, and that need not be on PATH."""
    told = (variables.get(name, "") for name in ("MAMBA_EXE", "CONDA_EXE"))
    return next((file for file in told if os.path.isfile(file)), "")


def program(path: str, *names: str) -> str:
    """The first of these that is on this PATH, or came with envcheck; empty where none is."""
    searched = path_lists.joined((path, Path(sys.executable).parent))
    return next(filter(None, (shutil.which(name, path=searched) for name in names)), "")
