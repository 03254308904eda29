"""Notebooks and lessons that are text: MyST (`{code-cell}`), Quarto and R Markdown (`{python}`),
jupytext's Python with `# %%`, and Python that is fenced in a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from envcheck.adopt.reading.notebooks import PYTHON, Cell, Notebook, language_of

HEADER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
# What jupytext writes at the top of Python, after a line for the system.
PAIRED = re.compile(
    r"\A(?:#[^\n]*\n)??# ---[ \t]*\n# jupyter:[ \t]*\n(?:#[^\n]*\n)*?#[ ]+(?:jupytext|kernelspec):"
)
KERNEL = re.compile(r"^[ #]*kernelspec:[ \t]*\n((?:[ #]+.*\n?)+)", re.MULTILINE)
VALUE = re.compile(r"^[ #]+(name|language):[ \t]*[\"']?([\w.+-]+)", re.MULTILINE)
FENCE = re.compile(r"^(?P<in>[ \t>]*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<word>.*)$")
EXECUTED = re.compile(r"\{(?:code-cell|code|python|jupyter-execute)\b[^}]*\}.*|\{[.#]?python\b.*")
LESSON = re.compile(r"(?:python3?|py|ipython3?|\{\.?python\b.*)(?:[ ,:{].*)?", re.IGNORECASE)
CARPENTRIES = re.compile(r"^[ \t>]*\{:[^}]*\.language-python[^}]*\}")
OPTION = re.compile(r"^[ \t]*(?::[\w-]+:|#\|)")


def is_notebook(text: str) -> bool:
    """Whether a Markdown text is one that Jupyter opens: jupytext or MyST says so in its header, or
    a cell of MyST's or Quarto's stands in it.
    """
    header = HEADER.match(text)
    if header is not None and re.search(r"^(?:kernelspec|jupytext|jupyter):", header[1], re.M):
        return True
    if "{code-cell}" in text:
        return True
    return "`{python" in text and re.search(r"^`{3,}\{python\b", text, re.MULTILINE) is not None


def is_script_notebook(text: str) -> bool:
    """Whether Python is a notebook for Jupyter: jupytext says so in its header."""
    return PAIRED.match(text) is not None


def notebook(name: str, text: str) -> Notebook:
    """Its executed cells, as the notebook that it is."""
    kernel, language = _kernel(text)
    cells = _fenced(text, EXECUTED) if language == PYTHON else ()
    return Notebook(name, _numbered(cells), kernel, language)


def lesson(name: str, text: str) -> Notebook:
    """The Python that is fenced in it."""
    return Notebook(name, _numbered(_fenced(text, LESSON)))


def script(name: str, text: str) -> Notebook:
    """A Python file; each cell that `# %%` begins is a cell, so that a bad one costs no other."""
    kernel, language = _kernel(text[:2000])
    parts = re.split(r"^(?=# ?%%)", text, flags=re.MULTILINE)
    line, cells = 1, []
    for part in parts:
        cells.append((line, part))
        line += part.count("\n")
    return Notebook(name, _numbered(cells), kernel, language)


def _numbered(
    cells: Iterator[tuple[int, str]] | list[tuple[int, str]] | tuple[()],
) -> tuple[Cell, ...]:
    filled = ((line, text) for line, text in cells if text.strip())
    return tuple(Cell(text, number, line) for number, (line, text) in enumerate(filled, 1))


def _kernel(text: str) -> tuple[str, str]:
    """The kernel's name and language in the header of jupytext's, empty and Python without."""
    table = KERNEL.search(text)
    values = dict(VALUE.findall(table[1])) if table else {}
    name = values.get("name", "")
    return name, language_of(values.get("language", ""), name)


def _fenced(text: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The first line and the text of each fenced block whose word is wanted."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        number += 1
        if opening is None or opening["fence"][0] == ":":
            continue  # what is inside a block of `:` is read as if it stood outside
        end = _end(lines, number, opening["fence"])
        after = lines[end + 1] if end + 1 < len(lines) else ""
        word = opening["word"].strip(" \t")
        old = not word and wanted is LESSON and CARPENTRIES.match(after) is not None
        if old or wanted.fullmatch(word):
            yield number + 1, _block(lines[number:end], opening["in"])
        number = end + 1


def _end(lines: list[str], start: int, fence: str) -> int:
    """The line on which a fence is closed, or the end of the text."""
    for number in range(start, len(lines)):
        if fence in lines[number] and set(lines[number].strip(" \t>")) == {fence[0]}:
            return number
    return len(lines)


def _block(lines: list[str], indent: str) -> str:
    """Its lines without what stands before each, and without the options of its cell: as many
    lines as there were.
    """
    texts = [line.removeprefix(indent) for line in lines]
    options = bool(texts) and (texts[0].strip() == "---" or OPTION.match(texts[0]) is not None)
    if options and texts[0].strip() == "---":
        end = next((n for n, line in enumerate(texts[1:], 1) if line.strip() == "---"), 0)
        texts[: end + 1] = [""] * (end + 1)
    for number, line in enumerate(texts):
        if not OPTION.match(line):
            break
        texts[number] = ""
    return "\n".join(texts)
