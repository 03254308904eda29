"""Refusals of the file system that are real, also where the tests run as root."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

NOBODY = 65534


@contextlib.contextmanager
def as_plain_user() -> Iterator[None]:
    """Until the end of the block this process may do no more than an ordinary user. The folder must
    let one in.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
