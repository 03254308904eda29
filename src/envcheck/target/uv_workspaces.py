"""Workspaces of uv: a project whose members are projects too, with one lock and one environment, at its root.
`uv sync` installs what the project in which it is typed declares; all others need to be asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from envcheck.target.project_files import Table, inside, table

MOST = 200  # members, and folders in which they are looked for
NO_MEMBERS = ("venv", "env", "node_modules", "site-packages", "__pycache__")


def root_of(folder: Path) -> Path:
    """The root of the workspace that the project in this folder belongs to; this folder where it is of
    none.
    """
    for place in folder.parents:
        if is_root(place):
            return place if folder in members(place) else folder
    return folder


def is_root(folder: Path) -> bool:
    return "workspace" in _settings(folder)


def members(root: Path) -> list[Path]:
    """The folders of the members, without the root's own."""
    workspace = inside(_settings(root), "workspace")
    excluded = {*_places(root, workspace.get("exclude"))}
    places = (
        place
        for place in dict.fromkeys(_places(root, workspace.get("members")))
        if place not in excluded and place != root and os.path.exists(place / "pyproject.toml")
    )
    return [*islice(places, MOST)]


def _settings(folder: Path) -> Table:
    return inside(table(folder / "pyproject.toml"), "tool", "uv")


def _places(root: Path, patterns: Any) -> Iterator[Path]:  # any value of TOML
    for pattern in patterns if isinstance(patterns, list) else []:
        if isinstance(pattern, str):
            yield from _below(root, PurePosixPath(pattern).parts)


def _below(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    if not parts:
        yield folder
        return
    first, *rest = parts
    if first in ("/", ".."):
        return
    if first == "**":
        for place in islice(_tree(folder), 20 * MOST):
            yield from _below(place, rest)
        return
    if not any(letter in first for letter in "*?["):
        yield from _below(folder / first, rest)
        return
    for name in sorted(_folders(folder)):
        if fnmatchcase(name, first):
            yield from _below(folder / name, rest)


def _tree(folder: Path) -> Iterator[Path]:
    """The folder and those below it, without environments and what else begins with a dot."""
    yield folder
    for name in sorted(_folders(folder)):
        place = folder / name
        if not (name.startswith(".") or name in NO_MEMBERS or os.path.islink(place)):
            yield from _tree(place)


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, 20 * MOST)]
    except OSError:
        return []
    return [name for name in names if os.path.isdir(folder / name)]
