"""Can a file be read? Tried."""

from __future__ import annotations

import os
from pathlib import Path


def read_error(file: Path) -> str:
    """Why what is there cannot be read as a file, in words; empty when it can."""
    try:
        if os.path.exists(file) and not os.path.isfile(file):
            return "it is no file"
        with file.open("rb"):
            return ""
    except FileNotFoundError:
        return "a link that leads nowhere"
    except OSError as error:
        return error.strerror or str(error)
