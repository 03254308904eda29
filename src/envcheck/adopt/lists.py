"""Which files of the course list what learners install, and what they list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from envcheck.adopt.tree import Tree
from envcheck.declared.declared import Declared
from envcheck.declared.reading import read
from envcheck.errors import UsageProblem
from envcheck.versions import name_of, normal_name

LIST = re.compile(
    r"(?:requirements[\w.-]*\.(?:txt|in)|(?:environment|conda)[\w.-]*\.ya?ml|pyproject\.toml|Pipfile"
    r"|setup\.cfg|pixi\.toml)",
    re.IGNORECASE,
)
OF_AUTHORS = re.compile(
    r"(?:^|[-_./])(?:dev|develop\w*|tests?|testing|docs?|lint|ci|build|website)(?:[-_./]|$)"
)
# Folders in which a course keeps what it installs, when it is not at the root.
SETUP = re.compile(
    r"(?:^|[-_/.0-9])(?:install\w*|set-?up|env\w*|binder|conda|requirements|config)(?:[-_/]|$)",
    re.I,
)


@dataclass(frozen=True)
class Listing:
    """A file that can be read, with what it lists."""

    name: str
    packages: tuple[Declared, ...]
    pythons: tuple[
        Any, ...
    ] = ()  # with their `versions`, `file` and `line`, where the reader gives them

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @property
    def names(self) -> frozenset[str]:
        """Of its packages, normalised; of conda's also as conda calls them."""
        names = {name_of(row.requirement) for row in self.packages}
        names |= {getattr(row, "conda", "") for row in self.packages} - {""}
        return frozenset(map(normal_name, names))


@dataclass(frozen=True)
class Lists:
    """`of_all` hold for the whole course, `of_chapters` for the folder that they lie in; `broken` are
    those that cannot be read, each with the message that says where.
    """

    of_all: tuple[Listing, ...]
    of_chapters: tuple[Listing, ...]
    broken: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All that the whole course declares, normalised."""
        return frozenset(name for listing in self.of_all for name in listing.names)

    def names_for(self, folder: str) -> frozenset[str]:
        """The same, with what the lists of this folder and those around it add."""
        near = [
            listing
            for listing in self.of_chapters
            if f"{folder}/".startswith(f"{listing.folder}/")
            or f"{listing.folder}/".startswith(f"{folder}/")
        ]
        return self.names.union(*(listing.names for listing in near))


def lists(tree: Tree) -> Lists:
    """The course's lists, read."""
    names = [
        name
        for name in tree.files
        if LIST.fullmatch(name.rpartition("/")[2]) and not _is_of_authors(name)
    ]
    read_lists: list[Listing] = []
    broken: list[str] = []
    for name in names:
        try:
            listing = _listing(tree, name)
        except UsageProblem as problem:
            broken.append(str(problem).removeprefix(f"{tree.root}/"))
            continue
        if listing.packages or listing.pythons:
            read_lists.append(listing)
    of_all = [listing for listing in read_lists if _is_of_all(listing.name)]
    if not of_all:
        of_all = [listing for listing in read_lists if SETUP.search(listing.folder)]
    others = [listing for listing in read_lists if listing not in of_all]
    return Lists(_without_named(of_all), tuple(others), tuple(broken))


def _listing(tree: Tree, name: str) -> Listing:
    rows: Any = read(tree.root, name)
    packages = rows.packages if hasattr(rows, "packages") else rows
    return Listing(name, tuple(packages), tuple(getattr(rows, "pythons", ())))


def _is_of_authors(name: str) -> bool:
    return OF_AUTHORS.search(name.lower().rpartition(".")[0]) is not None


def _is_of_all(name: str) -> bool:
    return name.rpartition("/")[0] in ("", "binder", ".binder")


def _without_named(listings: list[Listing]) -> tuple[Listing, ...]:
    """Without the lists that another of them names, and so reads."""
    named: set[str] = set()
    for listing in listings:
        files = {row.file for row in listing.packages} | {row.file for row in listing.pythons}
        named |= files - {listing.name}
    return tuple(listing for listing in listings if listing.name not in named)
