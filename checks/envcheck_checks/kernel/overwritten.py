"""Names of Python's own that a start-up file gives another meaning: cells then do other things than
they say.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

from envcheck import foreign_file
from envcheck.sentences import listed

BUILTINS = frozenset(dir(builtins))


def overwritten(file: Path) -> str:
    """A note that names them, empty for none, and for a file that cannot be read."""
    try:
        tree = ast.parse(foreign_file.content(file))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
        return ""
    names = sorted({name for node in tree.body for name in _given(node)} & BUILTINS)
    return (
        f"it overwrites {listed(names[:5])}: what Python means by it (builtins) is lost"
        if names
        else ""
    )


def _given(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of the file gives a meaning: its own, or those of `builtins`."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in (part for whole in targets for part in ast.walk(whole)):
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                yield target.id
            elif isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
                yield target.attr
