"""Data that notebooks read, and that is not in the course."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from envcheck.adopt.reading.sources import LESSON, SCRIPT, Reads, Source
from envcheck.adopt.reading.tree import Tree, named_from


@dataclass(frozen=True)
class Missing:
    """The first place that reads such a file. `spelled` is the course's own file whose name differs
    in capitals alone, `elsewhere` one of the same name in another folder; `files` counts the
    notebooks that read it.
    """

    source: Source
    reads: Reads
    spelled: str = ""
    files: int = 1
    elsewhere: str = ""


def missing_data(tree: Tree, sources: tuple[Source, ...]) -> tuple[Missing, ...]:
    """Each file once, in the order of the course's files. One that any notebook makes is none."""
    if tree.unread:
        return ()
    there = set(tree.files)
    made = {name for source in sources for name in source.makes}
    spellings = {name.lower(): name for name in tree.files}
    places = _places(tree)
    missing: dict[str, Missing] = {}
    for source, reads, path in _read(sources):
        spelled = "" if path in there else spellings.get(path.lower(), "")
        is_there = path in there or (not spelled and os.path.exists(tree.root / path))
        if is_there or posixpath.basename(path) in made:
            continue
        elsewhere = "" if spelled else places.get(posixpath.basename(path), "")
        first = missing.get(path, Missing(source, reads, spelled, 0, elsewhere))
        missing[path] = replace(first, files=first.files + 1)
    return tuple(missing.values())


def _places(tree: Tree) -> dict[str, str]:
    """The files by their names alone, where one place has the name."""
    by_name: dict[str, list[str]] = {}
    for file in tree.files:
        by_name.setdefault(posixpath.basename(file), []).append(file)
    return {name: files[0] for name, files in by_name.items() if len(files) == 1}


def _read(sources: tuple[Source, ...]) -> Iterator[tuple[Source, Reads, str]]:
    """What each notebook reads, once, by its path from the course's folder."""
    for source in sources:
        if source.kind in (SCRIPT, LESSON):
            continue  # nobody knows in which folder it is started or typed
        seen: set[str] = set()
        for reads in source.reads:
            path = named_from(source.folder, reads.path)
            if path not in seen and not path.startswith("../"):
                seen.add(path)
                yield source, reads, path
