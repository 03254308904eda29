"""Of two lists for the same learners one is asked for: who installed by one of them has not what the
other has besides, and is ready all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.reading.addressed import addressed
from envcheck.adopt.reading.extras import with_more
from envcheck.declared.declared import Declared, DeclaredPython, EnvironmentName, LeftOut
from envcheck.module_names import same
from envcheck.versions import at_least, extras_of, name_of, normal_name


@dataclass(frozen=True)
class Listing:
    """A file that can be read, with what it lists. `is_locked`: a file beside it fixes all versions,
    so that its own tool is how the course is installed. `nameless`: what it takes from an address
    alone; `makes`: how a list of conda's calls the environment.
    """

    name: str
    packages: tuple[Declared, ...]
    pythons: tuple[DeclaredPython, ...] = ()
    is_locked: bool = False
    nameless: tuple[LeftOut, ...] = ()
    makes: tuple[EnvironmentName, ...] = ()

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @cached_property
    def distributions(self) -> frozenset[str]:
        """Of its packages, normalised."""
        return frozenset(normal_name(name_of(row.requirement)) for row in self.packages)

    @cached_property
    def names(self) -> frozenset[str]:
        """The same; of conda's also as conda calls them, and what an address may bring."""
        conda = {normal_name(row.conda) for row in self.packages if row.conda}
        return self.distributions | conda | {addressed(row) for row in self.nameless}

    @cached_property
    def more(self) -> frozenset[str]:
        """Those that bring more than their name says."""
        return with_more(self.packages)

    @cached_property
    def extras(self) -> frozenset[str]:
        """All that its packages are asked for with."""
        return frozenset(name for row in self.packages for name in extras_of(row.requirement))

    @cached_property
    def of_index(self) -> frozenset[str]:
        """Those that an index certainly calls so."""
        rows = (row.requirement for row in self.packages if row.on_index)
        return frozenset(normal_name(name_of(row)) for row in rows)


def without_named(listings: list[Listing]) -> tuple[Listing, ...]:
    """Without the lists that another of them names, and so reads."""
    named: set[str] = set()
    for listing in listings:
        files = {row.file for row in listing.packages} | {row.file for row in listing.pythons}
        named |= files - {listing.name}
    return tuple(listing for listing in listings if listing.name not in named)


def without_alternatives(
    listings: Sequence[Listing], imported: frozenset[str]
) -> tuple[list[Listing], list[Listing]]:
    """Those that are asked for, and those that another one of them stands for: it shares at least half
    of the packages, and has all that the course imports of them.
    """
    kept = list(listings)
    for listing in sorted(listings, key=lambda each: _rank(each, imported), reverse=True):
        others = [each for each in kept if each is not listing]
        if any(_stands_for(other, listing, imported) for other in others):
            kept = others
    return kept, [listing for listing in listings if listing not in kept]


def _rank(listing: Listing, imported: frozenset[str]) -> tuple[bool, bool, int, bool, str]:
    """What is asked for first: the list of the tool in use, one that is not Binder's alone, the one
    with the least besides, pip's.
    """
    besides, is_condas = (
        len(listing.distributions - imported),
        listing.name.endswith(("yml", "yaml", "pixi.toml")),
    )
    return not listing.is_locked, "binder/" in listing.name, besides, is_condas, listing.name


def _stands_for(listing: Listing, other: Listing, imported: frozenset[str]) -> bool:
    has = with_brought(listing.names)
    shared = len(has & other.distributions)
    smaller = min(len(listing.distributions), len(other.distributions))
    needed = {same(name) for name in with_brought(other.names) & imported}
    return shared > 0 and 2 * shared >= smaller and needed <= {same(name) for name in has}


def python_of(listings: Sequence[Listing]) -> DeclaredPython | None:
    """The Python of the first list that says one, an exact version as the lowest."""
    row = next((row for listing in listings for row in listing.pythons), None)
    if row is None:
        return None
    versions = row.versions
    if versions.startswith("==") and "," not in versions:
        versions = at_least(versions.lstrip("= ")) or versions
    return DeclaredPython(versions, row.file, row.line)
