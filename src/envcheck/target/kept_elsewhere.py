"""Environments of this project that its manager keeps apart from it, or under a name of its own: each
manager says from a folder which are its. uv's and Rye's are the `.venv` in the folder, and PDM's
usual one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.target import project_tools as tools
from envcheck.target.course_folder import entries
from envcheck.target.home import home_of
from envcheck.target.project_homes import digests, is_default
from envcheck.target.project_tools import ProjectTool

Variables = Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """An environment that this manager keeps for the project in `folder`."""

    place: Path
    tool: ProjectTool
    folder: Path


def environments(variables: Variables, folders: Sequence[Path]) -> Iterator[Kept]:
    """Those that were made for one of these folders, by the marks that their managers leave."""
    for tool, find in KEPT:
        for folder in folders:
            for place in find(variables, folder):
                if _is_environment(place):
                    yield Kept(place, tool, folder)


def _is_environment(place: Path) -> bool:
    return any(os.path.exists(place / mark) for mark in ("pyvenv.cfg", "conda-meta"))


def _of_poetry(variables: Variables, folder: Path) -> Iterator[Path]:
    """Where Poetry keeps them: as it is told, else in the cache of each system (platformdirs)."""
    home = home_of(variables)
    caches = [
        variables.get("POETRY_CACHE_DIR"),
        Path(variables.get("XDG_CACHE_HOME") or home / ".cache", "pypoetry"),
        home / "Library" / "Caches" / "pypoetry",
        Path(variables.get("LOCALAPPDATA") or os.devnull, "pypoetry", "Cache"),
    ]
    told = variables.get("POETRY_VIRTUALENVS_PATH")
    all_places = [Path(told)] if told else []
    all_places += [Path(cache, "virtualenvs") for cache in caches if cache]
    marks = [f"-{digest}-py" for digest in digests(folder)]
    for place in _inside(*all_places):
        if any(mark in place.name for mark in marks):
            yield place


def _of_pipenv(variables: Variables, folder: Path) -> Iterator[Path]:
    usual = home_of(variables) / ".local/share/virtualenvs"
    for place in _inside(Path(variables.get("WORKON_HOME") or usual)):
        named = foreign_file.text_or_nothing(place / ".project").strip()
        if named and places.same(named, folder):
            yield place


def _of_pdm(_: Variables, folder: Path) -> Iterator[Path]:
    """The one that the project is told to use, wherever it is; the usual one is the `.venv` there."""
    chosen = foreign_file.text_or_nothing(folder / ".pdm-python").strip()
    if chosen and not places.same(Path(chosen).parent.parent, folder / ".venv"):
        yield Path(chosen).parent.parent


def _of_pixi(_: Variables, folder: Path) -> Iterator[Path]:
    """Its default one first; a link leads to those that it is told to keep elsewhere."""
    yield from _default_first(tools.PIXI, entries(folder / ".pixi" / "envs"))


def _of_hatch(variables: Variables, folder: Path) -> Iterator[Path]:
    """In the data folder of each system (platformdirs): one folder for each name, in it one for each
    project.
    """
    home = home_of(variables)
    data = [
        variables.get("HATCH_DATA_DIR"),
        Path(variables.get("XDG_DATA_HOME") or home / ".local/share", "hatch"),
        home / "Library" / "Application Support" / "hatch",
        Path(variables.get("LOCALAPPDATA") or os.devnull, "hatch"),
    ]
    projects = _inside(*(Path(each, "env", "virtual") for each in data if each))
    mine = (project / digest for project in projects for digest in sorted(digests(folder)))
    yield from _default_first(tools.HATCH, _inside(*mine))


def _default_first(tool: ProjectTool, all_places: Iterable[Path]) -> list[Path]:
    return sorted(all_places, key=lambda place: not is_default(tool, place))


def _inside(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from entries(folder)


KEPT: Sequence[tuple[ProjectTool, Callable[[Variables, Path], Iterator[Path]]]] = (
    (tools.POETRY, _of_poetry),
    (tools.PDM, _of_pdm),
    (tools.PIXI, _of_pixi),
    (tools.PIPENV, _of_pipenv),
    (tools.HATCH, _of_hatch),
)
