"""The cells of a notebook of Jupyter's, of any format: read as JSON, never through nbformat, which
refuses what people's notebooks really are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import foreign_file, shape

PYTHON = "python"
SKIPPED = "skip-execution"  # the tag of a cell that is shown, and not run with the others
CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """What somebody typed into a cell. `number` is from 1; `line` is the one of the file on which the
    text begins, 0 in a notebook of Jupyter's, where that is one of JSON; `tags` are what its author
    put on it for programs.
    """

    text: str
    number: int
    line: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """A notebook with its cells of code. `kernel` is the name that it asks for, empty where it says
    none; `language` is in small letters; `stated` is the one that it itself says (`language_info`),
    by which Jupyter looks for a kernel where none has the name.
    """

    name: str
    cells: tuple[Cell, ...]
    kernel: str = ""
    language: str = PYTHON
    stated: str = ""


@dataclass(frozen=True)
class Unreadable:
    """A file that is no notebook: why, and on which line that is seen. `is_sound`: it is one, and cannot be
    named in a course file.
    """

    name: str
    reason: str
    line: int = 1
    is_sound: bool = False


@dataclass(frozen=True)
class _Written:
    """The metadata of a notebook, as far as they are what they should be."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, *keys: str) -> str:
        value: Any = self.values
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value if isinstance(value, str) else ""


def read(root: Path, name: str) -> Notebook | Unreadable:
    """The notebook of this name below the course's folder."""
    try:
        raw = foreign_file.content(root / name)
    except OSError as error:
        return Unreadable(name, f"it cannot be read: {error.strerror or error}")
    values = shape.read_value(raw)
    if not isinstance(values, dict):
        return _unreadable(name, raw)
    cells = list(_cells(values))
    metadata = values.get("metadata")
    written = _Written(metadata if isinstance(metadata, dict) else {})
    stated = written.text("kernelspec", "language") or written.text("language_info", "name")
    kernel = written.text("kernelspec", "name")
    return Notebook(
        name,
        tuple(
            Cell(text, number, tags=_tags(cell))
            for number, cell in enumerate(cells, 1)
            if cell.get("cell_type") == "code" and (text := _text(cell))
        ),
        kernel,
        language_of(stated or ("" if kernel else _language_of(cells)), kernel),
        written.text("language_info", "name"),
    )


def language_of(stated: str, kernel: str = "") -> str:
    """Of a notebook, in small letters. What it states is no name of Python's unless it begins as one
    does; of a kernel alone, which people call as they like (`conda-env-homl3-py`), it is Python unless
    the name is another language's.
    """
    language = stated.strip().lower()
    if language:
        return PYTHON if language.startswith(OF_PYTHON) else language
    bare = re.sub(r"[-_ ]?\d[\d.]*$", "", kernel.lower())
    return bare if bare in OTHERS.split() else PYTHON


OF_PYTHON = ("python", "ipython", "cython", "pyspark", "sage")
# Kernels of other languages, without the version behind their names.
OTHERS = (
    "r ir xr ark julia bash zsh javascript typescript tslab deno scala almond spylon-kernel kotlin java "
    "ijava groovy clojure rust evcxr c c++ cpp xcpp go gophernotes gonb ruby iruby haskell ihaskell ocaml "
    "ocaml-jupyter octave xoctave matlab jupyter_matlab_kernel sagemath sql xsql xsqlite sas stata nbstata "
    "c# csharp f# fsharp .net-csharp .net-fsharp .net-powershell powershell polyglot-notebook perl iperl "
    "lua ilua xlua swift elixir php prolog racket lean wolframlanguage maxima gap singular fortran lfortran"
)


def _cells(values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cells of format 4, or of the worksheets of format 3."""
    sheets = values.get("worksheets")
    holders = sheets if isinstance(sheets, list) and "cells" not in values else [values]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        if isinstance(cells, list):
            yield from (cell for cell in cells if isinstance(cell, dict))


def _language_of(cells: Sequence[Mapping[str, Any]]) -> str:
    """Format 3 says it in each cell."""
    names = (cell.get("language") for cell in cells)
    return next((name for name in names if isinstance(name, str)), PYTHON)


def _text(cell: Mapping[str, Any]) -> str:
    """What was typed: `source`, or `input` in format 3; one text, or a list of lines."""
    source = cell.get("source", cell.get("input", ""))
    if not isinstance(source, list):
        return source if isinstance(source, str) else ""
    lines = [line for line in source if isinstance(line, str)]
    ended = any(line.endswith("\n") for line in lines[:-1]) or len(lines) < 2
    return ("" if ended else "\n").join(lines)


def _tags(cell: Mapping[str, Any]) -> tuple[str, ...]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def _unreadable(name: str, raw: bytes) -> Unreadable:
    if match := CONFLICT.search(raw):
        line = raw.count(b"\n", 0, match.start()) + 1
        return Unreadable(name, "it has the marks of a merge that was not finished", line)
    text = raw.decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        return Unreadable(name, "it is a page of HTML, not a notebook")
    if not text.strip():
        return Unreadable(name, "it is empty")
    try:
        json.JSONDecoder().decode(text)
    except json.JSONDecodeError as error:
        return Unreadable(name, f"it is no JSON: {error.msg}", error.lineno)
    except RecursionError:
        return Unreadable(name, "it is nested too deep")
    return Unreadable(name, "it is JSON, and no notebook")
