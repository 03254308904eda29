"""What a checker that somebody wrote by hand asks for, and a setup.py: read as data, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from envcheck import foreign_file
from envcheck.adopt.reading import cells
from envcheck.adopt.reading.tree import Tree

CHECKER = re.compile(
    r"(?:check|verify|test)_?(?:my_?)?(?:env\w*|install\w*|setup|requirements|packages|dependencies)\.py"
    r"|(?:install|env|environment|setup)_?(?:check|test)\w*\.py|\w+_environment_check\.py",
    re.IGNORECASE,
)
LISTING = re.compile(r"pkg|package|requir|librar|libs|module|depend|deps", re.IGNORECASE)
NO_NEED = re.compile(r"option|extra|dev|skip|ignore|bad|missing|fail|result", re.IGNORECASE)
VERSION = re.compile(r"\d+(?:\.\d+)*(?:\.?(?:dev|post|a|b|rc)\d+)?")
WRITTEN = re.compile(
    r"(?P<name>[A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*(?:>=|==|~=)?\s*(?P<version>[\d.]*)"
)
MOST_BYTES = 300_000
MOST = 60  # packages of one file


@dataclass(frozen=True)
class Row:
    """A package that a checker looks for: the name as it stands there, of a module or of what is
    installed; `installed` where it says both; `minimum` is the lowest version, empty for any.
    `is_certain`: the course itself installs it by this name.
    """

    name: str
    file: str
    line: int
    installed: str = ""
    minimum: str = ""
    is_certain: bool = False


def checked(tree: Tree) -> tuple[Row, ...]:
    """The rows of every checker of the course, each name once in its folder. What lies among tests is for who
    makes the course.
    """
    rows: dict[tuple[str, str], Row] = {}
    for name in tree.files:
        folder, _, last = name.rpartition("/")
        of_tests = {"test", "tests"} & {*folder.lower().split("/")}
        if (CHECKER.fullmatch(last) and not of_tests) or name == "setup.py":
            for row in _rows(tree, name):
                rows.setdefault((folder, row.name), row)
    return tuple(rows.values())[:MOST]


def _rows(tree: Tree, name: str) -> Iterator[Row]:
    module = cells.parsed(foreign_file.text_or_nothing(tree.root / name, MOST_BYTES))
    for node in ast.walk(module) if module else ():
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and _lists(target.id, name):
                yield from _entries(node.value, name)
        elif isinstance(node, ast.keyword) and node.arg == "install_requires":
            yield from _entries(node.value, name)


def _lists(variable: str, file: str) -> bool:
    """Whether a variable of this name holds what must be there. `d` is what many copies call it."""
    named = LISTING.search(variable) is not None or variable == "d"
    return file != "setup.py" and named and not NO_NEED.search(variable)


def _entries(value: ast.expr, file: str) -> Iterator[Row]:
    """`{"numpy": "1.26"}`, `{"numpy": ("1.24", None)}`, `["numpy"]`, `[("cv2", "opencv-python")]`; without those
    that a word beside them calls optional.
    """
    if isinstance(value, ast.Dict):
        for key, each in zip(value.keys, value.values, strict=True):
            if key is not None and not _is_optional(beside := _literal(each)):
                yield from _row(_literal(key), beside, file, key.lineno)
    elif isinstance(value, ast.List | ast.Tuple | ast.Set):
        for item in value.elts:
            written = _literal(item)
            if _is_optional(written):
                continue
            if isinstance(written, tuple) and written:
                yield from _row(written[0], written[1:], file, item.lineno)
            else:
                yield from _row(written, None, file, item.lineno)


def _is_optional(beside: Any) -> bool:  # any literal of Python
    """`("streamlit", "for the demo", False)`, `{"required": False}`, `{"optional": True}`."""
    if isinstance(beside, dict):
        each = {str(key).lower(): value for key, value in beside.items()}
        needed = (each.get(name) is False for name in ("required", "needed", "mandatory"))
        return any(needed) or each.get("optional") is True
    return beside is False or (isinstance(beside, tuple) and any(word is False for word in beside))


def _literal(node: ast.expr) -> Any:  # any literal of Python
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _row(written: Any, beside: Any, file: str, line: int) -> Iterator[Row]:
    match = WRITTEN.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        return
    first = beside[0] if isinstance(beside, tuple) and beside else beside
    minimum, installed = match["version"], ""
    if isinstance(first, str) and VERSION.fullmatch(first):
        minimum = first
    elif isinstance(first, str) and WRITTEN.fullmatch(first):
        installed = first
    yield Row(match["name"], file, line, installed, minimum)
