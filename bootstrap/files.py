"""Files that may be missing or may not be read."""

import binascii
import importlib
import io
import json
import os
import shutil
import tempfile

from bootstrap.constants import OWNERS_ALONE, WINDOWS


def read_json(path):
    """What a JSON file holds; an empty dictionary when it cannot be read."""
    try:
        with io.open(path, encoding="utf-8") as file:
            return json_object(file.read())
    except (OSError, IOError, ValueError):
        return {}


def read_bytes(path):
    """What is in a file; nothing when it cannot be read."""
    try:
        with io.open(path, "rb") as file:
            return file.read()
    except (OSError, IOError):
        return b""


def json_object(text):
    """The dictionary that a text is in JSON; an empty one for everything else."""
    try:
        value = json.loads(text)
    except (ValueError, RuntimeError):  # RuntimeError: too many brackets
        return {}
    return value if isinstance(value, dict) else {}


def home_folder():
    """The learner's home; empty for a user id without a name and without HOME. A HOME that is empty
    is none: `expanduser` takes it for the root of the disk.
    """
    registered = registered_home() if os.environ.get("HOME") == "" else ""
    home = registered or os.path.expanduser("~")
    return home if os.path.isabs(home) else ""


def registered_home():
    """The home on the system's list of users; empty for a user id without an entry."""
    if not hasattr(os, "getuid"):  # on Windows
        return ""
    try:
        return importlib.import_module("pwd").getpwuid(os.getuid()).pw_dir
    except KeyError:  # no entry
        return ""


def make_folder(start, place=""):
    """Make a folder of a new name, for this person alone. Raises OSError.

    One try: on Windows `tempfile` takes a refusal for a name that is taken, and tries others for
    minutes (python/cpython#66305).
    """
    name = start + binascii.hexlify(os.urandom(6)).decode("ascii")
    folder = os.path.join(place or tempfile.gettempdir(), name)
    os.mkdir(folder, OWNERS_ALONE)
    return where_it_is(folder)


def where_it_is(folder):
    """Where a folder that was made really lies. The Microsoft Store's Python is shown what it makes
    under %LOCALAPPDATA%, TEMP included, there, and other programs find it in another folder
    (bpo-45337).
    """
    return os.path.realpath(folder) if WINDOWS else folder


def remove_folder(folder):
    """Remove a folder with all that is in it, as far as possible; an empty name is none."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        for above, folders, files in os.walk(folder):  # left: what is marked as read-only (Windows)
            for name in folders + files:
                make_removable(os.path.join(above, name))
        shutil.rmtree(folder, ignore_errors=True)


def make_removable(path):
    """Let a file or folder of ours be deleted; what a link leads to stays as it is."""
    try:
        if not os.path.islink(path):
            os.chmod(path, 0o700)
    except OSError:
        pass


def remove_if_empty(folder):
    """Remove a folder in which nothing is."""
    try:
        os.rmdir(folder)
    except OSError:  # there is something in it, or it is gone
        pass


def read_text(path):
    """The text of a file; empty when it cannot be read."""
    try:
        with io.open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except (OSError, IOError):
        return ""
