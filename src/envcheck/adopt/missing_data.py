"""Data that notebooks read, and that is not in the course."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck.adopt.sources import SCRIPT, Reads, Source
from envcheck.adopt.tree import Tree


@dataclass(frozen=True)
class Missing:
    """The first place that reads such a file. `spelled` is the course's own file whose name differs
    in capitals alone; `files` counts the notebooks that read it.
    """

    source: Source
    reads: Reads
    spelled: str = ""
    files: int = 1


def missing_data(tree: Tree, sources: tuple[Source, ...]) -> tuple[Missing, ...]:
    """Each file once, in the order of the course's files. One that any notebook makes is none."""
    if not tree.is_whole:
        return ()
    there = set(tree.files)
    made = {name for source in sources for name in source.makes}
    spellings = {name.lower(): name for name in tree.files}
    missing: dict[str, Missing] = {}
    for source, reads, path in _read(sources):
        spelled = "" if path in there else spellings.get(path.lower(), "")
        is_there = path in there or (not spelled and os.path.exists(tree.root / path))
        if is_there or posixpath.basename(path) in made:
            continue
        first = missing.get(path, Missing(source, reads, spelled, 0))
        missing[path] = Missing(first.source, first.reads, first.spelled, first.files + 1)
    return tuple(missing.values())


def _read(sources: tuple[Source, ...]) -> Iterator[tuple[Source, Reads, str]]:
    """What each notebook reads, once, by its path from the course's folder."""
    for source in sources:
        if source.kind == SCRIPT:
            continue  # nobody knows in which folder it is started
        seen: set[str] = set()
        for reads in source.reads:
            path = posixpath.normpath(posixpath.join(source.folder, reads.path))
            if path not in seen and not path.startswith("../"):
                seen.add(path)
                yield source, reads, path
