"""What a program printed, as text. On Windows a Python writes to a pipe in the code page of the
system (ANSI), others write UTF-8, and one stream may hold lines of both.
"""

from __future__ import annotations

import sys


def decoded(raw: bytes) -> str:
    """Each line as UTF-8, or as the system's code page where it is none; characters that are in
    neither are replaced.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(_line, raw.splitlines(keepends=True)))


def _line(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(code_page(), "replace")


def code_page() -> str:
    """The name of the codec; UTF-8 elsewhere than on Windows."""
    return "mbcs" if sys.platform == "win32" else "utf-8"
