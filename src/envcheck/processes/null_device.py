"""Nothing to read and nowhere to write: /dev/null, NUL on Windows. Where there is none, as in a root
folder without a /dev, or it may not be opened, a pipe without another end.
"""

from __future__ import annotations

import os


def no_input() -> int:
    """What a program is given as stdin: nothing, or a pipe, which is to be closed at once."""
    import subprocess  # noqa: TID251  # starts nothing: two of its words

    try:
        os.close(os.open(os.devnull, os.O_RDWR))
    except OSError:
        return subprocess.PIPE
    return subprocess.DEVNULL


def into_nothing(number: int) -> None:
    """What is written to this number of a file is gone from now on."""
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
    except OSError:
        read, nothing = os.pipe()
        os.close(read)
    if nothing != number:
        os.dup2(nothing, number)
        os.close(nothing)
