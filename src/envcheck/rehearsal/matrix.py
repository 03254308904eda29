"""What a rehearsal is told by: a cell for each Python and chapter, each with one cause at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from envcheck.run import report


class State(str, Enum):
    """Of a cell; UNDETERMINED: what came between says nothing about the course; NOT_FOR and
    NOT_HERE: the chapter is not for this Python or this system, which counts for nothing.
    """

    READY = "ready"
    NOT_READY = "not-ready"
    UNDETERMINED = "undetermined"
    NOT_FOR = "not-for-this-python"
    NOT_HERE = "not-for-this-system"


UNCOUNTED = (State.NOT_FOR, State.NOT_HERE)


EXIT_CODES = {
    State.READY: report.READY,
    State.NOT_READY: report.NOT_READY,
    State.UNDETERMINED: report.UNDETERMINED,
}


@dataclass(frozen=True)
class Column:
    """A Python of this machine; `executable` is empty where the course's own way brings one along."""

    version: str
    executable: str = ""

    @property
    def title(self) -> str:
        """`Python 3.12.4`."""
        return f"Python {self.version}"


@dataclass(frozen=True)
class Missed:
    """Pythons that the course allows, that are not here, and that uv could not fetch: why."""

    versions: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Cause:
    """Why a cell is not ready. `code` is a diagnosis's, empty where it could not be installed or was
    not told; `evidence` has labels and texts.
    """

    summary: str
    code: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """A chapter on a Python. `seconds` are the chapter's alone; `report` is envcheck's own, None
    where there was nothing to examine; `kept` says that an earlier rehearsal made it.
    """

    column: Column
    chapter: str
    state: State
    seconds: float = 0.0
    cause: Cause | None = None
    report: Mapping[str, Any] | None = None
    kept: bool = False


@dataclass(frozen=True)
class Matrix:
    """The whole rehearsal. `started` is UTC; `before` is the day as of which was installed, empty
    for today; `way` names the installing program; `notebooks`: they were run; `missed` are
    Pythons that it would have had, too; `copied`: what a learner's copy has not, empty for nothing.
    """

    course_id: str
    title: str
    file: str
    started: str
    seconds: float
    way: str
    before: str
    columns: tuple[Column, ...]
    chapters: tuple[str, ...]
    cells: tuple[Cell, ...]
    notebooks: bool = False
    missed: Missed | None = None
    copied: str = ""

    @property
    def exit_code(self) -> int:
        """As the worst cell: something is not ready, else something could not be told."""
        states = {cell.state for cell in self.counted}
        for state in (State.NOT_READY, State.UNDETERMINED):
            if state in states:
                return EXIT_CODES[state]
        return report.READY if states else report.UNDETERMINED

    @property
    def counted(self) -> tuple[Cell, ...]:
        """Those of chapters that are for the Python and this system."""
        return tuple(cell for cell in self.cells if cell.state not in UNCOUNTED)

    def cell(self, column: Column, chapter: str) -> Cell:
        """The one of this Python and this chapter. Raises LookupError."""
        for cell in self.cells:
            if cell.column == column and cell.chapter == chapter:
                return cell
        raise LookupError(chapter)
