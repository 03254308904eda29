"""What stands where a program would make a folder: a file, or a link that leads nowhere."""

from __future__ import annotations

import os
from pathlib import Path


def in_the_way(folder: Path) -> Path | None:
    """The folder itself or one above it, when it is there and is no folder."""
    place = next((above for above in (folder, *folder.parents) if os.path.lexists(above)), None)
    return None if place is None or os.path.isdir(place) else place


def what(place: Path) -> str:
    return "a link that leads nowhere" if is_dead_link(place) else "a file"


def is_dead_link(place: Path) -> bool:
    """Also one that leads to itself."""
    return os.path.islink(place) and not os.path.exists(place)  # never raises


def found(place: Path) -> str:
    return f"{place} is {what(place)}" + (f" ({os.readlink(place)})" if is_dead_link(place) else "")  # noqa: PTH115  # as it was written
