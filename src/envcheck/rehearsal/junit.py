"""A rehearsal as JUnit XML: a test case a cell, a suite a Python."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from envcheck.printable import clean, one_line
from envcheck.rehearsal import words
from envcheck.rehearsal.matrix import UNCOUNTED, Cause, Cell, Matrix, State

TAGS = {State.NOT_READY: "failure", State.UNDETERMINED: "error"}


def render(matrix: Matrix) -> str:
    """The rehearsal as JUnit XML."""
    root = Element("testsuites", name="envcheck rehearse")
    for column in matrix.columns:
        suite = SubElement(root, "testsuite", name=one_line(column.title))
        cells = [cell for cell in matrix.cells if cell.column == column]
        for cell in cells:
            _case(suite, cell, matrix)
        _count(suite, cells)
    if notes := [*words.notes(matrix)]:
        SubElement(root, "system-out").text = clean("\n".join(notes))
    _count(root, matrix.cells)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, cell: Cell, matrix: Matrix) -> None:
    name = f"{cell.chapter} on {cell.column.title}"
    case = SubElement(suite, "testcase", name=one_line(name), time=f"{cell.seconds:.3f}")
    case.set("classname", one_line(matrix.course_id))
    if cell.state is not State.READY:
        cause = cell.cause or Cause(words.WORDS[cell.state])
        element = SubElement(case, TAGS.get(cell.state, "skipped"), message=one_line(cause.summary))
        element.set("type", one_line(cause.code or cell.state.value))
        element.text = clean("\n".join(f"{label}: {text}" for label, text in cause.evidence))


def _count(element: Element, cells: tuple[Cell, ...] | list[Cell]) -> None:
    states = [cell.state for cell in cells]
    element.set("tests", str(len(states)))
    element.set("failures", str(states.count(State.NOT_READY)))
    element.set("errors", str(states.count(State.UNDETERMINED)))
    element.set("skipped", str(sum(state in UNCOUNTED for state in states)))
    element.set("time", f"{sum(cell.seconds for cell in cells):.3f}")
