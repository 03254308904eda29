"""What the course's notebooks, lessons and scripts use: read, never run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from envcheck import foreign_file
from envcheck.adopt.reading import (
    cells,
    data,
    extensions,
    imports,
    inline,
    notebooks,
    running,
    text_notebooks,
    variables,
)
from envcheck.adopt.reading.imports import Import
from envcheck.adopt.reading.installing import NOTHING, Installs, of_cells
from envcheck.adopt.reading.notebooks import PYTHON, SKIPPED, Cell, Notebook, Unreadable
from envcheck.adopt.reading.tree import LESSONS, TOO_MANY, Tree

NOTEBOOK, TEXT, LESSON, SCRIPT = "notebook", "text notebook", "lesson", "script"
KNITR = "text for knitr"  # R executes it, and its Python with it: no Jupyter does
BOOKS = (NOTEBOOK, TEXT, KNITR)
WORTH_READING = re.compile(
    r"import|install|%%(?:write)?file|load_ext|%matplotlib|%pylab|check_packages|read|open|load|save|write|to_|retrieve|dump|environ|getenv|clone|%run|\.py\b"
)
MOVES = re.compile(r"\bsys\.path\b|\bPYTHONPATH\b|\baddsitedir\(|\bchdir\(|^[ \t]*%cd\b", re.M)
# Folders whose Python is the maintainers', not the learners'.
OF_MAINTAINERS = "doc docs test tests website site tools scripts _ext ci bin"
MAINTAINED = {*OF_MAINTAINERS.split()}
OF_AUTHORS = re.compile(r"(?:test_.*|.*_test|conftest|setup|conf|noxfile|tasks|check_.*)\.py")
UNREAD_LESSONS = {"readme", "contributing", "changelog", "code_of_conduct", "license", "changes"}


@dataclass(frozen=True)
class Use:
    """An import, and where it stands: the text of its line, on which line, 0 in Jupyter's JSON."""

    imported: Import
    text: str
    line: int = 0


@dataclass(frozen=True)
class Takes:
    """A variable that is taken from the environment, and where: as in `Use`."""

    name: str
    text: str
    line: int = 0


@dataclass(frozen=True)
class Reads:
    """A file that is read, by its path from the notebook, and where: as in `Use`."""

    path: str
    text: str
    line: int = 0


@dataclass(frozen=True)
class Source:
    """A file that learners run or follow. `installs` is what it installs itself,
    `minimums` the lowest versions that it tests for, by module; `lost` counts cells that are no Python.
    `reads` are files of data, without those of a notebook that may make or find files by itself;
    `makes` the names of files that are there when it has run. `is_prose`: it has no cell of code.
    `takes` are variables that it does not set itself; `block` what one of PEP 723 in it installs;
    `language` is in small letters. `looks_elsewhere`: it says itself where Python finds modules.
    `inside` are imports of its own package, `runs` files that it runs. What others
    bring in has the folders whose lists hold for it (`near`), and from which Python looks (`path`).
    """

    name: str
    kind: str
    uses: tuple[Use, ...] = ()
    installs: Installs = NOTHING
    minimums: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()
    kernel: str = ""
    lost: int = 0
    reads: tuple[Reads, ...] = ()
    makes: tuple[str, ...] = ()
    is_prose: bool = False
    takes: tuple[Takes, ...] = ()
    block: tuple[str, ...] = ()
    language: str = PYTHON
    looks_elsewhere: bool = False
    inside: tuple[Import, ...] = ()
    runs: tuple[str, ...] = ()
    near: str | None = None
    path: str | None = None

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @property
    def own(self) -> frozenset[str]:
        return inline.names(self.block)

    @property
    def for_lists(self) -> str:
        return self.folder if self.near is None else self.near

    @property
    def searched(self) -> str:
        return self.folder if self.path is None else self.path


def sources(tree: Tree) -> tuple[tuple[Source, ...], tuple[Unreadable, ...]]:
    """Every source of the course, and the notebooks that are none."""
    read: list[Source] = []
    unreadable = [Unreadable(tree.unread, TOO_MANY)] if tree.unread else []
    for name in tree.ending(".ipynb"):
        if name.rpartition("/")[2].lower().startswith("untitled"):
            continue
        book = notebooks.read(tree.root, name)
        if isinstance(book, Unreadable):
            unreadable.append(book)
        else:
            read.append(_source(book, NOTEBOOK))
    for name in tree.ending(*LESSONS):
        text = tree.text(name)
        if text_notebooks.is_notebook(text):
            kind = KNITR if text_notebooks.is_knitrs(name, text) else TEXT
            read.append(_source(text_notebooks.notebook(name, text), kind))
        elif _is_lesson(name):
            lesson = _source(text_notebooks.lesson(name, text), LESSON)
            read += [lesson] if lesson.uses else []
    books = {source.name.removesuffix(".ipynb") for source in read if source.kind == NOTEBOOK}
    read += [_source(script, _kind(tree, script, books)) for script in _scripts(tree)]
    return tuple(read), tuple(unreadable)


