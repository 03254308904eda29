"""Which package of the author's own environment brings a module of which nobody else can say. That is
shown and never written as a fact: it may have come from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

from envcheck.target.locate import learner_variables, locate
from envcheck.target.lost_settings import LIBRARIES

RECORDS = ("pyvenv.cfg", "conda-meta")  # of an environment of somebody's own


def proposals(root: Path, modules: Iterable[str]) -> Mapping[str, str]:
    """Name and version by module, for the modules that one package of the environment has: the active
    one's, or the course's. Its files are read, and nothing of it is run.
    """
    wanted = set(modules)
    places = _libraries(root) if wanted else []
    brought: dict[str, set[str]] = {}
    for distribution in distributions(path=places) if places else ():
        name, version = distribution.metadata["Name"], distribution.version
        for module in wanted & _modules(distribution) if name else ():
            brought.setdefault(module, set()).add(f"{name} {version}")
    return {module: each.pop() for module, each in brought.items() if len(each) == 1}


def _libraries(root: Path) -> list[str]:
    """Where the environment of whoever types this has its packages; nothing without an environment."""
    try:
        command = locate(None, learner_variables(), root).command
    except LookupError:
        return []
    folders = Path(command[0]).parents[:2] if len(command) == 1 else ()
    for prefix in folders:  # conda's on Windows has its Python at the top
        if any((prefix / record).exists() for record in RECORDS):
            return [str(place) for pattern in LIBRARIES for place in prefix.glob(pattern)]
    return []


def _modules(distribution: Distribution) -> set[str]:
    """The outermost modules of a package, by its own list of files."""
    try:
        written = distribution.read_text("top_level.txt")
        if written:
            return set(written.split())
        return {_module(str(file)) for file in distribution.files or ()}
    except (OSError, ValueError):
        return set()


def _module(file: str) -> str:
    first, _, rest = file.replace("\\", "/").partition("/")
    return first if rest else first.partition(".")[0]
