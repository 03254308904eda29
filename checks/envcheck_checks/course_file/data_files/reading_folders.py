"""From which folders a chapter's notebooks read a file by one path: in each of them it has to be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from envcheck import foreign_file
from envcheck.adopt.reading import cells, data
from envcheck.adopt.reading.notebooks import PYTHON, SKIPPED, Notebook
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.notebooks import chapter_notebooks

OTHER_START = "notebookFileRoot"  # where VS Code starts notebooks, if not where they lie


def reading_folders(place: ChapterPlace, paths: Iterable[str]) -> Mapping[str, list[Path]]:
    """By path: the folders of the notebooks that read it, as their code says in full, and do not make it. One
    that may move, or get files by names that nobody reads in it, says nothing.
    """
    if OTHER_START in foreign_file.text_or_nothing(place.root / ".vscode" / "settings.json"):
        return {}
    wanted = {os.path.normpath(path): path for path in paths}
    names = {PurePosixPath(path).name for path in wanted.values()}
    read: dict[tuple[Path, str], str] = {}
    made: set[tuple[Path, str]] = set()
    for book in chapter_notebooks.read(place):
        if not isinstance(book, Notebook) or book.language != PYTHON:
            continue
        folder = (place.folder / book.name).parent
        unseen = any(data.UNSEEN.search(cell.text) for cell in book.cells)
        for files in _files(book, names):
            made |= {(folder, name) for name in files.made}
            for row in () if unseen else files.read:
                if path := wanted.get(os.path.normpath(row.path)):
                    read[folder, path] = PurePosixPath(path).name
    folders: dict[str, list[Path]] = {}
    for (folder, path), name in read.items():
        if (folder, name) not in made:
            folders.setdefault(path, []).append(folder)
    return folders


def _files(book: Notebook, names: Iterable[str]) -> Iterable[data.Files]:
    for cell in book.cells:
        if any(name in cell.text for name in names):
            code = cells.read(cell.text)
            if code.tree is not None and not code.written:
                files = data.files(cell.text, code.tree)
                yield replace(files, read=()) if SKIPPED in cell.tags else files
