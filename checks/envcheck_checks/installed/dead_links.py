"""Links of an installed package that lead nowhere: uv makes them with `--link-mode=symlink`, and `uv cache
clean` takes away what they led to. pip takes such a link for nothing, and fails as it writes through it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from envcheck import places
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.installed.record_file import recorded

CACHE = "__pycache__"  # Python makes it anew


def in_the_way(python: Interpreter, distribution: Distribution) -> list[Path]:
    """What to move so that no such link of a distribution stays, in its packages and in all that it
    lists elsewhere in the environment: packages of its own, outermost folders with nothing else in
    them, single links.
    """
    listed = set(_listed(python, distribution))
    dead = {place for place in listed if _is_dead(place)}
    seen: dict[Path, bool] = {}
    chosen: set[Path] = set()
    for place in dead:
        if chosen.intersection(place.parents):
            continue
        above = _below(_root(python, distribution, place), place)
        own = (
            folder
            for number, folder in enumerate(above)
            if (number == 0 and folder / "__init__.py" in listed) or _all_dead(folder, dead, seen)
        )
        chosen.add(next(own, place))
    return sorted(chosen)


def with_all_others(python: Interpreter, names: Sequence[str]) -> list[str]:
    """These distributions; where one has such links, with all that have: the one cache was cleaned. What
    came from a folder or an address is not asked for by its name alone.
    """
    linked = [
        row.name
        for row in python.distributions
        if python.owns(row.folder) and any(map(_is_dead, _listed(python, row)))
    ]
    if not {*linked} & {*names}:
        return list(names)
    elsewhere = {
        row.name
        for row in python.distributions
        if os.path.lexists(Path(row.folder, row.entry, "direct_url.json"))
    }
    return list(dict.fromkeys([*names, *(name for name in linked if name not in elsewhere)]))


def _listed(python: Interpreter, distribution: Distribution) -> Iterator[Path]:
    """Where each file lies; what lies out of the environment is nobody's to move."""
    for line, _ in recorded(distribution):
        place = Path(os.path.normpath(Path(distribution.folder, line)))
        if ".." not in line or python.owns(place):
            yield place


def _root(python: Interpreter, distribution: Distribution, place: Path) -> Path:
    inside = places.within(place, distribution.folder)
    return Path(python.prefix if inside is None else distribution.folder)


def _below(root: Path, place: Path) -> list[Path]:
    """The folders between them, outermost first."""
    inside = places.within(place, root) or PurePath(place.name)
    folders = [*reversed(inside.parents)][1:]
    return [root / folder for folder in folders]


def _is_dead(place: Path) -> bool:
    return os.path.islink(place) and not os.path.exists(place)  # neither raises


def _all_dead(folder: Path, dead: set[Path], seen: dict[Path, bool]) -> bool:
    """Whether there is nothing else in it, at any depth: then it is nobody else's."""
    if folder not in seen:
        seen[folder] = not any(
            Path(above, name) not in dead
            for above, folders, files in os.walk(folder)
            if Path(above).name != CACHE
            for name in (*files, *(name for name in folders if os.path.islink(Path(above, name))))
        )
    return seen[folder]
