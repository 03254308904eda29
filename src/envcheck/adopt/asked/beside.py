"""What a course says beside its notebooks and its lists of packages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from envcheck.adopt.asked import images
from envcheck.adopt.asked.checkers import Row, checked
from envcheck.adopt.asked.machine import Port, Program, ports, programs
from envcheck.adopt.reading.installing import of, of_elsewhere
from envcheck.adopt.reading.tree import Tree, named_from
from envcheck.adopt.reading.variables import Variable, in_examples
from envcheck.versions import name_of, normal_name

LIST = re.compile(
    r"\bpip3?[ \t]+install[ \t](?:.*[ \t])?(?:-r|--requirement)[ =]?[ \t]*[\"']?([^\s\"']+)"
)


@dataclass(frozen=True)
class Beside:
    """`programs` and `ports` are for who follows the course's texts; `checked` is what a checker of its
    own looks for, `examples` what a `.env.example` leaves open, `lists` what a devcontainer installs from.
    """

    programs: tuple[Program, ...] = ()
    ports: tuple[Port, ...] = ()
    checked: tuple[Row, ...] = ()
    examples: tuple[Variable, ...] = ()
    lists: frozenset[str] = frozenset()

    @property
    def by_name(self) -> frozenset[str]:
        """What the course itself installs by name, normalised."""
        return frozenset(normal_name(row.name) for row in self.checked if row.is_certain)


def beside(tree: Tree, *, elsewhere: bool = False) -> Beside:
    """All of it. `elsewhere`: the course installs from another index than the public one."""
    made = [*images.typed(tree)]
    rows = (*checked(tree), *_installed(made, elsewhere))
    return Beside(programs(tree), ports(tree), rows, in_examples(tree), frozenset(_lists(made)))


def _installed(made: Iterable[images.Typed], elsewhere: bool) -> Iterator[Row]:
    """What is installed by name where a devcontainer is made."""
    for each in made:
        rows = (of_elsewhere(row) if elsewhere else row for row in of(each.text))
        for text in (name for row in rows for name in row.names):
            lowest = re.search(r">=\s*([\d.]+)", text)
            minimum = lowest[1] if lowest else ""
            name = name_of(text).partition("[")[0]
            yield Row(name, each.file, each.line, minimum=minimum, is_certain=True)


def _lists(made: Iterable[images.Typed]) -> Iterator[str]:
    """The lists that are installed there, by their paths in the course."""
    for each in made:
        yield from (named_from("", match[1]) for match in LIST.finditer(each.text))
