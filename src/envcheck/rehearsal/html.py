"""A rehearsal as one page in one file."""

from __future__ import annotations

from typing import Any

from envcheck.printable import one_line
from envcheck.rehearsal import words
from envcheck.rehearsal.matrix import Cell, Matrix, State
from envcheck.reports import templates

# The colour and the sign of a state: those of a check's status.
MOODS = {
    State.READY: "pass",
    State.NOT_READY: "fail",
    State.UNDETERMINED: "error",
    State.NOT_FOR: "skip",
    State.NOT_HERE: "skip",
}
SAID = {
    State.READY: "ready",
    State.NOT_READY: "not ready",
    State.UNDETERMINED: "could not tell",
    State.NOT_FOR: "not for this Python",
    State.NOT_HERE: "not for this system",
}


def render(matrix: Matrix) -> str:
    """The page."""
    return templates.render(
        "envcheck.rehearsal",
        "rehearsal.html.jinja",
        ("envcheck.reports/report.css", "envcheck.rehearsal/rehearsal.css"),
        _content(matrix),
    )


def _content(matrix: Matrix) -> dict[str, Any]:
    worst = next((cell.state for cell in matrix.cells if cell.state is State.NOT_READY), None)
    return {
        "title": matrix.title,
        "heading": words.heading(matrix),
        "verdict": words.verdict(matrix),
        "mood": "pass" if matrix.exit_code == 0 else "fail" if worst else "error",
        "started": matrix.started.replace("T", " ").replace("Z", " UTC"),
        "pythons": [column.title for column in matrix.columns],
        "rows": [
            (chapter, [_cell(matrix.cell(column, chapter)) for column in matrix.columns])
            for chapter in matrix.chapters
        ],
        "notes": [*words.notes(matrix)],
        "troubles": [_trouble(trouble, matrix) for trouble in words.troubles(matrix)],
    }


def _cell(cell: Cell) -> dict[str, str]:
    return {
        "python": cell.column.title,
        "mood": MOODS[cell.state],
        "word": SAID[cell.state],
        "took": words.took(cell),
    }


def _trouble(trouble: words.Trouble, matrix: Matrix) -> dict[str, Any]:
    return {
        "mood": MOODS[trouble.state],
        "word": SAID[trouble.state],
        "where": words.where(trouble, matrix),
        "summary": one_line(trouble.cause.summary),
        "evidence": trouble.cause.evidence,
        "code": trouble.cause.code,
    }
