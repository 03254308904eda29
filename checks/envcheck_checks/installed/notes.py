"""The notes that an installation leaves of a package, its `.dist-info`: what keeps Python from reading
them.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.target.interpreter import Distribution
from envcheck_checks.installed import record_file

FILE = "METADATA"


def unreadable(distribution: Distribution) -> str:
    """Why the package says no version of itself, or not what its files are; empty where it says
    both.
    """
    if distribution.version is not None:
        zeros = record_file.has_zeros(distribution)
        return f"{record_file.FILE} is filled with zeros" if zeros else ""
    notes = Path(distribution.folder, distribution.entry)
    file = notes / FILE
    for place, name in ((notes, distribution.entry), (file, FILE)):
        if os.path.islink(place) and not os.path.exists(place):  # neither raises
            return f"{name} is a link to a place that is gone"
    if os.path.isdir(notes) and not os.access(notes, os.R_OK | os.X_OK):
        return f"{distribution.entry} may not be read by you"
    if distribution.entry.endswith(".dist-info") and not os.path.lexists(file):
        return f"{FILE} is missing"
    if os.path.isfile(file) and not os.access(file, os.R_OK):
        return f"{FILE} may not be read by you"
    what = FILE if os.path.isdir(notes) and distribution.entry.endswith(".dist-info") else "it"
    return f"{what} has no version: version None"
