"""Which files and folders of an environment are those of one distribution."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from envcheck import places
from envcheck.target.interpreter import Distribution
from envcheck_checks.installed.record_file import recorded


def is_of(distribution: Distribution, place: str | Path) -> bool:
    """Whether a place, as a fix names it, is the distribution's, lies in its metadata or its package, or
    is a folder that has some of it. What has all distributions in it, as an environment has, is none's.
    """
    if places.lies_in(distribution.folder, place):
        return False
    whole = Path(os.path.normpath(place))
    inside = {Path(distribution.folder, top) for top in tops(distribution)}
    return bool(inside & {whole, *whole.parents}) or whole in _with_folders(distribution)


def tops(distribution: Distribution) -> tuple[str, str]:
    """Where it lies if nothing can be read of it: its metadata, and a package of its own name."""
    return distribution.entry, distribution.name.replace("-", "_")


def _with_folders(distribution: Distribution) -> Iterator[Path]:
    """All that it lists, each with the folders above."""
    for listed, _ in recorded(distribution):
        file = Path(os.path.normpath(Path(distribution.folder, listed)))
        yield from (file, *file.parents)
