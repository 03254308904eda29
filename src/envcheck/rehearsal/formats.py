"""How a rehearsal is drawn, by the name of the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from envcheck.printable import for_a_log
from envcheck.rehearsal import data, html, junit, markdown, text
from envcheck.rehearsal.matrix import Matrix

TEXT = "text"
DRAWN: Mapping[str, Callable[[Matrix], str]] = {
    TEXT: text.render,  # 80 columns wide, as for a file
    "json": data.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "html": html.render,
}


def on_screen(name: str, matrix: Matrix, width: int) -> str:
    """The same for a screen of so many columns, where a text may move nothing."""
    return for_a_log(text.render(matrix, width)) if name == TEXT else DRAWN[name](matrix)
