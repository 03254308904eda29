"""Paths in the copy of a course as the course has them: the copy is gone when somebody reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, TypeVar

V = TypeVar("V")


def of_the_course(value: V, copy: PurePath) -> V:
    """The value, such as one of JSON, with the copy's folder taken out of every text in it."""
    spelled = "|".join(map(re.escape, _spellings(copy)))
    # What follows a name would be a part of another one: `course` is not in `course-2`.
    inside = re.compile(rf"(?:{spelled})(?:[/\\]+(?=[^/\\\s'\"`:,;)]))")
    itself = re.compile(rf"(?:{spelled})(?![\w-])(?:[/\\]+)?")

    def told(each: Any) -> Any:  # any value of JSON
        if isinstance(each, str):
            return itself.sub(".", inside.sub("", each))
        if isinstance(each, Mapping):
            return {key: told(inner) for key, inner in each.items()}
        return [*map(told, each)] if isinstance(each, list) else each

    made: V = told(value)
    return made


def _spellings(copy: PurePath) -> list[str]:
    """The longest first: one may be in another one."""
    places = [copy, copy.resolve()] if isinstance(copy, Path) else [copy]
    names = [name for place in places for name in (str(place), place.as_posix())]
    names += [place.as_uri() for place in places if place.is_absolute()]
    names += [name.replace("\\", "\\\\") for name in names]
    return sorted({*names}, key=len, reverse=True)
