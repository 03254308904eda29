"""run-envcheck.py as it is built, for tests that ask its functions without running it."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def names(script: Path = ROOT / "run-envcheck.py") -> dict[str, Any]:
    """Everything that the file defines. It takes its own folder off the list of modules' folders,
    which is the tests' too, and writes no compiled files: both are put back.
    """
    path, writes = list(sys.path), sys.dont_write_bytecode
    try:
        return runpy.run_path(str(script))
    finally:
        sys.path[:], sys.dont_write_bytecode = path, writes
