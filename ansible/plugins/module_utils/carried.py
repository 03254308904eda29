# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""What was carried to a host: run-envcheck.py with its wheels, in the learner's cache. All of this is
done by the learner.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tarfile

NAME = "envcheck-carried"
NOTE = "carried.json"
STARTED = "run-envcheck.py"
MARKER = "envcheck-made.json"  # in an environment that run-envcheck.py made
MADE = re.compile(r"[0-9a-f]{16}$")  # how run-envcheck.py calls an environment of its own


def place_in(home):
    """Where it lies, whatever Ansible's own variables say."""
    return os.path.join(home, ".cache", NAME)


def digest_of(home):
    """Which carried files are there; empty where there are none."""
    return _note(home).get("digest", "")


def put(home, digest, packed):
    """Unpack what came, in place of what was there before."""
    place, note = place_in(home), dict(_note(home), digest=digest)
    if not os.path.isdir(os.path.dirname(place)):
        os.mkdir(os.path.dirname(place), 0o700)
        note["made_cache"] = True
    part = "%s.%d" % (place, os.getpid())
    try:
        os.mkdir(part, 0o700)
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as archive:
            for member in archive.getmembers():
                _unpack(archive, member, part)
        _write_note(part, note)
        if os.path.isdir(place):
            shutil.rmtree(place)
        os.rename(part, place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _unpack(archive, member, part):
    """The controller packed plain files, some of them in the folder `wheels`."""
    path = os.path.join(part, member.name)
    if not os.path.isdir(os.path.dirname(path)):
        os.mkdir(os.path.dirname(path), 0o700)
    with open(path, "wb") as file:
        shutil.copyfileobj(archive.extractfile(member), file)


def environments_in(cache):
    """envcheck's own environments in a cache folder."""
    try:
        names = os.listdir(os.path.join(cache, "envcheck"))
    except OSError:
        return []
    return sorted(os.path.join(cache, "envcheck", name) for name in names if MADE.match(name))


def remember(home, environments):
    """Note the environments that what was carried has made: they go with it."""
    note = _note(home)
    own = sorted(set(note.get("environments", [])) | set(environments))
    if note and own != note.get("environments"):
        _write_note(place_in(home), dict(note, environments=own))


def remove(home, dry):
    """Take away what was carried and what it has made. Tells whether there was anything."""
    if not os.path.lexists(place_in(home)):
        return False
    note = _note(home)
    made = [path for path in note.get("environments", []) if _was_made(path)]
    for folder in () if dry else [*made, place_in(home)]:
        shutil.rmtree(folder)
    emptied = [os.path.dirname(path) for path in made]
    emptied += [os.path.dirname(place_in(home))] if note.get("made_cache") else []
    for folder in () if dry else emptied:
        _remove_if_empty(folder)
    return True


def _was_made(path):
    """Whether an environment that the note names is one of envcheck's, and is still there."""
    return bool(MADE.match(os.path.basename(path))) and os.path.isfile(os.path.join(path, MARKER))


def _remove_if_empty(folder):
    try:
        os.rmdir(folder)
    except OSError:  # there is more in it
        pass


def _note(home):
    try:
        with open(os.path.join(place_in(home), NOTE), "rb") as file:
            note = json.loads(file.read(100000))
        return note if isinstance(note, dict) else {}
    except (OSError, ValueError):
        return {}


def _write_note(place, note):
    with open(os.path.join(place, NOTE), "w") as file:
        json.dump(note, file)
