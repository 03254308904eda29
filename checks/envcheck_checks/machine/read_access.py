"""Can a file be read? Tried."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import foreign_file


def read_error(file: Path) -> str:
    """Why what is there cannot be read as a file, in words; empty when it can."""
    try:
        if os.path.isdir(file):
            return "it is no file"
        foreign_file.head(file, 0)
        return ""
    except FileNotFoundError:
        return "a link that leads nowhere"
    except OSError as error:
        return error.strerror or str(error)
