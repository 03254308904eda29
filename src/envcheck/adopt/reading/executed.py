"""Which blocks of a text notebook are executed, and which are only shown."""

from __future__ import annotations

import re

HEADER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
# The word behind a fence: a directive of MyST's, or a chunk of Quarto's or knitr's. `{code}`, `{code-block}`,
# `{.python}` and `{{python}}` are pictures of code.
CELL = re.compile(r"\{(?:code-cell|jupyter-execute|python3?)(?:[ \t,][^}]*)?\}.*")
# In jupytext's own Markdown a cell is fenced as in any lesson, and what is shown says so.
OF_JUPYTEXT = re.compile(r"^[ \t]+format_name:[ \t]*[\"']?markdown\b", re.MULTILINE)
ITS_CELL = re.compile(r"i?python3?(?:[ \t](?!.*(?:\.noeval\b|\bactive=\"\")).*)?", re.IGNORECASE)
EVAL = re.compile(r"(?<![\w.])eval[ \t]*[=:][ \t]*[\"']?(\w+)")
EVAL_OF_ALL = re.compile(r"(?:^[ \t]+|[{,][ \t]*)eval:[ \t]*(\w+)", re.MULTILINE)
OFF = {"false", "f", "no", "off"}
# How knitr is told for all chunks that follow.
OF_ALL = re.compile(r"opts_chunk\$set\([^)]*")
OF_JUPYTER = re.compile(r"^(?:kernelspec|jupytext|jupyter):", re.MULTILINE)


def header(text: str) -> str:
    """The YAML at its top, empty without."""
    match = HEADER.match(text)
    return match[1] if match else ""


def is_jupyters(text: str) -> bool:
    """Whether its header says so."""
    return OF_JUPYTER.search(header(text)) is not None


def has_plain_cells(text: str) -> bool:
    """Whether it is jupytext's Markdown, in which each block of Python is a cell."""
    return OF_JUPYTEXT.search(header(text)) is not None


def is_executed(word: str, options: str) -> bool | None:
    """Whether the block behind this word is, by its own options; None where they leave it to the text."""
    if not CELL.fullmatch(word):
        return False
    if not word.startswith("{python"):
        return True
    evals = EVAL.findall(f"{word}\n{options}")
    return None if not evals else evals[-1].lower() not in OFF


def by_default(text: str) -> bool:
    """Whether a chunk of the text is that says nothing itself."""
    values = EVAL_OF_ALL.findall(header(text))
    values += [value for row in OF_ALL.findall(text) for value in EVAL.findall(row)]
    return all(value.lower() not in OFF for value in values)
