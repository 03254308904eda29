"""The checks of the keys that stand beside packages and notebooks, in the order of a first evening."""

from __future__ import annotations

from collections.abc import Iterator

from envcheck import Check
from envcheck.course_file.asked import Asked
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.variable import variable_set


def of_keys(asked: Asked, place: ChapterPlace) -> Iterator[Check]:
    """A check for each thing that is asked for."""
    for name, wanted in asked.env.items():
        yield variable_set(name, wanted, place)
