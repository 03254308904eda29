"""Names of the public interface that were changed, and go on working until 1.0. Delete this module
then.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, TypeVar

C = TypeVar("C", bound=type)
T = TypeVar("T")


def explained_by_or_beside(explained_by: Sequence[T], beside: Sequence[T]) -> tuple[T, ...]:
    """The checks, under whichever of the two names they were given. Raises TypeError when both
    were.
    """
    if explained_by and beside:
        raise TypeError("`beside` is an older name of `explained_by`: give one of them, not both")
    return (*explained_by, *beside)


def accepts_beside(check_class: C) -> C:
    """The class, with a constructor that takes `beside=` for `explained_by=` too."""
    construct = check_class.__init__  # type: ignore[misc]  # of this very class

    @functools.wraps(construct)
    def construct_with_beside(
        self: Any, *values: Any, beside: Sequence[Any] = (), **named: Any
    ) -> None:
        construct(self, *values, **named)
        if beside:
            checks = explained_by_or_beside(self.explained_by, beside)
            object.__setattr__(self, "explained_by", checks)

    check_class.__init__ = construct_with_beside  # type: ignore[misc]  # of this very class
    return check_class
