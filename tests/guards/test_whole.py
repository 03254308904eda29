"""What `scripts/test` plays is over in eight minutes, and still has one story of each kind."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
FOLDERS = ("stories", "bootstrap", "third_party", "reach")

# Modules of which `scripts/test` plays nothing, and the module in which one of their kind stays.
ELSEWHERE = {
    "tests.stories.test_rehearsal_ways": "tests.stories.test_rehearsal",
    "tests.stories.broken.test_network_settings": "tests.stories.broken.test_server",
    "tests.stories.broken.test_notebook_damaged": "tests.stories.broken.test_jupyter",
    "tests.stories.broken.test_own_words": "tests.stories.broken.test_jupyter",
    "tests.stories.broken.test_other_systems": "tests.stories.broken.test_conda",
    "tests.stories.test_class_interface": "tests.stories.test_class_server",
    "tests.stories.test_class_together": "tests.stories.test_class_server",
    "tests.stories.test_class_two_servers": "tests.stories.test_class_server",
    "tests.stories.test_conda_for_real": "tests.stories.broken.test_conda",
    "tests.stories.test_another_projects": "tests.stories.broken.test_which_python",
    "tests.stories.test_kept_elsewhere": "tests.stories.broken.test_which_python",
    "tests.stories.test_what_is_read": "tests.stories.broken.test_server",
    "tests.stories.test_hosts": "tests.stories.test_healthy",
    "tests.stories.test_lines_of_pages": "tests.stories.test_site",
    "tests.stories.test_taken_back": "tests.stories.broken.test_kernel",
    "tests.stories.test_mounted": "tests.stories.test_healthy",
    "tests.stories.test_uv_workspace": "tests.stories.test_projects",
    "tests.bootstrap.test_alone": "tests.bootstrap.test_run_envcheck",
    "tests.reach.test_release": "tests.reach.test_from_an_index",
    "tests.reach.test_vendored": "tests.reach.test_from_an_index",
    "tests.reach.test_ways": "tests.reach.test_from_an_index",
    "tests.reach.test_class_extra": "tests.reach.test_from_an_index",
    "tests.bootstrap.test_lock": "tests.bootstrap.test_run_envcheck",
}
# These take three or four seconds of the processor each, and two processors have five minutes for
# them.
MOST = 180


def marks_of(place: Any) -> list[pytest.Mark]:
    """The marks of a module or a function, one or a list of them."""
    marks = getattr(place, "pytestmark", [])
    decorators: list[Any] = marks if isinstance(marks, list) else [marks]
    return [getattr(mark, "mark", mark) for mark in decorators]


def staying(mark: pytest.Mark) -> int:
    """How many values of this `parametrize` are not marked `whole`."""
    values = [getattr(value, "marks", ()) for value in mark.args[1]]
    return sum("whole" not in {getattr(mark, "name", "") for mark in marks} for marks in values)


def stories(module: ModuleType) -> Iterator[int]:
    """Of each slow test of the module: how often `scripts/test` plays it."""
    for name, test in vars(module).items():
        if not name.startswith("test_") or getattr(test, "__module__", "") != module.__name__:
            continue
        marks = [*marks_of(module), *marks_of(test)]
        names = {mark.name for mark in marks}
        if "slow" in names:
            values = [staying(mark) for mark in marks if mark.name == "parametrize"]
            yield 0 if "whole" in names else math.prod(values)


@cache
def played() -> dict[str, int]:
    """How many slow tests of each module `scripts/test` plays."""
    counted = {}
    for file in sorted(file for folder in FOLDERS for file in TESTS.glob(f"{folder}/**/test_*.py")):
        name = ".".join(file.relative_to(TESTS.parent).with_suffix("").parts)
        if "course" not in file.relative_to(TESTS).parts and (
            tests := [*stories(importlib.import_module(name))]
        ):
            counted[name] = sum(tests)
    return counted


def test_one_of_each_kind_stays() -> None:
    """A newcomer's run meets each kind of machine once."""
    none = {name for name, count in played().items() if not count}
    assert none == {*ELSEWHERE}, (
        "all tests of a module are marked `whole`: take the mark off the cheapest one, or name in "
        "ELSEWHERE the module in which one of its kind stays"
    )
    assert [name for name in ELSEWHERE.values() if not played()[name]] == []


def test_a_newcomer_waits_eight_minutes() -> None:
    """What else there is, CI plays."""
    count = sum(played().values())
    assert count <= MOST, (
        f"`scripts/test` plays {count} slow stories: mark those `whole` of whose kind one stays"
    )
