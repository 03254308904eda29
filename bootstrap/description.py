"""What is to be known of a Python: of this one, or of another that runs this file."""

import glob
import os
import re
import struct
import sys

from bootstrap.compatibility import TEXT
from bootstrap.constants import DESCRIBE_OPTION
from bootstrap.course import course_packages
from bootstrap.files import json_object
from bootstrap.head import THIS_FILE
from bootstrap.programs import Finished, run

# What stops when a part is missing; the same words as checks/envcheck_checks/python/check.py (a
# test compares).
EXTENSIONS = (
    ("_ssl", "pip cannot download without it", "libssl-dev"),
    ("_sqlite3", "Jupyter keeps its sessions in an SQLite database", "libsqlite3-dev"),
    ("_ctypes", "numpy and Jupyter load it", "libffi-dev"),
    ("zlib", "packages are unpacked with it", "zlib1g-dev"),
    ("pyexpat", "pip and matplotlib read XML with it", "libexpat1-dev"),
    ("_socket", "Jupyter talks through it", "build-essential"),
    ("_hashlib", "Jupyter signs its messages with it", "build-essential"),
    ("select", "Jupyter waits with it", "build-essential"),
    ("unicodedata", "text is normalised with it", "build-essential"),
)
# The parts that are Python files: whether they are there, since to load them all takes a while.
PARTS = ("asyncio", "http", "sqlite3", "ssl", "ctypes", "xml", "zipfile")
NEEDED = EXTENSIONS + tuple(
    (name, "Jupyter and pip are built on it", "build-essential") for name in PARTS
)
WANTED = (("_bz2", "pandas reads .bz2 files with it"), ("_lzma", "pandas reads .xz files with it"))


CAME_BY_PIPE = (
    "run-envcheck.py came through a pipe, so that no other Python can be asked with it: "
    "save it as a file and run that"
)


def version_numbers(version):
    """The first three numbers of a version, to be compared: (3, 12, 1)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def find_gaps():
    """Parts of the standard library that do not load or are not there, each with the reason."""
    reasons = {}
    for name in [row[0] for row in EXTENSIONS + WANTED]:
        try:
            __import__(name)
        except Exception as error:  # a damaged extension can raise anything
            reasons[name] = "%s: %s" % (type(error).__name__, error)
    folder = os.path.dirname(os.__file__)
    for name in ("venv", "ensurepip") + PARTS:
        if not os.path.exists(os.path.join(folder, name)) and not os.path.exists(
            os.path.join(folder, name + ".py")
        ):
            reasons[name] = "not in " + folder
    return reasons


def pip_version():
    """The version of the pip that this Python imports; empty for none, "0" for an unknown one."""
    for folder in sys.path:
        if os.path.isdir(os.path.join(folder, "pip")):
            marks = glob.glob(os.path.join(folder, "pip-*.dist-info")) + glob.glob(
                os.path.join(folder, "pip-*.egg-info")
            )
            return os.path.basename(marks[0])[4:].rpartition(".")[0] if marks else "0"
    return ""


def metadata_of(name):
    """The metadata folders of a distribution that this Python can import."""
    return [
        path
        for folder in sys.path
        for path in glob.glob(os.path.join(folder, name + "-*.dist-info"))
    ]


def describe_this_python():
    """What is to be known of this Python as a host or as a target, for JSON."""
    return {
        "executable": sys.executable,
        "version": "%d.%d.%d" % sys.version_info[:3],
        "implementation": "pypy"
        if "PyPy" in sys.version
        else getattr(getattr(sys, "implementation", None), "name", "cpython"),
        "prefix": sys.prefix,
        "base_prefix": getattr(sys, "real_prefix", None) or getattr(sys, "base_prefix", sys.prefix),
        "bits": struct.calcsize("P") * 8,
        "stdlib": os.path.dirname(os.__file__),
        "gaps": find_gaps(),
        "pip": pip_version(),
        "installed": sum(bool(metadata_of(name)) for name in course_packages()),
    }


def ask_python(words, variables, *options):
    """Another Python's description, or a Finished with what it printed instead."""
    if not os.path.isfile(THIS_FILE):
        return describe_this_python() if words == [sys.executable] else Finished(None, CAME_BY_PIPE)
    finished = run(words + list(options) + [THIS_FILE, DESCRIBE_OPTION], variables)
    parts = finished.output.split(DESCRIBE_OPTION)
    answer = json_object(parts[1]) if len(parts) == 3 else {}
    return answer if is_description(answer) else finished


def is_description(answer):
    """Whether an answer has the shape of `describe_this_python`, whoever gave it."""
    own = describe_this_python()
    return all(is_alike(answer.get(name), value) for name, value in own.items())


def is_alike(value, example):
    """Whether a value of JSON is of the kind of an example: a text, a number, texts by name."""
    if isinstance(example, dict):
        return isinstance(value, dict) and all(is_alike(each, "") for each in value.values())
    return isinstance(value, TEXT if isinstance(example, str) else int)
