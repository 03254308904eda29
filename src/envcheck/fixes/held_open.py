"""Windows refuses to rename, delete or replace what a program has open: a kernel holds the compiled
files that it imported, an editor the Python that it runs.
"""

from __future__ import annotations

import re
import sys

from envcheck.held import is_held

# As Python, pip and conda print it, and as uv does: the number, since the words are in the
# learner's language. A venv made over one that runs has no number.
PRINTED = re.compile(
    r"\[WinError (?:5|32)\]|\(os error (?:5|32)\)|\[Errno 13\][^\n]*\.(?:exe|dll|pyd)\b",
    re.IGNORECASE,
)
CLOSE = "a program may have it open: close Jupyter, VS Code and other programs that use this Python, and try again"


def why(error: OSError) -> str:
    """What the system said, and what to do where a program holds the file."""
    return f"{error.strerror} ({CLOSE})" if is_held(error) else f"{error.strerror}"


def advice(printed: str) -> str:
    """What to do about the end of a command; empty where nothing is held open. Elsewhere the numbers
    mean something else.
    """
    return CLOSE if sys.platform == "win32" and PRINTED.search(printed) else ""
