"""Which files of the course list what learners install, and what they list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from envcheck import foreign_file
from envcheck.adopt.asked.alternatives import Listing, without_alternatives, without_named
from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.asked.groups import asked_groups, groups
from envcheck.adopt.asked.of_authors import is_of_authors
from envcheck.adopt.asked.variants import is_unused, variants
from envcheck.adopt.reading.addressed import addressed
from envcheck.adopt.reading.tree import LIST, Tree, downwards
from envcheck.declared.declared import Unread
from envcheck.declared.reading import look
from envcheck.module_names import table

# A folder at the root in which a course keeps what it installs.
SETUP = re.compile(
    r"(?:[^/]*[-_.0-9])?(?:install\w*|set-?up|env\w*|binder|conda|requirements|config|devcontainer)"
    r"(?:[-_][^/]*)?(?:/[^/]+)?",
    re.I,
)
MOST_BYTES = 50_000
LOCKS = {
    "pyproject.toml": ("uv.lock", "poetry.lock", "pdm.lock"),
    "pixi.toml": ("pixi.lock",),
    "pipfile": ("Pipfile.lock",),
}


@dataclass(frozen=True)
class Lists:
    """`of_all` hold for the whole course, `of_chapters` for the folder that they lie in; `unused` name
    nothing that the course imports; for `alternatives` one of `of_all` stands; `broken` are those that
    cannot be read, each with where and why; `groups` are extras and the like that nobody is asked for;
    `pythons` name a Python alone, where a list of packages names one too; `variants` are for some machines.
    """

    of_all: tuple[Listing, ...]
    of_chapters: tuple[Listing, ...]
    broken: tuple[Unread, ...] = ()
    alternatives: tuple[Listing, ...] = ()
    unused: tuple[Listing, ...] = ()
    groups: tuple[Listing, ...] = ()
    pythons: tuple[Listing, ...] = ()
    variants: tuple[Listing, ...] = ()
    _names_for: dict[str, frozenset[str]] = field(default_factory=dict, init=False, compare=False)

    @property
    def for_all(self) -> tuple[Listing, ...]:
        """All that say something to whoever takes the course, each once."""
        each = (*self.of_all, *self.alternatives, *self.pythons)
        return tuple(dict.fromkeys(each))

    @cached_property
    def names(self) -> frozenset[str]:
        """All that the whole course declares, normalised."""
        return _names(self.of_all)

    @cached_property
    def at_hand(self) -> frozenset[str]:
        """The same, with what comes along."""
        return with_brought(self.names | _extras(self.of_all))

    @cached_property
    def named_anywhere(self) -> frozenset[str]:
        """All that any list of the course names, normalised."""
        return _names(self._every)

    @cached_property
    def of_no_index(self) -> frozenset[str]:
        """What lists take from an address, a folder or from conda alone: an index may have a stranger's package of
        that name.
        """
        certain = {name for listing in self._every for name in listing.of_index}
        return self.named_anywhere - certain - {*table().values()}

    @property
    def files(self) -> tuple[str, ...]:
        """All that were read or could not be, by their names."""
        others = (*self.for_all, *self.unused, *self._every)
        return (*(row.name for row in others), *(row.file for row in self.broken))

    @property
    def _every(self) -> tuple[Listing, ...]:
        return (*self.of_all, *self.of_chapters, *self.groups, *self.variants)

    @cached_property
    def _at(self) -> dict[str, list[Listing]]:
        return _grouped((row.folder, row) for row in self.of_chapters)

    @cached_property
    def _at_or_below(self) -> dict[str, list[Listing]]:
        return _grouped((at, row) for row in self.of_chapters for at in downwards(row.folder))

    def near(self, folder: str) -> list[Listing]:
        """The lists of chapters that lie in this folder, in one around it or in one below it."""
        around = (row for place in downwards(folder)[:-1] for row in self._at.get(place, ()))
        each = (*around, *self._at_or_below.get(folder, ()))
        return sorted(each, key=lambda row: row.name)

    def names_for(self, folder: str) -> frozenset[str]:
        """All that the whole course declares, with what the lists near this folder add."""
        if folder not in self._names_for:
            self._names_for[folder] = self.names | _names(self.near(folder))
        return self._names_for[folder]

    def brought_for(self, folder: str) -> frozenset[str]:
        """The same, with what comes along."""
        return with_brought(self.names_for(folder) | _extras(self.near(folder))) | self.at_hand

    def more_for(self, folder: str) -> frozenset[str]:
        """What of it brings more than its name says."""
        each = (*self.of_all, *self.near(folder))
        return frozenset(name for listing in each for name in listing.more)

    def without(self, away: Collection[str]) -> Lists:
        """Without the files of these names, whatever they were taken for."""
        kinds = (each.name for each in fields(self) if each.init and each.name != "broken")
        kept: dict[str, Any] = {
            kind: tuple(r for r in getattr(self, kind) if r.name not in away) for kind in kinds
        }
        broken = tuple(row for row in self.broken if row.file not in away)
        return replace(self, broken=broken, **kept)


def _grouped(rows: Iterable[tuple[str, Listing]]) -> dict[str, list[Listing]]:
    groups: dict[str, list[Listing]] = {}
    for place, row in rows:
        groups.setdefault(place, []).append(row)
    return groups


def _names(listings: Iterable[Listing]) -> frozenset[str]:
    return frozenset(name for listing in listings for name in listing.names)


def _extras(listings: Iterable[Listing]) -> frozenset[str]:
    return frozenset(name for listing in listings for name in listing.extras)


def lists(
    tree: Tree,
    imported: frozenset[str],
    folders: frozenset[str],
    installed: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
) -> Lists:
    """The course's lists, read. `imported` is what any of its files imports, as it may be called in a
    list; `folders` are those of its chapters; from those `installed` its own container is made, and from those
    `named` cells of its notebooks install.
    """
    every, broken = _read(tree, installed | named)
    for_some = _variants(every, imported)
    read_lists = [each for each in every if each not in for_some]
    of_all = [each for each in read_lists if _is_of_all(each.name) or each.name in installed]
    if not of_all:
        of_all = [listing for listing in read_lists if SETUP.fullmatch(listing.folder)]
    if not of_all and len(read_lists) == 1 and _is_of_no_part(tree, read_lists[0], folders):
        of_all = read_lists
    unused = [listing for listing in of_all if imported and is_unused(listing, imported)]
    used = [listing for listing in of_all if listing not in unused]
    alone = [listing for listing in used if not (listing.packages or listing.nameless)]
    if any(listing.packages and listing.pythons for listing in used):
        used = [each for each in used if each not in alone]  # else two files say one Python
    kept, alternatives = without_alternatives(without_named(used), imported)
    inside = groups(tree, (name for name in tree.files if _is_of_all(name)))
    asked = asked_groups(inside, _names(kept), imported)
    return Lists(
        (*kept, *asked),
        tuple(listing for listing in read_lists if listing not in of_all),
        tuple(broken),
        tuple(alternatives),
        tuple(unused),
        tuple(group for group in inside if group not in asked),
        tuple(listing for listing in alone if listing not in used),
        tuple(for_some),
    )


def _variants(every: Iterable[Listing], imported: frozenset[str]) -> list[Listing]:
    """Those for some machines, beside the others of their place."""
    places = _grouped(("" if _is_of_all(each.name) else each.folder, each) for each in every)
    return [each for beside in places.values() for each in variants(beside, imported)]


def _read(tree: Tree, installed: frozenset[str]) -> tuple[list[Listing], list[Unread]]:
    """Every list that learners may install from, and those that cannot be read."""
    read_lists: list[Listing] = []
    broken: list[Unread] = []
    for name in tree.files:
        last = name.rpartition("/")[2]
        named = LIST.fullmatch(last) or (name in installed and name.endswith((".txt", ".in")))
        if (named or _is_condas(tree, name)) and not is_of_authors(tree, name):
            listing = _listing(tree, name)
            if isinstance(listing, Unread):
                broken.append(listing)
            elif listing.packages or listing.pythons or listing.nameless:
                read_lists.append(listing)
    return read_lists, broken


def _listing(tree: Tree, name: str) -> Listing | Unread:
    """What a file lists; a whole file of another purpose lists nothing."""
    declared = look(tree.root, name)
    for unread in declared.unread:
        if not unread.of_another_purpose:
            return unread
    folder, _, last = name.rpartition("/")
    locks = LOCKS.get(last.lower(), ())
    locked = any(tree.has(f"{folder}/{lock}".lstrip("/")) for lock in locks)
    nameless = tuple(row for row in declared.left_out if addressed(row))
    return Listing(name, declared.packages, declared.pythons, locked, nameless, declared.names)


def _is_of_no_part(tree: Tree, listing: Listing, folders: frozenset[str]) -> bool:
    """Whether it belongs neither to one chapter of several, nor to a project beside the course."""
    inside = any(listing.name.startswith(f"{folder}/") for folder in folders)
    scripts = any(
        name.startswith(f"{listing.folder}/") and name.endswith(".py") for name in tree.files
    )
    beside = listing.name.endswith(".toml") or (scripts and listing.folder not in folders)
    return len(folders) < 2 or not (inside or beside)


def _is_condas(tree: Tree, name: str) -> bool:
    """Whether a file at the root lists packages for conda, under a name of the author's."""
    if not _is_of_all(name) or not name.endswith((".yml", ".yaml")):
        return False
    text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
    return all(re.search(rf"^{key}:[ \t]*$", text, re.M) for key in ("channels", "dependencies"))


def _is_of_all(name: str) -> bool:
    return name.rpartition("/")[0] in ("", "binder", ".binder")
