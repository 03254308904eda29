"""Cells that were ready a short while ago: a rehearsal that was interrupted goes on where it was.

Only what was ready is kept. What was not is tried again, for the index may have changed. And only of a
chapter that asks for nothing but packages and files of the course: whatever else it asks for, or does by
code of its own, may have gone from this machine since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from envcheck import foreign_file, private_file
from envcheck.course_file.values import CourseChapter
from envcheck.rehearsal.matrix import Cell, Column, State
from envcheck.shape import read_file

HOURS = 6
CELL = {"seconds": float, "report": object}
# What a chapter may ask for and be kept: what is installed from its lists, and lies in its copy.
OF_COURSE = frozenset(("requires", "python", "packages", "jupyter", "files", "hint", "only"))
# What decides what is installed, besides the course and the variables: files of these programs.
SETTINGS = {
    "HOME": (
        ".config/pip/pip.conf",
        ".pip/pip.conf",
        "Library/Application Support/pip/pip.conf",
        ".config/uv/uv.toml",
        ".config/pypoetry/config.toml",
        "Library/Application Support/pypoetry/config.toml",
        ".condarc",
        ".mambarc",
        ".netrc",
    ),
    "XDG_CONFIG_HOME": ("pip/pip.conf", "uv/uv.toml", "pypoetry/config.toml"),
    "APPDATA": ("pip/pip.ini", "uv/uv.toml", "pypoetry/config.toml"),
    "PROGRAMDATA": ("pip/pip.ini", "uv/uv.toml"),
    "USERPROFILE": ("pip/pip.ini", ".condarc", "_netrc"),
}
OF_SYSTEM = ("/etc/pip.conf", "/etc/xdg/pip/pip.conf", "/etc/uv/uv.toml", "/etc/xdg/uv/uv.toml")
NAMED = ("PIP_CONFIG_FILE", "UV_CONFIG_FILE", "CONDARC", "NETRC")  # variables with such a file


@dataclass(frozen=True)
class Kept:
    """A folder of cells, None where none can be written; `of` is all that they depend on. Cells of
    other than the `lasting` chapters are made anew each time.
    """

    folder: Path | None
    of: tuple[str, ...]
    lasting: frozenset[str] = frozenset()

    def cell(self, column: Column, chapter: str) -> Cell | None:
        """The cell as an earlier rehearsal has made it; None where none did."""
        if self.folder is None or chapter not in self.lasting:
            return None
        if not _is_young(file := self._file(column, chapter)):
            return None
        row = read_file(file, CELL)
        if row is None:
            return None
        return Cell(column, chapter, State.READY, row["seconds"], report=row["report"], kept=True)

    def keep(self, cell: Cell) -> None:
        """For the next rehearsal; nothing where it cannot be written."""
        if self.folder is None or cell.state is not State.READY or cell.kept:
            return
        if cell.chapter not in self.lasting:
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


def lasts(chapter: CourseChapter) -> bool:
    """Whether what was ready is so a while later: it asks for nothing of the machine."""
    asked = chapter.asked
    return not any(getattr(asked, f.name) for f in fields(asked) if f.name not in OF_COURSE)


def settings(variables: Mapping[str, str]) -> tuple[str, ...]:
    """All of the author's variables, and what stands in the files that decide what is installed."""
    files = [Path(variables[name]) for name in NAMED if variables.get(name)]
    files += [Path(each) for each in OF_SYSTEM]
    for name, below in SETTINGS.items():
        files += [Path(variables[name], each) for each in below if variables.get(name)]
    rows = [f"{name}={value}" for name, value in sorted(variables.items())]
    return (*rows, *(f"{file}: {foreign_file.text_or_nothing(file)}" for file in files))


def _is_young(file: Path) -> bool:
    with contextlib.suppress(OSError):
        return 0 <= time.time() - file.stat().st_mtime < HOURS * 3600
    return False


def _clear_old(folder: Path) -> None:
    for file in folder.glob("*.json"):
        if not _is_young(file):
            file.unlink(missing_ok=True)
