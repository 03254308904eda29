"""What is rehearsed, and where: told once, before anything happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck.course_file.values import CourseFile
from envcheck.processes.process import Processes
from envcheck.rehearsal.matrix import Column
from envcheck.rehearsal.way import Way


@dataclass(frozen=True)
class Plan:
    """What is to be rehearsed. `timeout` is in seconds, for installing and for each cell; `before`
    is a day as YYYY-MM-DD, or empty; `options` are for envcheck's command in each cell.
    """

    course: CourseFile
    chapters: tuple[str, ...]
    columns: tuple[Column, ...]
    way: Way
    before: str = ""
    timeout: float = 1200.0
    jobs: int = 1
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """Where it happens: a throw-away folder, what starts programs, the author's variables, where
    cells are kept (None: nowhere), and who is told how far it is.
    """

    folder: Path
    processes: Processes
    variables: Mapping[str, str]
    cache: Path | None
    say: Callable[[str], object]
