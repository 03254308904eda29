"""A folder that is gone a moment later. It is made by one exclusive try: Python's own `tempfile` takes
Windows' "access is denied" for a name that is taken, and tries others for minutes.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from envcheck.private_file import folder_mode
from envcheck.removal import remove_tree


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """An empty folder for its owner alone, removed at the end. Raises OSError where none is made."""
    folder = Path(tempfile.gettempdir(), f"envcheck-{secrets.token_hex(8)}")
    folder.mkdir(folder_mode())
    try:
        yield folder
    finally:
        remove_tree(folder)
