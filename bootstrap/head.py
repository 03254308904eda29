#!/usr/bin/env python3
"""Runs envcheck without installing anything into your Python:  python3 run-envcheck.py chapter2

The first time, it makes an environment of envcheck's own in your cache folder; after that it starts
at once. The Python that you type is the one that is examined, whatever its age; it is never
changed. Where envcheck itself cannot be installed, this file examines Python and pip by itself and
says what the rest needs.
"""

# One file, standard library only, and it runs on Python 2.7 as well, so that an old Python gets an
# answer too.
from __future__ import print_function

import os
import sys


def full_path(path):
    """The path from the root; as it is where the folder that one works in is gone."""
    try:
        return os.path.abspath(path)
    except OSError:
        return path


# Read from a pipe, as in `curl ... | python3 -`, this text lies in no file, and the folder that one
# works in is not its own.
THIS_FILE = full_path(globals().get("__file__", "<stdin>"))
HERE = os.path.dirname(THIS_FILE) if os.path.isfile(THIS_FILE) else THIS_FILE
# A learner's own `json.py` in the folder that they work in or beside this file, or a PYTHONPATH
# into another Python, must not be imported here, nor stay where something else has imported it.
NAMED = [HERE, ""] + os.environ.get("PYTHONPATH", "").split(os.pathsep)
FOREIGN = set(full_path(entry) for entry in NAMED) - set([os.path.dirname(full_path(os.__file__))])
sys.path[:] = [entry for entry in sys.path if full_path(entry) not in FOREIGN]
sys.dont_write_bytecode = True


def forget_foreign_modules():
    """Import anew what was imported from such a folder before this file began."""
    for name, module in list(sys.modules.items()):
        folder = os.path.dirname(full_path(getattr(module, "__file__", None) or os.__file__))
        if name != "__main__" and set([folder, os.path.dirname(folder)]) & FOREIGN:
            del sys.modules[name]


if __name__ == "__main__":
    forget_foreign_modules()
