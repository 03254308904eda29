"""Which package of the author's own environment brings a module of which nobody else can say. That is
shown and never written as a fact: it may have come from anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from envcheck import foreign_file

RECORDS = ("pyvenv.cfg", "conda-meta")  # of an environment of somebody's own


def proposals(root: Path, modules: Iterable[str]) -> Mapping[str, str]:
    """Name and version by module, for the modules that one package of the environment has: the active
    one's, or the course's. Its files are read, and nothing of it is run.
    """
    wanted = set(modules)
    brought: dict[str, set[str]] = {}
    for place in _libraries(root) if wanted else ():
        for record in foreign_file.matching(place, "*.dist-info"):
            for module in wanted & _modules(record):
                brought.setdefault(module, set()).add(" ".join(record.stem.rpartition("-")[::2]))
    return {module: each.pop() for module, each in brought.items() if len(each) == 1}


def _libraries(root: Path) -> list[Path]:
    """Where the environment of whoever types this has its packages; nothing without an environment."""
    from envcheck.target.locate import learner_variables, locate
    from envcheck.target.lost_settings import LIBRARIES

    try:
        command = locate(None, learner_variables(), root).command
    except LookupError:
        return []
    folders = Path(command[0]).parents[:2] if len(command) == 1 else ()
    for prefix in folders:  # conda's on Windows has its Python at the top
        if any(os.path.exists(prefix / record) for record in RECORDS):
            return [
                place for pattern in LIBRARIES for place in foreign_file.matching(prefix, pattern)
            ]
    return []


def _modules(record: Path) -> set[str]:
    """The outermost modules of a package, by its own list of modules or of files."""
    written = foreign_file.text_or_nothing(record / "top_level.txt")
    if written.strip():
        return set(written.split())
    return {_module(line) for line in foreign_file.text_or_nothing(record / "RECORD").split("\n")}


def _module(file: str) -> str:
    first, slash, _ = file.partition(",")[0].strip('"').replace("\\", "/").partition("/")
    return first if slash else first.partition(".")[0]
