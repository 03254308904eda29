"""The course's own files that learners meet by what they run: what a helper imports, its notebook needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from envcheck.adopt.needed.distributions import BUILT_IN, Names
from envcheck.adopt.needed.own_modules import above
from envcheck.adopt.reading.imports import Import
from envcheck.adopt.reading.sources import Source, script
from envcheck.adopt.reading.tree import Tree, named_from
from envcheck.module_names import table


@dataclass(frozen=True)
class Following:
    """The files of Python of a course, and the folders that each module lies in by its name; its sources by
    theirs. `listed` is all that a list or a cell installs by name: what that needs comes along, and a file elsewhere
    in the course is not what is imported.
    """

    tree: Tree
    listed: frozenset[str]
    files: frozenset[str]
    places: dict[str, set[str]]
    sources: dict[str, Source]

    def all_of(self, sources: Iterable[Source]) -> list[Source]:
        """These, and each file once that one of them imports or runs, or one of those."""
        waiting = [*sources]
        reached = {source.name: source for source in waiting}
        while waiting:
            source = waiting.pop(0)
            for path, name in self._next(source):
                if name not in reached:
                    own = self._read(name)
                    reached[name] = replace(own, near=source.for_lists, path=path)
                    waiting.append(reached[name])
        return [*reached.values()]

    def _next(self, source: Source) -> Iterator[tuple[str | None, str]]:
        """Each file, with the folder from which Python looks for what it imports in turn: none but its own for
        what is run.
        """
        for use in source.uses:
            if not use.imported.optional:
                yield from self._imported(source.searched, use.imported)
        for each in source.inside:
            if not each.optional:
                yield from ((source.searched, name) for name in self._inside(source.folder, each))
        for name in source.runs:
            places = (named_from(folder, name) for folder in (source.folder, ""))
            there = (place for place in places if place in self.files or place in self.sources)
            yield from [(None, place) for place in there][:1]

    def _imported(self, folder: str, imported: Import) -> list[tuple[str | None, str]]:
        """The files that an import reads: those in the folder or above it, else the only ones of that name, where
        no package is called so.
        """
        if imported.top in BUILT_IN:
            return []
        parts = imported.module.split(".")
        listed = Names(self.listed).distribution(imported) in self.listed
        for place in [folder] if listed else reversed(above(folder)):
            if files := self._below(place, parts, imported.names):
                return [(place, file) for file in files if self._is_module(place, imported.top)]
        if imported.top in table() or listed:
            return []
        places = self.places.get(imported.top, set())
        if len(places) != 1:
            return []  # nobody can tell which
        (place,) = places
        return [(place, file) for file in self._below(place, parts, imported.names)]

    def _is_module(self, place: str, top: str) -> bool:
        """Whether Python takes it from here: a folder alone gives way to an installed package."""
        path = f"{place}/{top}".lstrip("/")
        return top not in table() or bool({f"{path}.py", f"{path}/__init__.py"} & self.files)

    def _inside(self, folder: str, imported: Import) -> list[str]:
        """The same for an import with dots in front."""
        name = imported.module.lstrip(".")
        ups = len(imported.module) - len(name) - 1
        parts = folder.split("/") if folder else []
        if ups > len(parts):
            return []
        return self._below("/".join(parts[: len(parts) - ups]), name.split(".") if name else [], imported.names)  # fmt: skip

    def _below(self, place: str, parts: list[str], names: tuple[str, ...]) -> list[str]:
        paths = ["/".join([place, *parts[:length]]).lstrip("/") for length in range(1, len(parts) + 1)]  # fmt: skip
        last = "/".join([place, *parts]).lstrip("/")
        paths += [f"{last}/{name}".lstrip("/") for name in names]
        every = (f"{path}{end}" for path in paths for end in (".py", "/__init__.py"))
        return [name for name in every if name in self.files]

    def _read(self, name: str) -> Source:
        if name not in self.sources:
            self.sources[name] = script(self.tree, name)
        return self.sources[name]


def following(tree: Tree, listed: frozenset[str], sources: Iterable[Source]) -> Following:
    """What can be followed in a course."""
    files, places = tree.ending(".py"), dict[str, set[str]]()
    for name in files:
        module, _, last = name.removesuffix("/__init__.py").rpartition("/")
        places.setdefault(last.removesuffix(".py"), set()).add(module)
    return Following(tree, listed, frozenset(files), places, {row.name: row for row in sources})
