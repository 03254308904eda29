"""What a file says itself that it is run with: a block of PEP 723 (`# /// script`), and the versions that it tests for."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from envcheck.adopt.reading.notebooks import Cell
from envcheck.versions import name_of, normal_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BLOCK = re.compile(r"^# /// script[ \t]*\n(?P<lines>(?:#(?: .*)?\n)+?)# ///[ \t]*$", re.MULTILINE)
VERSION = re.compile(r"\d+(?:\.\d+)*")


def installed(text: str) -> tuple[str, ...]:
    """What its block asks for, as it is written; nothing where it has none that can be read."""
    match = BLOCK.search(text) if "# /// script" in text else None
    if match is None:
        return ()
    try:
        values: dict[str, Any] = tomllib.loads(
            "\n".join(line[2:] for line in match["lines"].splitlines())
        )
    except (ValueError, RecursionError):
        return ()
    rows = values.get("dependencies")
    texts = [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
    return tuple(row.strip() for row in texts)


def names(rows: Iterable[str]) -> frozenset[str]:
    """The distributions that these ask for, normalised."""
    return frozenset(normal_name(name_of(row)) for row in rows)


def tested(cells: Iterable[tuple[Cell, ast.Module]]) -> dict[str, str]:
    """The lowest versions, by module: `d = {"numpy": "1.21.2"}`, in a cell that gives it to `check_packages`."""
    rows = (_rows(tree) for cell, tree in cells if "check_packages" in cell.text)
    return {name: version for each in rows for name, version in each}


def _rows(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            try:
                values = ast.literal_eval(node.value)
            except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                continue
            for name, version in values.items():
                if isinstance(name, str) and isinstance(version, str) and VERSION.fullmatch(version):  # fmt: skip
                    yield name, version
            return
