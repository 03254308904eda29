"""Cells that install something: which lines and statements do, and what is left of the cell without
them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from envcheck.adopt.reading import cells
from envcheck_checks.course_file.installing.installing_calls import without_calls
from envcheck_checks.course_file.installing.installing_words import installs, of_language

LANGUAGES = ("r", "julia")
ONE_AFTER_ANOTHER = re.compile(r"\s*(?:&&|;)\s*")


@dataclass(frozen=True)
class Without:
    """What of a cell is run, and the first line of it that installs; empty where none does."""

    text: str
    installs: str = ""


def without_installing(
    text: str, *, thrown_away: bool = False, also: Callable[[str], bool] = lambda _: False
) -> Without:
    """The cell without what installs in it; where the environment is `thrown_away`, without what
    installs elsewhere; and without the lines that are `also` out. Where it cannot be taken out, nothing
    is left.
    """

    def is_out(line: str) -> bool:
        return installs(line, thrown_away=thrown_away) or also(line)

    code = cells.read(text)
    lines = [line for line in code.lines if is_out(line.text)]
    shown = f"{lines[0].sign}{lines[0].text}" if lines else ""
    magic = cells.CELL_MAGIC.match(text)
    if magic and magic["name"] not in cells.PYTHON_MAGICS:
        if not lines and magic["name"].lower() in LANGUAGES and of_language(text):
            shown = f"%%{magic['name']}"
        return Without("", shown) if shown else Without(text)
    calls = without_calls(text, code.tree, is_out)
    kept = calls.text.split("\n")
    for line in lines if calls.text else ():
        _take_out(kept, line, is_out)
    return Without("\n".join(kept), shown or calls.shown)


def does_something(text: str) -> bool:
    """Whether a cell has code that does more than `pass`."""
    magic = cells.CELL_MAGIC.match(text)
    if magic and magic["name"] in cells.PYTHON_MAGICS:
        text = text[magic.end() :]
    tree = cells.parsed(text)
    return tree is None or not all(isinstance(each, ast.Pass) for each in tree.body)


def _take_out(rows: list[str], line: cells.Line, is_out: Callable[[str], bool]) -> None:
    """As many rows as before; what else stands between `&&` is kept."""
    start = last = line.number - 1
    while rows[last].rstrip().endswith("\\") and last + 1 < len(rows):
        last += 1
    indent = rows[start][: len(rows[start]) - len(rows[start].lstrip())]
    words = [word for word in ONE_AFTER_ANOTHER.split(line.text) if not is_out(word)]
    rest = f"{line.sign}{' && '.join(words)}" if words and line.sign == "!" else "pass"
    rows[start : last + 1] = [f"{indent}{rest}", *[""] * (last - start)]
