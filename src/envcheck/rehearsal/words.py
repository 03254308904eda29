"""The words that all formats of a rehearsal share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from envcheck.printable import one_line
from envcheck.rehearsal.matrix import Cause, Cell, Column, Matrix, Missed, State
from envcheck.sentences import listed, number_of

WORDS = {
    State.READY: "ok",
    State.NOT_READY: "FAIL",
    State.UNDETERMINED: "????",
    State.NOT_FOR: "--",
    State.NOT_HERE: "--",
}


@dataclass(frozen=True)
class Trouble:
    """A cause, with the chapters of one Python that have it."""

    column: Column
    chapters: tuple[str, ...]
    state: State
    cause: Cause


def heading(matrix: Matrix) -> str:
    """What was rehearsed, and how."""
    day = f"as on {matrix.before}" if matrix.before else "as of today"
    run = ", notebooks run" if matrix.notebooks else ""
    way = f"installed with {matrix.way}" if matrix.way else "nothing installed"
    return f"{matrix.title}, rehearsed {day}: {way}{run}"


def notes(matrix: Matrix) -> Iterator[str]:
    """What stands below the table, a sentence a line: what was left out, and why."""
    for chapter in matrix.chapters:
        here = [cell for cell in matrix.cells if (cell.chapter, cell.state) == (chapter, State.NOT_HERE)]  # fmt: skip
        for cause in dict.fromkeys(cell.cause for cell in here if cell.cause):
            yield f"{one_line(chapter)} is not for this system: {one_line(cause.summary)}."
        out = [cell for cell in matrix.cells if cell.chapter == chapter and cell.state is State.NOT_FOR]  # fmt: skip
        for cause in dict.fromkeys(cell.cause for cell in out if cell.cause):
            titles = [cell.column.version for cell in out if cell.cause == cause]
            yield f"{one_line(chapter)} is not for Python {listed(titles)}: {one_line(cause.summary)}."
    if matrix.copied:
        yield one_line(matrix.copied)
    if matrix.missed:
        yield one_line(f"N{missed(matrix.missed)[1:]}")


def missed(each: Missed) -> str:
    """Which Pythons the rehearsal is without, and why."""
    return (
        f"not rehearsed on Python {listed(each.versions)}, which uv could not fetch: {each.reason}"
    )


def verdict(matrix: Matrix) -> str:
    """The whole in one sentence."""
    states = [cell.state for cell in matrix.counted]
    ready = states.count(State.READY)
    counted = number_of(len(states), "cell")
    if not states and all(cell.state is State.NOT_HERE for cell in matrix.cells):
        return "Nothing was rehearsed: no chapter is for this system."
    if not states:
        return f"Nothing was rehearsed: no chapter is for {_pythons(matrix.cells)}."
    if ready == len(states):
        return f"Ready on {_pythons(matrix.counted)}: {counted}, {matrix.seconds:.0f} s."
    failing = [cell.column.version for cell in matrix.cells if cell.state is State.NOT_READY]
    parts = [f"not ready on Python {listed([*dict.fromkeys(failing)])}"] if failing else []
    if untold := states.count(State.UNDETERMINED):
        parts.append(f"{number_of(untold, 'cell')} could not be told")
    words = listed(parts)
    return f"{words[0].upper()}{words[1:]}: {ready} of {counted} ready, {matrix.seconds:.0f} s."


def _pythons(cells: Sequence[Cell]) -> str:
    return f"Python {listed([*dict.fromkeys(cell.column.version for cell in cells)])}"


def troubles(matrix: Matrix) -> Iterator[Trouble]:
    """Each cause once for a Python, in the matrix's order."""
    for column in matrix.columns:
        cells = [cell for cell in matrix.counted if cell.column == column and cell.cause]
        for cause in dict.fromkeys(cell.cause for cell in cells):
            own = [cell for cell in cells if cell.cause == cause]
            if cause is not None:
                chapters = tuple(cell.chapter for cell in own)
                yield Trouble(column, chapters, own[0].state, cause)


def where(trouble: Trouble, matrix: Matrix) -> str:
    """`Python 3.12.4, week1 and week2`."""
    several = len(matrix.chapters) > 1
    every = [cell for cell in matrix.counted if cell.column == trouble.column]
    whole = several and len(trouble.chapters) == len(every)
    names = "every chapter" if whole else listed(trouble.chapters)
    return f"{trouble.column.title}, {names}"


def took(cell: Cell) -> str:
    """How long the chapter took; an earlier rehearsal's says so."""
    if cell.report is None:
        return ""
    return "kept" if cell.kept else f"{cell.seconds:.0f} s"
