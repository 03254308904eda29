"""What is installed: the checkout's source, the wheel that a course carries beside this file, or the
release; and the lock, which says what else and by which hashes.
"""

import os

from bootstrap.constants import DISTRIBUTION, LOCK, RELEASE_SHA256, VERSION
from bootstrap.course import checkout
from bootstrap.files import read_text
from bootstrap.head import HERE

WHEEL = "%s-%%s-py3-none-any.whl" % DISTRIBUTION.replace("-", "_")


def what_to_install():
    """What pip or uv is given: the checkout's folder, the wheel beside this file, or the release."""
    return checkout() or wheel_beside() or "%s==%s" % (DISTRIBUTION, VERSION)


def is_to_be_had():
    """Whether there is anything to install: nothing unknown is taken from an index by its name."""
    return bool(checkout() or wheel_beside() or RELEASE_SHA256)


def wheel_beside():
    """The wheel of this version beside this file; empty where there is none."""
    path = os.path.join(HERE, WHEEL % VERSION)
    return path if os.path.isfile(path) and not checkout() else ""


def wheels_beside():
    """The folder beside this file with wheels of what the lock names, for machines without an index;
    empty where there is none.
    """
    path = os.path.join(HERE, "wheels")
    return path if os.path.isdir(path) else ""


def lock_beside():
    """The text of the lock beside this file; empty where this file stands alone."""
    return read_text(os.path.join(HERE, LOCK)) if checkout() or wheel_beside() else ""


def source_files():
    """The files beside this one that say what is installed; none when this file stands alone."""
    if not checkout():
        return [path for path in (wheel_beside(), os.path.join(HERE, LOCK)) if os.path.isfile(path)]
    return [path for _, path in wheel_members()]


def wheel_members():
    """The names that the checkout's files have in a wheel, and the files, in a fixed order."""
    members = [
        ("envcheck/vendored/" + name, os.path.join(HERE, name))
        for name in ("run-envcheck.py", LOCK)
    ]
    metadata = [("", "wheel", "METADATA"), ("", "wheel", "entry_points.txt")]
    for place, folder, name in metadata + [("licenses/", "", "LICENSE")]:
        members.append(("DIST-INFO/" + place + name, os.path.join(HERE, folder, name)))
    for top, place in (("src", ""), ("checks", ""), ("launcher", "DATA/scripts/")):
        root = os.path.join(HERE, top)
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if is_source(name))
            for name in sorted(names):
                path = os.path.join(folder, name)
                inside = os.path.relpath(path, root).replace(os.sep, "/")
                members.append((place + inside, path))
    return sorted(members)


def is_source(folder):
    """Whether a folder of that name belongs to the source."""
    return folder != "__pycache__" and not folder.endswith(".egg-info")
