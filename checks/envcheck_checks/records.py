"""What an installed distribution says of its own files."""

from __future__ import annotations

import contextlib
import csv
from pathlib import Path

from envcheck.python import Distribution


def recorded(one: Distribution) -> list[tuple[str, int]]:
    """The files and sizes of RECORD; nothing where there is none."""
    record = Path(one.folder, one.entry, "RECORD")
    with contextlib.suppress(OSError, csv.Error), record.open(newline="", encoding="utf-8", errors="replace") as file:
        return [(row[0], int(row[2]) if len(row) > 2 and row[2].isdigit() else 0) for row in csv.reader(file) if row]
    return []
