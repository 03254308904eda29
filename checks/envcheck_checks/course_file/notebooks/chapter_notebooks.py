"""The notebooks of a chapter, and the kernels that they name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from envcheck import Diagnosis, course_copy
from envcheck.adopt.reading import notebooks
from envcheck.adopt.reading.notebooks import Notebook, Unreadable
from envcheck.course_file.reading import is_notebook
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.notebook.saving import notebook_damaged

MOST_NOTEBOOKS = 200  # read, a chapter
MOST_FOLDERS = 300  # looked into, a chapter
MOST_BYTES = 100_000_000  # of all notebooks that are read


@dataclass(frozen=True)
class NamedKernel:
    """A kernel that notebooks name. `language` is the one that all of them say, as Jupyter reads it;
    empty where one says none. `notebook` is the first of them.
    """

    name: str
    language: str
    notebook: str


def notebooks_in(folder: Path) -> Iterator[Path]:
    """The files of notebooks in the folder and below, in a fixed order; no environment's, none of a
    folder that begins with a dot.
    """
    for place, folders, names in islice(os.walk(folder), MOST_FOLDERS):
        below = (name for name in folders if not name.startswith("."))
        folders[:] = sorted(name for name in below if course_copy.belongs(Path(place, name)))
        yield from (Path(place, name) for name in sorted(names) if is_notebook(name))


def read(place: ChapterPlace) -> Iterator[Notebook | Unreadable]:
    """The chapter's notebooks, by their names from its folder. Those past the bounds are not read: the
    first of them is told.
    """
    size = 0
    named = (place.folder / name for name in place.notebooks)
    for number, path in enumerate(named if place.notebooks else notebooks_in(place.folder)):
        name = path.relative_to(place.folder).as_posix()
        with contextlib.suppress(OSError):
            size += path.stat().st_size
        if number == MOST_NOTEBOOKS or size > MOST_BYTES:
            yield Unreadable(name, "it and those after it are more than is read of a chapter")
            return
        yield notebooks.read(place.folder, name)


def damaged(
    place: ChapterPlace, unreadable: Iterable[Unreadable], *, needed: bool = False
) -> list[Diagnosis]:
    """What Jupyter cannot open of them; `needed`: all of them are."""
    files = [place.folder / each.name for each in unreadable]
    return notebook_damaged.among(files, f"the chapter {place.scope}", needed=needed)


def named_kernels(books: Iterable[Notebook | Unreadable]) -> tuple[NamedKernel, ...]:
    """Each kernel once, in the order of the notebooks."""
    named: dict[str, NamedKernel] = {}
    for book in books:
        if isinstance(book, Unreadable) or not book.kernel:
            continue
        first = named.setdefault(book.kernel, NamedKernel(book.kernel, book.stated, book.name))
        if first.language != book.stated:
            named[book.kernel] = NamedKernel(book.kernel, "", first.notebook)
    return tuple(named.values())
