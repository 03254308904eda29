"""An environment whose pyvenv.cfg is gone: its Python then takes itself for the one that it was made
from, but what else every environment has is still there.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import foreign_file
from envcheck.foreign_file import matching

SCRIPTS = ("bin", "Scripts")
LIBRARIES = ("lib/python3*/site-packages", "Lib/site-packages")
NAMED_THERE = "VIRTUAL_ENV"  # by the script that activates an environment, and not by conda's


def has_lost_settings(place: Path) -> bool:
    """Whether this folder is such an environment: it has a script that activates it, packages of
    its own, and neither pyvenv.cfg nor conda's mark.
    """
    marked = any(os.path.lexists(place / mark) for mark in ("pyvenv.cfg", "conda-meta"))
    return (
        not marked
        and _can_activate(place)
        and any(any(matching(place, pattern)) for pattern in LIBRARIES)
    )


def environment_around(executable: str) -> Path | None:
    """Such an environment, in which this Python lies; None for every other Python."""
    folder = Path(os.path.abspath(executable)).parent  # noqa: PTH100  # its own link leads to the base
    has_lost = folder.name in SCRIPTS and has_lost_settings(folder.parent)
    return folder.parent if has_lost else None


def _can_activate(place: Path) -> bool:
    """By its script, which may be moved aside while another is written."""
    scripts = [place / name / "activate" for name in SCRIPTS]
    aside = [Path(f"{script}.envcheck-backup-1") for script in scripts]
    return any(NAMED_THERE in foreign_file.text_or_nothing(file) for file in (*scripts, *aside))
