"""The source of the project, read and parsed once for all guards."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[2]


def files(*folders: Path) -> list[Path]:
    """Every module in these folders, in order."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def place(path: Path) -> str:
    """A path as messages show it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module."""
    return tuple(ast.walk(tree(path)))


@functools.cache
def names(path: Path) -> tuple[tuple[str, str], ...]:
    """`os.environ`, `subprocess.run`, `print`: names and attributes as they are written, each with
    its file and line.
    """
    return tuple(
        (ast.unparse(node), f"{place(path)}:{node.lineno}")
        for node in nodes(path)
        if isinstance(node, ast.Attribute | ast.Name)
    )
