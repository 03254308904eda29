"""What all files of a course together import and install."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from envcheck.adopt.asked.lists import Lists
from envcheck.adopt.dividing.lessons import followed
from envcheck.adopt.needed.distributions import BUILT_IN, possible
from envcheck.adopt.needed.following import following
from envcheck.adopt.needed.needs import Course
from envcheck.adopt.needed.own_modules import own_modules
from envcheck.adopt.reading import indexes
from envcheck.adopt.reading.installing import of_elsewhere
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.adopt.reading.sources import Source, sources
from envcheck.adopt.reading.tree import Tree, named_from


@dataclass(frozen=True)
class Everything:
    """What is followed or run, the prose beside it, and what could not be read. `elsewhere`: learners install
    from another index than the public one.
    """

    sources: tuple[Source, ...]
    prose: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...]
    elsewhere: bool


def everything(tree: Tree) -> Everything:
    """All files of the course, read."""
    every, unreadable = sources(tree)
    kept, prose = followed(every)
    elsewhere = has_own_index(tree, kept)
    return Everything(by_index(kept) if elsewhere else kept, prose, unreadable, elsewhere)


def course(
    tree: Tree, lists: Lists, by_name: frozenset[str], sources: tuple[Source, ...]
) -> Course:
    """What all chapters are judged by. Whether a name that cells take from an address, too, is the same
    package's on an index, nobody knows.
    """
    named = by_name | (installed(sources) - fetched(sources))
    own = own_modules(tree, sources)
    follow = following(tree, lists.named_anywhere | named, sources)
    return Course(lists, own, follow, named, fitting(sources))


def has_own_index(tree: Tree, sources: Iterable[Source]) -> bool:
    """Whether learners install from another index than the public one: that may have a stranger's package of a
    name that nobody verified.
    """
    return any(source.installs.sets_index for source in sources) or indexes.is_set_in(tree)


def by_index(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The same, where what they install by a name that nobody verified is no package of the public index's."""
    return tuple(replace(each, installs=of_elsewhere(each.installs)) for each in sources)


def imported(sources: Iterable[Source]) -> frozenset[str]:
    """What the course imports, by every name under which a list may have it."""
    uses = {(use.imported.module, use.imported.names): use.imported for source in sources for use in source.uses}  # fmt: skip
    return frozenset(
        name for each in uses.values() if each.top not in BUILT_IN for name in possible(each)
    )


def installed(sources: Iterable[Source]) -> frozenset[str]:
    """What cells of the course's install by name, normalised."""
    return frozenset(name for source in sources for name in source.installs.by_name)


def listed(tree: Tree, sources: Iterable[Source]) -> frozenset[str]:
    """The course's lists that cells install from, by their paths from the notebook or from the course."""
    named = {(source.folder, name) for source in sources for name in source.installs.lists}
    paths = {named_from(place, name) for folder, name in named for place in (folder, "")}
    return frozenset(paths & {*tree.files})


def fetched(sources: Iterable[Source]) -> frozenset[str]:
    """What may be called so that cells take from an address."""
    return frozenset(name for source in sources for name in source.installs.fits)


def fitting(sources: Iterable[Source]) -> frozenset[str]:
    """The same, and what they install by conda, by its name there."""
    every = [*sources]
    return fetched(every) | {name for source in every for name in source.installs.of_conda}
