"""What another program holds on Windows: the system refuses to rename, delete or replace it. An
antivirus program or the search looks at each new file for some milliseconds; who tries again is let
in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

HELD = (5, 32, 33)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
WAITS = (0.05, 0.1, 0.25, 0.5)  # seconds before another try; who still holds it is no antivirus


def is_held(error: OSError) -> bool:
    """Whether a program may hold it; elsewhere than on Windows errors have no such number."""
    return getattr(error, "winerror", None) in HELD


def once_free(act: Callable[[], T]) -> T:
    """What the act gives, tried again where somebody holds what it is about. Raises OSError."""
    for wait in WAITS:
        try:
            return act()
        except OSError as error:
            if not is_held(error):
                raise
        time.sleep(wait)  # noqa: TID251  # nothing tells us when another program lets go
    return act()
