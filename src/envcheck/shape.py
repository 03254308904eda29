"""The one reader of JSON that somebody else has written: a text is the object that we expect, or
nothing.

A shape is made like the value: `str`, `int`, `float` (any number), `bool` and `object` (anything) stand
for themselves, `[shape]` for a list, `(shape, shape)` for a list of just these, `{shape}` or
`{str: shape}` for values under any name, `{name: shape}` for an object that has these names and may
have others. A name that ends in `?` may be absent; one that is null is taken for absent, so that
`name in value` says whether there is something.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck import foreign_file

Shape = type | list[Any] | tuple[Any, ...] | set[Any] | Mapping[str, Any]
ANY_OBJECT: Mapping[str, Any] = {}


def read_object(text: str | bytes, shape: Mapping[str, Any]) -> dict[str, Any] | None:
    """The object that is in a text, or None where it is no JSON, no object, or of another shape."""
    value = read_value(text, shape)
    return value if isinstance(value, dict) else None


def read_value(text: str | bytes, shape: Shape = object) -> Any:
    """The value that is in a text, or None where it is no JSON or of another shape."""
    try:
        value = json.loads(text)  # noqa: TID251  # this is the home of the rule
    except (ValueError, RecursionError):
        return None
    return without_nulls(value, shape) if fits(value, shape) else None


def read_file(file: Path, shape: Mapping[str, Any]) -> dict[str, Any] | None:
    """The object that is in a file, or None where there is none of that shape."""
    try:
        return read_object(foreign_file.content(file), shape)
    except OSError:
        return None


def fits(value: Any, shape: Any) -> bool:  # any JSON value, and a shape of any depth
    """Whether a value of JSON has a shape."""
    if isinstance(shape, type):
        number = shape in (int, float)
        kind = (int, float) if shape is float else shape
        return isinstance(value, kind) and not (number and isinstance(value, bool))
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    if isinstance(shape, tuple):
        row = isinstance(value, list) and len(value) == len(shape)
        return row and all(map(fits, value, shape))
    if not isinstance(value, dict):
        return False
    if isinstance(shape, set):
        inner = next(iter(shape))
        return all(fits(item, inner) for item in value.values())
    if str in shape:
        return all(fits(item, shape[str]) for item in value.values())
    return all(_has(value, name, inner) for name, inner in shape.items())


def without_nulls(value: Any, shape: Any) -> Any:  # as `fits`, of which it is
    """The value, without the names that may be absent and are null."""
    if isinstance(shape, list):
        return [without_nulls(item, shape[0]) for item in value]
    if isinstance(shape, tuple):
        return [without_nulls(item, inner) for item, inner in zip(value, shape, strict=True)]
    if isinstance(shape, type):
        return value
    if isinstance(shape, set) or str in shape:
        each = next(iter(shape)) if isinstance(shape, set) else shape[str]
        return {name: without_nulls(item, each) for name, item in value.items()}
    named = {name.removesuffix("?"): each for name, each in shape.items()}
    return {
        name: without_nulls(item, named.get(name, object))
        for name, item in value.items()
        if item is not None or f"{name}?" not in shape
    }


def _has(value: Mapping[str, Any], name: str, shape: Any) -> bool:
    if name.endswith("?"):
        item = value.get(name[:-1])
        return item is None or fits(item, shape)
    return name in value and fits(value[name], shape)
