"""What Python 2 and 3 do differently: text, bytes, and looking for a program."""

import os
import re
import shutil
import sys

from bootstrap.constants import WINDOWS

STARTED_BY_WINDOWS = (".exe", ".bat", ".cmd")
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
    # Windows starts what has one of these endings, and no file for a Unix shell of the same name.
    whole = not WINDOWS or os.path.splitext(name)[1].lower() in STARTED_BY_WINDOWS
    names = [name] if whole else [name + ending for ending in STARTED_BY_WINDOWS]
    places = [os.path.join(folder, each) for folder in path_folders() for each in names]
    return next(
        (place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), ""
    )


def path_folders():
    """The folders of PATH. On Windows quotes may stand around one, and a `;` within them."""
    value = os.environ.get("PATH", "")
    entries = re.findall('(?:"[^"]*"|[^;"])+', value) if WINDOWS else value.split(os.pathsep)
    return [entry.replace('"', "") if WINDOWS else entry for entry in entries]
