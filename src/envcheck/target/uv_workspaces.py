"""Workspaces of uv: a project whose members are projects too, with one lock and one environment, at its root.
`uv sync` installs what the project in which it is typed declares; all others need to be asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
    workspace, walk = inside(_settings(root), "workspace"), _Walk()
    excluded = {*_places(root, workspace.get("exclude"), walk)}
    places = (
        place
        for place in dict.fromkeys(_places(root, workspace.get("members"), walk))
        if place not in excluded and place != root and os.path.exists(place / "pyproject.toml")
    )
    return [*islice(places, MOST)]


def _settings(folder: Path) -> Table:
    return inside(table(folder / "pyproject.toml"), "tool", "uv")


@dataclass
class _Walk:
    """The folders below others, each looked into once for all patterns, and so many steps in all: patterns are
    anybody's.
    """

    left: int = 100 * MOST
    _names: dict[Path, list[str]] = field(default_factory=dict)

    def step(self) -> bool:
        """Whether there is one more."""
        self.left -= 1
        return self.left >= 0

    def folders(self, folder: Path) -> list[str]:
        if folder not in self._names:
            self._names[folder] = sorted(_folders(folder))
        return self._names[folder]


def _places(root: Path, patterns: Any, walk: _Walk) -> Iterator[Path]:  # any value of TOML
    for pattern in islice(patterns, MOST) if isinstance(patterns, list) else []:
        parts = PurePosixPath(pattern).parts if isinstance(pattern, str) else ()
        if not {"/", ".."} & {*parts}:
            yield from _below(root, parts, walk) if parts else [root]


def _below(root: Path, parts: Sequence[str], walk: _Walk) -> Iterable[Path]:
    """The places that these parts lead to, one part after the other: each place once, by whatever way."""
    places: Iterable[Path] = [root]
    before = ""
    for part in parts:
        if part != "**":
            places = {place: None for each in places for place in _named(each, part, walk)}
        elif before != "**":  # a second one leads nowhere else
            places = _trees(places, walk)
        before = part
    return places


def _named(folder: Path, part: str, walk: _Walk) -> Iterator[Path]:
    if not any(letter in part for letter in "*?["):
        if walk.step():
            yield folder / part
        return
    for name in walk.folders(folder):
        if walk.step() and _is_like(name, part):
            yield folder / name


def _is_like(name: str, pattern: str) -> bool:
    try:
        return fnmatchcase(name, pattern)
    except re.error:  # `[z-a]`, in older Pythons
        return False


def _trees(folders: Iterable[Path], walk: _Walk) -> dict[Path, None]:
    """The folders and those below them, without environments and what else begins with a dot."""
    seen: dict[Path, None] = {}
    waiting = [*folders][::-1]
    while waiting and walk.step():
        place = waiting.pop()
        if place in seen:
            continue
        seen[place] = None
        below = (
            place / name
            for name in reversed(walk.folders(place))
            if not name.startswith(".") and name not in NO_MEMBERS
        )
        waiting += [each for each in below if not os.path.islink(each)]
    return seen


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, 20 * MOST)]
    except (OSError, ValueError):  # a zero in a name
        return []
    return [name for name in names if os.path.isdir(folder / name)]
