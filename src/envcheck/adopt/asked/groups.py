"""Extras, dependency groups and features: lists inside a list, which are asked for by a name of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from envcheck.adopt.asked.alternatives import Listing
from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.asked.of_authors import WORDS
from envcheck.adopt.asked.variants import is_for_some
from envcheck.adopt.reading.tree import Tree
from envcheck.declared.reading import GROUPED, look

MOST = 40  # of one file
# Whoever takes the course is not asked to build its pages or to test it.
OF_AUTHORS = re.compile(rf"(?:^|[-_.])(?:{WORDS}|typing)(?:[-_.]|$)")


def groups(tree: Tree, names: Iterable[str]) -> tuple[Listing, ...]:
    """Those of these files, each named as a course file asks for it."""
    return tuple(_groups(tree, names))


def _groups(tree: Tree, names: Iterable[str]) -> Iterator[Listing]:
    for name in names:
        if name.rpartition("/")[2] in GROUPED:
            for group in look(tree.root, name).groups[:MOST]:
                inside = f"{name}[{group.name}]"
                declared = look(tree.root, inside)
                if declared.packages and not declared.unread:
                    yield Listing(inside, declared.packages)


def asked_groups(
    named: Sequence[Listing], at_hand: Collection[str], imported: Collection[str]
) -> list[Listing]:
    """Those that alone have something that the course imports, and that no list for all has, but for
    those of some machines.
    """
    missing = {*imported} - with_brought(frozenset(at_hand))
    holders = [[group for group in named if name in group.names] for name in sorted(missing)]
    alone = [each[0] for each in holders if len(each) == 1 and not _is_for_others(each[0])]
    return [group for group in named if group in alone]


def _is_for_others(group: Listing) -> bool:
    name = group.name.partition("[")[2].rstrip("]").lower()
    return OF_AUTHORS.search(name) is not None or is_for_some(name)
