"""Environments of this project that its manager keeps far away from it: Poetry and Pipenv, unless they
are told otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.target.course_folder import entries
from envcheck.target.home import home_of
from envcheck.target.project_homes import digests


def environments(variables: Mapping[str, str], folders: Sequence[Path]) -> Iterator[Path]:
    """Those that were made for one of these folders, by the marks that their managers leave."""
    home = home_of(variables)
    marks = [f"-{digest}-py" for folder in folders for digest in digests(folder)]
    for place in _inside(*_of_poetry(variables, home)):
        if any(mark in place.name for mark in marks):
            yield place
    for place in _inside(Path(variables.get("WORKON_HOME") or home / ".local/share/virtualenvs")):
        named = foreign_file.text_or_nothing(place / ".project").strip()
        if named and any(places.same(named, folder) for folder in folders):
            yield place


def _of_poetry(variables: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Where Poetry keeps them: as it is told, else in the cache of each system (platformdirs)."""
    if told := variables.get("POETRY_VIRTUALENVS_PATH"):
        yield Path(told)
    caches = [
        variables.get("POETRY_CACHE_DIR"),
        Path(variables.get("XDG_CACHE_HOME") or home / ".cache", "pypoetry"),
        home / "Library" / "Caches" / "pypoetry",
        Path(variables.get("LOCALAPPDATA") or os.devnull, "pypoetry", "Cache"),
    ]
    yield from (Path(cache, "virtualenvs") for cache in caches if cache)


def _inside(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from entries(folder)
