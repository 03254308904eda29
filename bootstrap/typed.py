"""What the learner typed to start this file, so that every printed line can be typed again."""

import os
import re
import subprocess
import sys

from bootstrap.compatibility import to_native, which
from bootstrap.constants import NO_DOWNLOAD, WINDOWS
from bootstrap.files import read_bytes
from bootstrap.head import full_path

WITHOUT_A_FILE = ("", "-", "-c")  # what `sys.argv` begins with when the source came another way


def typed_words(launcher):
    """The Python with its options and this file, as they were typed in this folder; `launcher` is
    what starts envcheck where there is no file to name.
    """
    if sys.argv[0] in WITHOUT_A_FILE:
        return [launcher]
    words = original_words()
    before = words[: max(len(words) - len(sys.argv), 0)]
    if words[len(before) : len(before) + 1] != sys.argv[:1]:
        before = []
    return typed_python(before[0] if before else "") + before[1:] + sys.argv[:1]


def original_words():
    """The whole command line; empty where this Python and this system do not tell."""
    words = list(getattr(sys, "orig_argv", []))
    return words or [to_native(word) for word in read_bytes("/proc/self/cmdline").split(b"\0")[:-1]]


def typed_python(word):
    """The words for this Python: as it was typed, else a name that leads to it, else its path."""
    launcher = WINDOWS and re.match(r"pyw?(\.exe)?$", word, re.IGNORECASE)
    if word and not os.path.isabs(word) and not launcher:
        return [word]
    if WINDOWS and is_this_python(started_by("py", "-3")):
        # without the number `py` obeys the first line of a file, and takes another
        return ["py", "-3"]
    for name in ("python3", "python"):
        if is_this_python(full_path(which(name) or os.curdir)):
            return [name]
    return [sys.executable]


def is_this_python(path):
    """Whether a path is this Python's own. On Windows PATH finds it as `python.EXE`, and in whatever
    case its folder is written there.
    """
    return os.path.normcase(path) == os.path.normcase(sys.executable)


def started_by(name, *options):
    """The Python that typing `name` and its options starts; empty where there is none."""
    program = which(name)
    words = [program] + list(options) + ["-c", "import sys; sys.stdout.write(sys.executable)"]
    try:
        variables = dict(os.environ, **NO_DOWNLOAD)
        return to_native(subprocess.check_output(words, env=variables)) if program else ""
    except (OSError, subprocess.CalledProcessError):
        return ""
