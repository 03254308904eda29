"""The nodes of some kinds in a piece of Python: in a third of the time that `ast.walk` takes."""

from __future__ import annotations

import ast
from typing import Any, TypeVar

T = TypeVar("T", bound=ast.AST)

# In them is no other node: names and constants, how a name is used, and what is no node at all.
CHILDLESS: frozenset[type[object]] = frozenset(
    {ast.Name, ast.Constant, ast.Load, ast.Store, str, int, float, complex, bool, bytes}
    | {type(None), type(...)}
)


def nodes(tree: ast.AST, *kinds: type[T]) -> list[T]:
    """All of these kinds, in no order."""
    wanted, chosen = frozenset(kinds), []
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in wanted:
            chosen.append(node)
        if kind in CHILDLESS:
            continue
        for name in kind._fields:
            value = getattr(node, name)
            if type(value) is list:
                waiting += value
            else:
                waiting.append(value)
    return chosen
