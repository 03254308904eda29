"""Tests that share something that takes long to make stand together, so that few workers make it."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, NamedTuple

from tests.guards import source
from tests.together import in_order


class One(NamedTuple):
    """A test, as far as its place is decided by it."""

    module: ModuleType
    number: int


def module(file: str = "", **names: object) -> ModuleType:
    made = ModuleType("m")
    made.__dict__.update(names, __file__=str(source.ROOT / "tests" / file))
    return made


def test_each_group_stands_where_its_first_stood() -> None:
    """And nothing else moves; nothing is lost."""
    plain = module("unit/test_a.py")
    reads, reads_all = module("unit/test_b.py", tree=source.tree), module(source=source)
    asks = module("unit/class_server/store/test_c.py")
    rows = (plain, reads, asks, plain, reads_all, plain, asks, reads)
    tests: list[Any] = [One(each, number) for number, each in enumerate(rows)]
    assert [test.number for test in in_order(tests)] == [0, 1, 4, 7, 2, 6, 3, 5]


def test_who_reads_the_source_is_seen() -> None:
    """This module does, and so do the guards."""
    own = One(sys.modules[__name__], 1)
    plain = One(module(), 0)
    guards: list[Any] = [own, plain, One(module(nodes=source.nodes), 2)]
    assert [test.number for test in in_order(guards)] == [1, 2, 0]
