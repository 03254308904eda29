"""Which imports are the course's own files: beside what imports them, or anywhere in the course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from envcheck.adopt.reading.imports import Import
from envcheck.adopt.reading.sources import Source
from envcheck.adopt.reading.tree import Tree
from envcheck.module_names import table

SUFFIXES = (".py", ".pyx", ".so", ".pyd", ".proto")
# What a cell writes, as it is or to be compiled in the next one.
COMPILED = (".py", ".pyx", ".f", ".f90", ".f95", ".c", ".cpp", ".cxx")


@dataclass(frozen=True)
class OwnModules:
    """The modules of the course: `beside` by the folder from which Python finds them, `anywhere` by
    their name alone, `inside` by the name of the folder that each lies in, `alone` the names of those that
    lie in no package.
    """

    beside: frozenset[tuple[str, str]]
    anywhere: frozenset[str]
    inside: frozenset[tuple[str, str]]
    alone: frozenset[str] = frozenset()

    def is_beside(self, folder: str, name: str) -> bool:
        """Whether a file in this folder, or in one above it, imports the course's own by this name."""
        return any((place, name) in self.beside for place in above(folder))

    def holds(self, folder: str, imported: Import) -> bool:
        """Whether all that is taken are files in a folder without an `__init__.py`, beside what imports it or above:
        the folder's name alone would say nothing. Python prefers an installed package to such a folder: for a name
        that one is called by it decides nothing.
        """
        if imported.top in table() or not (names := _next(imported)):
            return False
        folders = [f"{place}/{imported.top}".lstrip("/") for place in above(folder)]
        return any(all((place, name) in self.beside for name in names) for place in folders)

    def holds_anywhere(self, imported: Import) -> bool:
        """Whether some folder of the course has this name, and the module in it: what the name alone says,
        in a table or on an index, is not what is meant here.
        """
        names = _next(imported)
        return bool(names) and all((imported.top, name) in self.inside for name in names)

    def is_somewhere(self, name: str) -> bool:
        """Whether some file of the course is a module of this name."""
        return name in self.anywhere

    def may_be(self, name: str) -> bool:
        """Whether some file of the course would be imported by this name and nothing before it."""
        return name in self.alone


def own_modules(tree: Tree, sources: tuple[Source, ...]) -> OwnModules:
    """The course's own: files, packages (a folder that has an `__init__.py`, or code in it), and
    what a cell writes.
    """
    beside: set[tuple[str, str]] = set()
    anywhere: set[str] = set()
    inside: set[tuple[str, str]] = set()
    for name in tree.ending(*SUFFIXES):
        file = PurePosixPath(name)
        stem, folder = file.name.partition(".")[0], _folder(file)
        parents = [each.name for each in file.parents]
        inside.update((parents[at + 1], parents[at]) for at in range(len(parents) - 1))
        if stem == "__init__":
            beside.add((_folder(file.parent), file.parent.name))
            anywhere.add(file.parent.name)
            continue
        names = {stem, f"{stem}_pb2", f"{stem}_pb2_grpc"} if file.suffix == ".proto" else {stem}
        beside.update((folder, each) for each in names)
        inside.update((file.parent.name, each) for each in names)
        anywhere.update(names)
    beside |= (written := {*_written(sources)})
    anywhere.update(stem for _, stem in written)
    packages = _packages(tree)
    return OwnModules(
        frozenset(beside),
        frozenset(anywhere),
        frozenset(inside),
        frozenset(name for place, name in beside if place not in packages),
    )


def _written(sources: tuple[Source, ...]) -> Iterator[tuple[str, str]]:
    """The folder and the name of each module that a cell writes."""
    for source in sources:
        for written in source.writes:
            if written.endswith(COMPILED):
                yield source.folder, PurePosixPath(written).stem


def _packages(tree: Tree) -> frozenset[str]:
    """The folders whose files are imported by the folder's name before their own."""
    return frozenset(_folder(PurePosixPath(name)) for name in tree.named("__init__.py")) - {""}


def _next(imported: Import) -> tuple[str, ...]:
    """What is looked for in the outermost package: the next part, or what is taken from it."""
    return tuple(imported.module.split(".")[1:2]) or imported.names


def above(folder: str) -> list[str]:
    """The folder and all above it, down to the course's, which is empty."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:length]) for length in range(len(parts) + 1)]


def _folder(file: PurePosixPath) -> str:
    above = str(file.parent)
    return "" if above == "." else above
