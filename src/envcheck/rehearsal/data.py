"""A rehearsal as JSON, for programs; `rehearsal.schema.json` says what is in it."""

from __future__ import annotations

import json
from typing import Any

import envcheck
from envcheck.rehearsal.matrix import Cause, Cell, Column, Matrix, Missed


def render(matrix: Matrix) -> str:
    """The rehearsal as JSON. Keys may be added, never renamed."""
    return json.dumps(_document(matrix), indent=1, ensure_ascii=False) + "\n"


def _document(matrix: Matrix) -> dict[str, Any]:
    return {
        "schema": 1,
        "kind": "rehearsal",
        "envcheck": envcheck.__version__,
        "started": matrix.started,
        "seconds": round(matrix.seconds, 3),
        "course": {"id": matrix.course_id, "title": matrix.title, "file": matrix.file},
        "way": matrix.way,
        "before": matrix.before or None,
        "notebooks": matrix.notebooks,
        "copied": matrix.copied or None,
        "exit_code": matrix.exit_code,
        "pythons": [_python(column) for column in matrix.columns],
        "not_fetched": _missed(matrix.missed) if matrix.missed else None,
        "chapters": [*matrix.chapters],
        "cells": [_cell(cell) for cell in matrix.cells],
    }


def _python(column: Column) -> dict[str, Any]:
    return {"version": column.version, "executable": column.executable or None}


def _missed(missed: Missed) -> dict[str, Any]:
    return {"versions": [*missed.versions], "reason": missed.reason}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "python": cell.column.version,
        "chapter": cell.chapter,
        "state": cell.state.value,
        "seconds": round(cell.seconds, 3),
        "kept": cell.kept,
        "cause": _cause(cell.cause) if cell.cause else None,
        "report": cell.report,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    rows = [{"label": label, "text": text} for label, text in cause.evidence]
    return {"code": cause.code or None, "summary": cause.summary, "evidence": rows}
