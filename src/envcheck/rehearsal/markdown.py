"""A rehearsal as Markdown, to paste into an issue. What came from elsewhere is escaped or fenced."""

from __future__ import annotations

from collections.abc import Iterator

from envcheck.printable import clean
from envcheck.rehearsal import words
from envcheck.rehearsal.matrix import Matrix
from envcheck.reports.markdown import escaped, fenced


def render(matrix: Matrix) -> str:
    """The rehearsal as Markdown."""
    blocks = [f"## envcheck: {escaped(words.verdict(matrix).rstrip('.'))}"]
    blocks += [escaped(f"{words.heading(matrix)}."), "\n".join(_table(matrix))]
    for trouble in words.troubles(matrix):
        place, cause = words.where(trouble, matrix), trouble.cause
        blocks.append(f"### {words.WORDS[trouble.state]}: {escaped(place)}")
        blocks.append(escaped(cause.summary))
        rows = [
            f"{label:<10} {line}"
            for label, text in cause.evidence
            for line in clean(text).splitlines()
        ]
        blocks += [fenced("\n".join(rows), "text")] if rows else []
        blocks += [f"Why: {escaped(f'`envcheck explain {cause.code}`')}"] if cause.code else []
    blocks += map(escaped, words.notes(matrix))
    return "\n\n".join(blocks) + "\n"


def _table(matrix: Matrix) -> Iterator[str]:
    titles = [escaped(column.title, cell=True) for column in matrix.columns]
    yield f"| | {' | '.join(titles)} |"
    yield f"|---|{'---|' * len(titles)}"
    for chapter in matrix.chapters:
        cells = [matrix.cell(column, chapter) for column in matrix.columns]
        shown = [f"{words.WORDS[cell.state]} {words.took(cell)}".rstrip() for cell in cells]
        yield f"| {escaped(chapter, cell=True)} | {' | '.join(shown)} |"
