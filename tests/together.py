"""Which tests stand beside each other. Workers are given tests in the order in which they stand, so
that what such tests need is made by one of several workers, mostly: the source is parsed by who reads
it, which takes a second, and a PostgreSQL server is started by who asks one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

SOURCE = "tests.guards.source"
ON_DATABASES = str(Path(__file__).parent / "unit" / "class_server")
Test = TypeVar("Test", bound=pytest.Item)


def in_order(tests: Sequence[Test]) -> list[Test]:
    """All tests: those of a group where chance has put its first, among themselves as chance has them."""
    kinds: dict[object, str] = {}
    groups: dict[str, list[Test]] = {}
    found: list[Test | list[Test]] = []
    for test in tests:
        module = getattr(test, "module", None)
        if module not in kinds:
            kinds[module] = _kind(module)
        if not (kind := kinds[module]):
            found.append(test)
        elif kind in groups:
            groups[kind].append(test)
        else:
            found.append(groups.setdefault(kind, [test]))
    return [test for part in found for test in (part if isinstance(part, list) else [part])]


def _kind(module: ModuleType | None) -> str:
    """What the tests of a module share, if they do."""
    if str(getattr(module, "__file__", "")).startswith(ON_DATABASES):
        return "databases"
    names = vars(module).values() if module is not None else ()
    reads = any(
        SOURCE in (getattr(value, "__module__", ""), getattr(value, "__name__", ""))
        for value in names
    )
    return "source" if reads else ""
