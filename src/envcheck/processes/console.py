"""Whether a stream is a console that a person reads, and whether it shows colours. Windows answers
otherwise than `isatty`: NUL is a terminal to that, and the classic console prints colour codes raw.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol

UNDERSTANDS_CODES = 0x4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING, off in the classic console


class Stream(Protocol):
    """What may be a console."""

    def isatty(self) -> bool: ...

    def fileno(self) -> int: ...


def is_console(stream: Stream | None) -> bool:
    """Whether a person is at the other end of a stream; a program has none by this name where its
    caller closed it, or has no console (`pythonw`).
    """
    return (
        stream is not None
        and stream.isatty()
        and (sys.platform != "win32" or _mode(stream) is not None)
    )


def takes_colours(variables: Mapping[str, str]) -> bool:
    """Whether the person's variables ask for none: NO_COLOR, and a terminal that is no more than
    paper.
    """
    return not variables.get("NO_COLOR") and variables.get("TERM") != "dumb"


def shows_colours(stream: Stream) -> bool:
    """Whether it is a console that shows colours; Windows' is asked to."""
    if sys.platform != "win32" or not stream.isatty():
        return stream.isatty()
    mode = _mode(stream)
    if mode is None or mode & UNDERSTANDS_CODES:
        return mode is not None
    import ctypes
    import msvcrt

    handle = msvcrt.get_osfhandle(stream.fileno())
    return bool(ctypes.windll.kernel32.SetConsoleMode(handle, mode | UNDERSTANDS_CODES))


def _mode(stream: Stream) -> int | None:
    """How Windows' console behaves; None for what is none, as NUL."""
    if sys.platform != "win32":
        return None
    import ctypes
    import msvcrt

    mode = ctypes.c_ulong()
    handle = msvcrt.get_osfhandle(stream.fileno())
    succeeded = ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode))
    return mode.value if succeeded else None
