"""What a course says beside its notebooks and its lists of packages."""

from __future__ import annotations

from dataclasses import dataclass

from envcheck.adopt.checkers import Row, checked
from envcheck.adopt.machine import Port, Program, ports, programs
from envcheck.adopt.tree import Tree
from envcheck.adopt.variables import Variable, in_examples


@dataclass(frozen=True)
class Beside:
    """`programs` and `ports` are for who follows the course's texts; `checked` is what a checker of its
    own looks for, `examples` what a `.env.example` leaves open.
    """

    programs: tuple[Program, ...] = ()
    ports: tuple[Port, ...] = ()
    checked: tuple[Row, ...] = ()
    examples: tuple[Variable, ...] = ()


def beside(tree: Tree) -> Beside:
    """All of it."""
    return Beside(programs(tree), ports(tree), checked(tree), in_examples(tree))
