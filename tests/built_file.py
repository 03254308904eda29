"""run-envcheck.py as it is built, for tests that ask its functions without running it."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[1]


def names(script: Path = ROOT / "run-envcheck.py") -> dict[str, Any]:
    """Everything that the file defines. It takes its own folder off the list of modules' folders,
    which is the tests' too, and writes no compiled files: both are put back.
    """
    path, writes = list(sys.path), sys.dont_write_bytecode
    try:
        inside: dict[str, Any] = {"__name__": "run_envcheck", "__file__": str(script)}
        exec(_compiled(script.read_text("utf-8"), str(script)), inside)
        return inside
    finally:
        sys.path[:], sys.dont_write_bytecode = path, writes


@functools.cache
def _compiled(text: str, name: str) -> CodeType:
    """Several modules of tests ask for the same file, and reading it takes a tenth of a second."""
    return compile(text, name, "exec")
