"""Notebooks and lessons that are text: MyST (`{code-cell}`), Quarto and R Markdown (`{python}`),
jupytext's Python with `# %%`, and Python that is fenced in a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from envcheck.adopt.reading import executed
from envcheck.adopt.reading.notebooks import PYTHON, SKIPPED, Cell, Notebook, language_of

# What jupytext writes at the top of Python, after a line for the system.
PAIRED = re.compile(
    r"\A(?:#[^\n]*\n)??# ---[ \t]*\n# jupyter:[ \t]*\n(?:#[^\n]*\n)*?#[ ]+(?:jupytext|kernelspec):"
)
KERNEL = re.compile(r"^[ #]*kernelspec:[ \t]*\n((?:[ #]+.*\n?)+)", re.MULTILINE)
VALUE = re.compile(r"^[ #]+(name|language):[ \t]*[\"']?([\w.+-]+)", re.MULTILINE)
FENCE = re.compile(r"^(?P<in>[ \t>]*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<word>.*)$")
LESSON = re.compile(r"(?:python3?|py|ipython3?|\{\.?python\b.*)(?:[ ,:{].*)?", re.IGNORECASE)
CARPENTRIES = re.compile(r"^[ \t>]*\{:[^}]*\.language-python[^}]*\}")
ENGINE = re.compile(r"^engine:[ \t]*[\"']?(\w+)", re.MULTILINE)
OF_R = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{r\b", re.MULTILINE)
OPTION = re.compile(r"^[ \t]*(?::[\w-]+:|#\|)")


def is_notebook(text: str) -> bool:
    """Whether a Markdown text is one that is executed: jupytext or MyST says so in its header, or a cell
    of MyST's, Quarto's or knitr's stands in it that is not only shown.
    """
    if executed.is_jupyters(text):
        return True
    has_some = "{code-cell" in text or "{python" in text
    return has_some and next(_executed(text), None) is not None


def is_knitrs(name: str, text: str) -> bool:
    """Whether R executes it, Python by reticulate: R Markdown, and of Quarto's texts those that say so or
    have chunks of R, unless their header names Jupyter.
    """
    if engine := ENGINE.search(executed.header(text)):
        return engine[1] == "knitr"
    if executed.is_jupyters(text):
        return False
    suffix = name.lower().rpartition(".")[2]
    return suffix == "rmd" or (suffix == "qmd" and OF_R.search(text) is not None)


def is_script_notebook(text: str) -> bool:
    """Whether Python is a notebook for Jupyter: jupytext says so in its header."""
    return PAIRED.match(text) is not None


def notebook(name: str, text: str) -> Notebook:
    """Its executed cells, as the notebook that it is."""
    kernel, language = _kernel(text)
    cells = _numbered(_executed(text) if language == PYTHON else ())
    lines = text.split("\n")
    return Notebook(name, tuple(_tagged(cell, lines) for cell in cells), kernel, language)


def lesson(name: str, text: str) -> Notebook:
    """The Python that is fenced in it."""
    shown = (
        (line, _block(block, indent))
        for word, line, block, indent in _blocks(text)
        if LESSON.fullmatch(word)
    )
    return Notebook(name, _numbered(shown))


def script(name: str, text: str) -> Notebook:
    """A Python file; each cell that `# %%` begins is a cell, so that a bad one costs no other."""
    kernel, language = _kernel(text[:2000])
    parts = re.split(r"^(?=# ?%%)", text, flags=re.MULTILINE)
    line, cells = 1, []
    for part in parts:
        cells.append((line, part))
        line += part.count("\n")
    return Notebook(name, _numbered(cells), kernel, language)


def _numbered(cells: Iterable[tuple[int, str]]) -> tuple[Cell, ...]:
    filled = ((line, text) for line, text in cells if text.strip())
    return tuple(Cell(text, number, line) for number, (line, text) in enumerate(filled, 1))


def _tagged(cell: Cell, lines: list[str]) -> Cell:
    """The cell with the tag by which it is not run, where the options at the top of its block have it."""
    read = cell.text.split("\n")
    options = (row for row, kept in zip(lines[cell.line - 1 :], read, strict=False) if not kept)
    return replace(cell, tags=(SKIPPED,)) if any(SKIPPED in row for row in options) else cell


def _kernel(text: str) -> tuple[str, str]:
    """The kernel's name and language in the header of jupytext's, empty and Python without."""
    table = KERNEL.search(text)
    values = dict(VALUE.findall(table[1])) if table else {}
    name = values.get("name", "")
    return name, language_of(values.get("language", ""), name)


def _executed(text: str) -> Iterator[tuple[int, str]]:
    """The first line and the text of each block that is executed."""
    default, plain = executed.by_default(text), executed.has_plain_cells(text)
    for word, line, block, indent in _blocks(text):
        options = "\n".join(row for row in block if "#|" in row)
        own = executed.is_executed(word, options)
        if (default if own is None else own) or (plain and executed.ITS_CELL.fullmatch(word)):
            yield line, _block(block, indent)


def _blocks(text: str) -> Iterator[tuple[str, int, list[str], str]]:
    """Of each fenced block the word, the first line, what stands in it, and what before each line."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        number += 1
        if opening is None or (opening["fence"][0] == ":" and "{code-cell" not in opening["word"]):
            continue  # what is inside another block of `:` is read as if it stood outside
        end = _end(lines, number, opening["fence"])
        after = lines[end + 1] if end + 1 < len(lines) else ""
        word = opening["word"].strip(" \t")
        if not word and CARPENTRIES.match(after):
            word = "python"
        yield word, number + 1, lines[number:end], opening["in"]
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
