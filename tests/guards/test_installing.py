"""Whoever installs asks `envcheck.fixes.advice`, which knows whose hands an environment is in.

A command written elsewhere goes past a project's manager: its next sync takes away what was
installed, and its files do not know of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.guards.source import ROOT, files, nodes, of_kind, place

SOURCES = files(ROOT / "src", ROOT / "checks")
# Who writes it, and why. Meant to stay so short.
WRITERS = {
    "src/envcheck/fixes/advice.py": "the one that knows",
    "src/envcheck/command/class_extra.py": "envcheck itself, for a server: no course's project",
    "src/envcheck/rehearsal/commands.py": "installs into a copy of the course that is thrown away",
    "src/envcheck/hub/fetching.py": "unpacks envcheck's own packages into a folder that is thrown away",
    "checks/envcheck_checks/pip/dry_run.py": "asks pip what it would do, and installs nothing",
    "checks/envcheck_checks/pip/unreadable.py": "lets pip read its settings, and show its help",
}
# Names of `advice` that know of no manager, and who asks for them after asking for the manager.
PAST_MANAGERS = {
    # by a list of the course's, whose own manager is asked first
    "installer": {"src/envcheck/advice.py", "src/envcheck/fixes/by_list.py"},
    "own_pip": {"checks/envcheck_checks/pip/put_pip_there.py"},
}


def commands(source: Iterable[ast.AST]) -> Iterator[int]:
    """The lines of lists and tuples in which `pip` is followed by `install`."""
    for node in source:
        if isinstance(node, ast.Tuple | ast.List):
            words = [one.value if isinstance(one, ast.Constant) else None for one in node.elts]
            if ("pip", "install") in pairwise(words):
                yield node.lineno


def imported(path: Path) -> set[str]:
    """The names that the module in this file imports from `advice`."""
    return {
        name.name
        for node in of_kind(path, ast.ImportFrom)
        if (node.module or "").endswith("advice")
        for name in node.names
    }


def test_nobody_else_writes_how_to_install() -> None:
    # dry_run.py compares with it too; a comparison elsewhere is a command in the making.
    written = [
        f"{place(path)}:{line}"
        for path in SOURCES
        if place(path) not in WRITERS
        for line in commands(nodes(path))
    ]
    assert not written, (
        f"use `install` of envcheck.fixes.advice, which asks whose project it is, in place of: {written}"
    )


def test_nobody_installs_past_the_manager() -> None:
    past = [
        f"{place(path)} imports {name}"
        for path in SOURCES
        for name in imported(path) & PAST_MANAGERS.keys()
        if place(path) not in PAST_MANAGERS[name]
    ]
    assert not past, f"use `install`, which asks whose project it is: {past}"


def test_a_written_command_is_seen() -> None:
    """In a tuple and in a list, with something before and after; not what only looks like it."""
    assert [*commands(ast.walk(ast.parse("Run((python, '-m', 'pip', 'install', *names))")))] == [1]
    assert [*commands(ast.walk(ast.parse("x = [uv, 'pip', 'install']")))] == [1]
    assert [*commands(ast.walk(ast.parse("x = ('install', 'pip'), 'pip install'")))] == []
