"""What blocks a folder that a program would make: a file of that name, or a link that leads
nowhere.
"""

from __future__ import annotations

import os
from pathlib import Path


def find_blocker(folder: Path) -> Path | None:
    """The folder itself or one above it, when it is there and is no folder."""
    place = next((above for above in (folder, *folder.parents) if os.path.lexists(above)), None)
    return None if place is None or os.path.isdir(place) else place


def kind_of(place: Path) -> str:
    """What blocks the place, as words for a sentence."""
    return "a link that leads nowhere" if is_dead_link(place) else "a file"


def is_dead_link(place: Path) -> bool:
    """Whether it is a link that leads nowhere, or to itself."""
    return os.path.islink(place) and not os.path.exists(place)  # never raises


def describe(place: Path) -> str:
    """The place with what it is, and where a dead link leads: the evidence of a diagnosis."""
    if not is_dead_link(place):
        return f"{place} is {kind_of(place)}"
    return f"{place} is {kind_of(place)} ({os.readlink(place)})"  # noqa: PTH115  # as it was written