def _is_lesson(name: str) -> bool:
    stem = name.rpartition("/")[2].partition(".")[0].lower()
    return stem not in UNREAD_LESSONS and not _is_maintained(name)


def _is_maintained(name: str) -> bool:
    return bool(MAINTAINED & set(name.lower().split("/")[:-1]))


def _scripts(tree: Tree) -> Iterator[Notebook]:
    for name in tree.ending(".py"):
        if not _is_maintained(name) and not OF_AUTHORS.fullmatch(name.rpartition("/")[2]):
            yield text_notebooks.script(name, tree.text(name))


def script(tree: Tree, name: str) -> Source:
    """One file of Python, whoever it is for."""
    return _source(text_notebooks.script(name, tree.text(name)), SCRIPT)


def _kind(tree: Tree, script: Notebook, books: Collection[str]) -> str:
    """Of a file of Python: jupytext's are notebooks, where no notebook of that name lies beside them."""
    is_copy = script.name.removesuffix(".py") in books
    is_one = not is_copy and text_notebooks.is_script_notebook(tree.text(script.name))
    return TEXT if is_one else SCRIPT


def _source(book: Notebook, kind: str) -> Source:
    worth = [cell for cell in book.cells if WORTH_READING.search(cell.text)]
    read = [(cell, cells.read(cell.text)) for cell in worth] if book.language == PYTHON else []
    run = [(cell, code.tree) for cell, code in read if code.tree and not code.written]
    writes = tuple(code.written for _, code in read if code.written)
    used = [(cell, data.files(cell.text, tree)) for cell, tree in run]
    named = any(each.read for _, each in used)
    unseen = named and any(data.UNSEEN.search(cell.text) for cell in book.cells)
    return Source(
        name=book.name,
        kind=kind,
        uses=tuple(use for cell, code in read for use in _uses(cell, code)),
        installs=of_cells(
            (_shells(cell, code) for cell, code in read), (cell.text for cell in book.cells)
        ),
        minimums=inline.tested(run),
        writes=writes,
        kernel=book.kernel,
        lost=sum(code.lost for _, code in read),
        reads=() if unseen else tuple(row for cell, each in used for row in _reads(cell, each)),
        makes=_made([each for _, each in used], writes),
        is_prose=not book.cells,
        takes=_takes([(cell, variables.taken_by(cell.text, tree)) for cell, tree in run]),
        language=book.language,
        looks_elsewhere=any(MOVES.search(cell.text) for cell in book.cells),
        block=tuple(row for cell in book.cells for row in inline.installed(cell.text)),
        inside=tuple(each for _, tree in run for each in imports.inside(tree)),
        runs=tuple(name for _, code in read for name in running.files(code.lines)),
    )


def _shells(cell: Cell, code: cells.Code) -> tuple[list[str], ast.Module | None]:
    """The lines that a cell gives away, and what may give more of them."""
    return [line.text for line in code.lines], code.tree if "install" in cell.text else None


def _made(used: Iterable[data.Files], writes: Iterable[str]) -> tuple[str, ...]:
    """The names of files that are there when it has run."""
    own = (PurePosixPath(name).name for name in writes)
    return (*(name for each in used for name in each.made), *own)


def _reads(cell: Cell, files: data.Files) -> Iterator[Reads]:
    lines = cell.text.split("\n")
    for file in files.read if SKIPPED not in cell.tags else ():
        text = lines[file.line - 1] if file.line <= len(lines) else ""
        yield Reads(file.path, text, cell.line + file.line - 1 if cell.line else 0)


def _takes(cells: list[tuple[Cell, variables.Taken]]) -> tuple[Takes, ...]:
    made = {name for _, taken in cells for name in taken.sets}
    rows: dict[str, Takes] = {}
    for cell, taken in cells:
        lines = cell.text.split("\n")
        for name, number in taken.needs:
            if name not in made:
                line = cell.line + number - 1 if cell.line else 0
                rows.setdefault(name, Takes(name, lines[number - 1], line))
    return tuple(rows.values())


def _uses(cell: Cell, code: cells.Code) -> Iterator[Use]:
    if code.written or (code.tree is None and not code.lost):
        return  # what a cell writes is for another program than this notebook
    lines = cell.text.split("\n")
    each = imports.of_tree(code.tree) if code.tree else imports.of_lines(cell.text)
    for imported in (*each, *extensions.loaded(cell.text)):
        text = lines[imported.line - 1] if imported.line <= len(lines) else ""
        yield Use(imported, text, cell.line + imported.line - 1 if cell.line else 0)


def place(root: Path, source: Source, use: Use | Reads | Takes) -> int:
    """The line of the file on which an import or a path stands, from 1."""
    if use.line:
        return use.line
    raw = foreign_file.text_or_nothing(root / source.name)
    at = raw.find(json.dumps(use.text, ensure_ascii=False)[1:-1]) if use.text else -1
    if at < 0:
        at = raw.find(json.dumps(use.text)[1:-1])
    return raw.count("\n", 0, max(at, 0)) + 1
