"""What `import` takes from a folder: source, bytecode without its source, compiled modules, and
folders with an `__init__`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck.target.interpreter import Interpreter

SOURCES = (".py", ".pyc")
# For every Python; others have its version and system in their names, and are for it alone:
# https://peps.python.org/pep-3149/
UNTAGGED = re.compile(r"(?:\.abi3)?\.so|\.pyd")
TAGGED = re.compile(r"\.(?:cpython-|cp)3\d+[\w-]*\.(?:so|pyd)")


def module_named(path: Path, own_suffix: str = "") -> str:
    """The module that this entry of a folder is; empty where it is none. `own_suffix` is what this
    Python's compiled modules end in; where it is not known, those of any Python count.
    """
    name, dot, rest = path.name.partition(".")
    if not name.isidentifier():
        return ""
    if not dot:
        begins = any(os.path.isfile(path / f"__init__{end}") for end in SOURCES)
        return name if begins else ""
    is_module = f".{rest}" in SOURCES or _is_compiled(f".{rest}", own_suffix)
    return name if is_module and os.path.isfile(path) else ""


def _is_compiled(suffix: str, own_suffix: str) -> bool:
    if UNTAGGED.fullmatch(suffix):
        return True
    return suffix == own_suffix if own_suffix else bool(TAGGED.fullmatch(suffix))


def is_importable(python: Interpreter, name: str) -> bool:
    """Whether the target could import a module of that name; by its files, since it is not ours to
    import.
    """
    parts = name.split(".")
    return any(
        os.path.isdir(Path(entry, *parts))
        or os.path.isfile(Path(entry, *parts[:-1], f"{parts[-1]}.py"))
        for entry in python.path
        if entry
    )
