"""Files that may be missing or may not be read."""

import io
import json
import os
import shutil


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
    """The learner's home; empty for a user id without a name and without HOME."""
    home = os.path.expanduser("~")
    return home if os.path.isabs(home) else ""


def remove_folder(folder):
    """Remove a folder with all that is in it, as far as possible; an empty name is none."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


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
