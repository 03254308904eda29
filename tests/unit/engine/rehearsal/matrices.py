"""Rehearsals as values, for the tests of what is drawn from them."""

from __future__ import annotations

from envcheck.rehearsal.matrix import Cause, Cell, Column, Matrix, State

OLDER, NEWER = Column("3.11.7", "/usr/bin/python3.11"), Column("3.13.0", "/usr/bin/python3.13")
REPORT = {"exit_code": 0, "diagnoses": [], "checks": []}
NO_WHEEL = Cause(
    "nothing on the index fits numpy==1.21.2",
    evidence=(
        ("typed", ".venv/bin/python -m pip install -r requirements.txt"),
        ("said", "ERROR: No matching distribution found for numpy==1.21.2"),
    ),
)
MISSING = Cause("seaborn is missing", "packages-missing", (("wanted", "seaborn>=0.11"),))


def matrix(*cells: Cell, chapters: tuple[str, ...] = ("week1", "week2")) -> Matrix:
    """Two chapters on two Pythons: these cells."""
    columns = tuple(dict.fromkeys(cell.column for cell in cells))
    return Matrix(
        course_id="fixture",
        title="Tables and plots",
        file="~/course/envcheck.toml",
        started="2026-11-29T18:00:00Z",
        seconds=63.4,
        way="pip",
        before="",
        columns=columns,
        chapters=chapters,
        cells=cells,
    )


def ready(column: Column, chapter: str, *, kept: bool = False) -> Cell:
    """A chapter that is ready."""
    return Cell(column, chapter, State.READY, 4.2, report=REPORT, kept=kept)


MIXED = matrix(
    ready(OLDER, "week1", kept=True),
    Cell(OLDER, "week2", State.NOT_READY, 6.0, MISSING, {**REPORT, "exit_code": 1}),
    Cell(NEWER, "week1", State.NOT_READY, cause=NO_WHEEL),
    Cell(NEWER, "week2", State.NOT_READY, cause=NO_WHEEL),
)
ALL_READY = matrix(
    *(ready(column, chapter) for column in (OLDER, NEWER) for chapter in ("week1", "week2"))
)
OLD_WEEK = matrix(
    ready(OLDER, "week1"),
    Cell(NEWER, "week1", State.NOT_FOR, cause=Cause("it takes <3.12")),
    *(ready(column, "week2") for column in (OLDER, NEWER)),
)
ELSEWHERE = matrix(
    *(ready(column, "week1") for column in (OLDER, NEWER)),
    *(
        Cell(column, "week2", State.NOT_HERE, cause=Cause("only on Windows; this is Linux"))
        for column in (OLDER, NEWER)
    ),
)
UNTOLD = matrix(
    ready(OLDER, "week1"),
    Cell(NEWER, "week1", State.UNDETERMINED, cause=Cause("the package index did not answer")),
    chapters=("week1",),
)
