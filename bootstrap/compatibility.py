"""What Python 2 and 3 do differently: text, bytes, and looking for a program."""

import os
import shutil
import sys

TEXT = (str, type(b"".decode("ascii")))  # what JSON's texts are: Python 2 has two kinds


def to_bytes(text, errors="strict"):
    """The text in UTF-8; what is bytes already, as Python 2's own strings are, stays as it is."""
    return text if isinstance(text, bytes) else text.encode("utf-8", errors)


def to_text(value):
    """The text that can be written to a file opened by io.open."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def to_native(value):
    """What a program printed, as this Python's own `str`: bytes in Python 2."""
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def write_to_stdout(data):
    """Write bytes as they are, whatever the terminal's encoding."""
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write(data)
    out.flush()


def which(name):
    """The file that typing `name` starts, or an empty string."""
    if hasattr(shutil, "which"):
        return shutil.which(name) or ""
    places = [os.path.join(folder, name) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    return next(
        (place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), ""
    )
