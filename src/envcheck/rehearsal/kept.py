"""Cells that were ready a short while ago: a rehearsal that was interrupted goes on where it was.

Only what was ready is kept. What was not is tried again, for the index may have changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import private_file
from envcheck.rehearsal.matrix import Cell, Column, State
from envcheck.shape import read_file

HOURS = 6
CELL = {"seconds": float, "report": object}
# What decides what is installed, besides the course: settings of pip and uv.
SETTINGS = ("PIP_", "UV_")


@dataclass(frozen=True)
class Kept:
    """A folder of cells, None where none can be written; `of` is all that they depend on."""

    folder: Path | None
    of: tuple[str, ...]

    def cell(self, column: Column, chapter: str) -> Cell | None:
        """The cell as an earlier rehearsal has made it; None where none did."""
        if self.folder is None or not _is_young(file := self._file(column, chapter)):
            return None
        row = read_file(file, CELL)
        if row is None:
            return None
        return Cell(column, chapter, State.READY, row["seconds"], report=row["report"], kept=True)

    def keep(self, cell: Cell) -> None:
        """For the next rehearsal; nothing where it cannot be written."""
        if self.folder is None or cell.state is not State.READY or cell.kept:
            return
        row = json.dumps({"seconds": cell.seconds, "report": cell.report}).encode()
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            _clear_old(self.folder)
            private_file.write_whole(self._file(cell.column, cell.chapter), row)

    def _file(self, column: Column, chapter: str) -> Path:
        assert self.folder is not None
        words = json.dumps([*self.of, column.version, column.executable, chapter])
        return self.folder / f"{hashlib.sha256(words.encode()).hexdigest()}.json"


def settings(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that decide what is installed, as text."""
    return tuple(
        f"{name}={value}" for name, value in sorted(variables.items()) if name.startswith(SETTINGS)
    )


def _is_young(file: Path) -> bool:
    with contextlib.suppress(OSError):
        return 0 <= time.time() - file.stat().st_mtime < HOURS * 3600
    return False


def _clear_old(folder: Path) -> None:
    for file in folder.glob("*.json"):
        if not _is_young(file):
            file.unlink(missing_ok=True)
