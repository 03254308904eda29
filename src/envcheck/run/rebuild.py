"""A frozen value with some of its parts exchanged."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


def with_parts(value: V, change: Callable[[Any], Any]) -> V:
    """The value whose items, of a tuple, or fields, of a dataclass, are what `change` makes of each;
    the same value where it has none, or none becomes another.
    """
    if type(value) is tuple:
        return tuple(change(item) for item in value)  # type: ignore[return-value, attr-defined]  # a tuple gives one
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    changes = {name: change(item) for name, item in fields.items()}
    different = {name: item for name, item in changes.items() if item is not fields[name]}
    return dataclasses.replace(value, **different) if different else value
