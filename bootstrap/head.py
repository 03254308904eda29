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

# A learner's own `random.py` beside this file, or a PYTHONPATH into another Python, must not be
# imported here.
HERE = os.path.dirname(os.path.abspath(__file__))
FOREIGN = [HERE, ""] + os.environ.get("PYTHONPATH", "").split(os.pathsep)
sys.path[:] = [entry for entry in sys.path if entry not in FOREIGN]
sys.dont_write_bytecode = True
