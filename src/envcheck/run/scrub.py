"""Frozen values without what must not leave the machine, and fixes that then need a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeVar

from envcheck.model import Fix, Tell, Write
from envcheck.privacy import Scrubber

V = TypeVar("V")
PUT_BACK = (
    "Names and secrets are not shown: USER, HOST and *** stand here for yours. "
    "Put them back in these lines, or run envcheck with --fix."
)


def scrubbed(value: V, scrubber: Scrubber) -> V:
    """A frozen value with everything private taken out of every text in it, however deep."""
    if isinstance(value, str) and type(value) is str:
        return scrubber.text(value)  # type: ignore[return-value]  # a str gives a str
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: scrubbed(getattr(value, field.name), scrubber)
            for field in dataclasses.fields(value)
        }
        changed = dataclasses.replace(value, **changes)
        if isinstance(value, Fix) and not _can_be_put_back(value, scrubber):
            return _with_names_put_back_by_hand(changed)  # type: ignore[return-value, arg-type]  # a Fix gives one
        return changed
    if isinstance(value, tuple | list):
        return type(value)(scrubbed(item, scrubber) for item in value)
    if isinstance(value, Mapping):
        return {key: scrubbed(item, scrubber) for key, item in value.items()}  # type: ignore[return-value]  # a mapping gives one
    return value


def _can_be_put_back(value: object, scrubber: Scrubber) -> bool:
    """Whether a reader can restore every text in a value from its scrubbed form."""
    if isinstance(value, str):
        return scrubber.can_be_put_back(value)
    if isinstance(value, tuple):
        return all(_can_be_put_back(item, scrubber) for item in value)
    if isinstance(value, Write) and scrubber.text(value.text) != value.text:
        return False  # only what a path begins with is put back, nothing inside of a text
    if dataclasses.is_dataclass(value):
        return all(
            _can_be_put_back(getattr(value, field.name), scrubber)
            for field in dataclasses.fields(value)
        )
    return True


def _with_names_put_back_by_hand(fix: Fix) -> Fix:
    """The fix with a step for a person: a name had to be taken out of a path, so no program can
    carry it out.
    """
    return dataclasses.replace(fix, steps=(*fix.steps, Tell(PUT_BACK))) if fix.automatic else fix
