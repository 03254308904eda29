"""What an environment of conda's holds, by the names of its folders alone."""

from __future__ import annotations

from pathlib import Path

from envcheck.foreign_file import matching
from envcheck.versions import normal_name


def distributions(prefix: str | Path) -> dict[str, str]:
    """The versions of what is installed there, by name, whoever installed it: as the names of the
    metadata folders have it, without starting its Python.
    """
    place = Path(prefix)
    folders = [
        *matching(place, "lib/python3*/site-packages"),
        place / "Lib" / "site-packages",
    ]
    rows = [
        entry.stem.split("-") for folder in folders for entry in matching(folder, "*.dist-info")
    ]
    return {normal_name(row[0]): row[1] for row in rows if len(row) == 2}
