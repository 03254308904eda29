"""The course folder of a learner, and the environments that lie in it or are named for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import places
from envcheck.target.home import home_of
from envcheck.target.lost_settings import has_lost_settings
from envcheck.target.runners import made_by_runner

ENVIRONMENT_NAMES = (".venv", "venv")  # of the course's environment, in its folder
COURSE_FOLDER_MARKS = (".git", "pyproject.toml", "envcheck.toml")
DIRENV = ".direnv"  # direnv keeps its environments one deeper, one for each Python
MOST = 200  # entries of a folder that are looked at
UV_NAMES = "UV_PROJECT_ENVIRONMENT"  # uv's variable for the environment of a project


def course_folders(folder: Path, variables: Mapping[str, str]) -> list[Path]:
    """This folder and its parents up to the nearest one with a course's mark; without a mark, this
    folder alone. The home, and what is above it, is no course's by a mark alone: people keep their
    settings there in a `.git`.
    """
    home = home_of(variables)
    chain = [folder, *folder.parents]
    for index, place in enumerate(chain):
        if index and places.lies_in(home, place):
            break
        if has_mark(place):
            return chain[: index + 1]
    return [folder]


def has_mark(folder: Path) -> bool:
    """Whether what makes a folder a course's, or a project's, lies in it."""
    return any(_exists(folder / mark) for mark in COURSE_FOLDER_MARKS)


def uv_named(folders: Sequence[Path], variables: Mapping[str, str]) -> Iterable[tuple[Path, Path]]:
    """The environment that a variable names for the project in these folders, as uv reads it: behind
    the project's folder, from which a relative one counts.
    """
    for place in folders if variables.get(UV_NAMES) else ():
        environment = Path(os.path.normpath(place / variables[UV_NAMES]))
        if _exists(place / "uv.lock") and is_environment(environment):
            yield place, environment


def own_environments(folder: Path, variables: Mapping[str, str]) -> list[Path]:
    """All that lie with the course in this folder, or are named for it."""
    folders = course_folders(folder, variables)
    usual = [place for _, place in (*uv_named(folders, variables), *environments(folders))]
    return [*usual, *otherwise_named(folders, variables)]


def otherwise_named(folders: Iterable[Path], variables: Mapping[str, str]) -> list[Path]:
    """Those that lie in these folders under another name: `env`, `ml-env`, direnv's. In the home there
    are environments for everything.
    """
    home = home_of(variables)
    return [
        place
        for place in lying_in(folder for folder in folders if not places.same(folder, home))
        if place.name not in ENVIRONMENT_NAMES
        and _exists(place / "pyvenv.cfg")
        and not made_by_runner(place)
    ]


def lying_in(folders: Iterable[Path]) -> Iterator[Path]:
    """Where environments of any name may be that lie in these folders, nearest first."""
    for folder in folders:
        yield from (*entries(folder), *entries(folder / DIRENV))


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, in order; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as inside:
            return sorted(Path(entry.path) for _, entry in zip(range(MOST), inside, strict=False))
    except OSError:
        return []


def is_environment(place: Path) -> bool:
    """Whether somebody's environment is there, by its mark; not one that a runner made for a
    program.
    """
    marked = _exists(place / "pyvenv.cfg") or has_lost_settings(place)
    return marked and not made_by_runner(place)


def environments(folders: Iterable[Path]) -> Iterable[tuple[Path, Path]]:
    """The environments that lie in these folders, each behind its folder."""
    for place in folders:
        for name in ENVIRONMENT_NAMES:
            environment = place / name
            if is_environment(environment):
                yield place, environment


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # Path's raises where a folder may not be entered
