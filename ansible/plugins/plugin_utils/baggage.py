# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""What is carried to hosts: a folder of the controller, as one file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tarfile
import tempfile

STARTED = "run-envcheck.py"
WHEELS = "wheels"
ENDINGS = (".py", ".lock", ".whl")


class Baggage:
    """The folder; none where nothing is carried. Raises OSError."""

    def __init__(self, folder):
        self.files = sorted(_files(folder)) if folder else []
        if folder and not any(name == STARTED for name, _path in self.files):
            raise FileNotFoundError(2, "there is no %s in it" % STARTED, folder)

    @property
    def digest(self):
        """A text that is another one when any file is another; empty where nothing is carried."""
        total = hashlib.sha256()
        for name, path in self.files:
            with open(path, "rb") as file:
                total.update(("%s\0" % name).encode() + hashlib.sha256(file.read()).digest())
        return total.hexdigest() if self.files else ""

    @contextlib.contextmanager
    def packed(self):
        """A file with all of it, until the end of the block."""
        with tempfile.NamedTemporaryFile(suffix=".tar") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for name, path in self.files:
                    archive.add(path, name, recursive=False)
            file.flush()
            yield file.name


def _files(folder):
    for below in ("", WHEELS):
        place = os.path.join(folder, below)
        for name in os.listdir(place) if os.path.isdir(place) or not below else ():
            if name.endswith(ENDINGS) and os.path.isfile(os.path.join(place, name)):
                yield os.path.join(below, name), os.path.join(place, name)
