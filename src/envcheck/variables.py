"""Variables by name, as the system that they are from takes names: on Windows in any case."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def in_any_case(variables: Mapping[str, str], name: str) -> str:
    """A variable whose name Windows writes with small letters (`ProgramData`): Python hands it on in
    capitals there. Empty where it is not set.
    """
    return variables.get(name) or variables.get(name.upper(), "")


def changed(
    variables: Mapping[str, str], by: Mapping[str, str | None], platform: str = sys.platform
) -> dict[str, str]:
    """The variables with others on top, of which None takes one away. A program of Windows that is
    given `Path` and `PATH` has the one or the other, by the Python that starts it
    (python/cpython#87868): it gets the later one alone.
    """
    result = dict(variables)
    for name, value in by.items():
        for spelled in _spellings(result, name, platform):
            del result[spelled]
        if value is not None:
            result[name] = value
    return result


def _spellings(variables: Mapping[str, str], name: str, platform: str) -> list[str]:
    if platform != "win32":
        return [name] if name in variables else []
    return [other for other in variables if other.upper() == name.upper()]
