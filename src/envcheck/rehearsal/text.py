"""A rehearsal on a terminal: the matrix, then each cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envcheck.printable import one_line
from envcheck.rehearsal import words
from envcheck.rehearsal.matrix import Matrix
from envcheck.reports.text import filled
from envcheck.reports.words import columns

GAP = 3  # columns between two of the table's


def render(matrix: Matrix, width: int = 80) -> str:
    """The text for a terminal that is so many columns wide."""
    table = _table(matrix)
    if any(columns(line) > width for line in table):
        table = _listed(matrix)
    parts = [filled(words.heading(matrix), width=width), "\n".join(table)]
    parts += ["\n".join(_trouble(trouble, matrix, width)) for trouble in words.troubles(matrix)]
    parts += [filled(note, width=width) for note in words.notes(matrix)]
    return "\n\n".join([*parts, filled(words.verdict(matrix), width=width)]) + "\n"


def _table(matrix: Matrix) -> list[str]:
    """Python x chapter: a row a chapter."""
    rows = [["", *(column.title for column in matrix.columns)]]
    for chapter in matrix.chapters:
        cells = [matrix.cell(column, chapter) for column in matrix.columns]
        shown = [f"{words.WORDS[cell.state]:<4}  {words.took(cell)}".rstrip() for cell in cells]
        rows.append([one_line(chapter), *shown])
    return [*_aligned(rows)]


def _listed(matrix: Matrix) -> list[str]:
    """A line a cell, where the table would not fit."""
    rows = [
        [words.WORDS[cell.state], cell.column.version, one_line(cell.chapter), words.took(cell)]
        for cell in matrix.cells
    ]
    return [*_aligned(rows)]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(columns, texts)) for texts in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            text + " " * (width - columns(text)) for text, width in zip(row, widths, strict=True)
        )
        yield f"  {(' ' * GAP).join(padded)}".rstrip()


def _trouble(trouble: words.Trouble, matrix: Matrix, width: int) -> Iterator[str]:
    sentence = f"{words.where(trouble, matrix)}: {one_line(trouble.cause.summary)}"
    sign = f"{words.WORDS[trouble.state]:<4}  "
    yield filled(sentence, width=width, first=sign, rest=" " * len(sign))
    for label, text in trouble.cause.evidence:
        for number, line in enumerate(text.splitlines()):
            yield f"      {label if number == 0 else '':<10} {one_line(line)}".rstrip()
    if trouble.cause.code:
        yield f"      why: envcheck explain {one_line(trouble.cause.code)}"
