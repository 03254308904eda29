"""Whoever offers an environment asks `new_environment` of `envcheck.fixes.advice`, and that asks
`standing` what is at its place: one that is too old, broken or somebody else's is met by all alike.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.guards.source import ROOT, files, nodes, place

# Who writes the command that makes one, and why. Meant to stay so short.
WRITERS = {
    "src/envcheck/fixes/advice.py": "the one that asks",
    "src/envcheck/command/class_extra.py": "for a server, and no learner's or course's",
    "src/envcheck/target/belongings.py": "tells what such a command changes",
    "src/envcheck/rehearsal/commands.py": "makes one in a copy of the course that is thrown away",
    "src/envcheck/hub/in_server.py": "makes envcheck's own, in a folder that is thrown away",
    "checks/envcheck_checks/pip/venv.py": "tries it, in a folder that is thrown away",
    "checks/envcheck_checks/python/lost_settings.py": "writes the settings of one that is there anew",
    "checks/envcheck_checks/commands/moved.py": "writes the settings of one that was moved anew",
}


def commands(source: Iterable[ast.AST]) -> Iterator[int]:
    """The lines of lists and tuples that make an environment: `python -m venv`, `uv venv`, and
    their like.
    """
    for node in source:
        if not isinstance(node, ast.Tuple | ast.List):
            continue
        words = [one.value if isinstance(one, ast.Constant) else None for one in node.elts]
        before = dict(zip(words[1:], words, strict=False))
        by_python = before.get("venv") == "-m" or before.get("virtualenv") == "-m"
        if by_python or words[:2] == [None, "venv"]:
            yield node.lineno


def test_nobody_else_makes_one() -> None:
    written = [
        f"{place(path)}:{line}"
        for path in files(ROOT / "src", ROOT / "checks")
        if place(path) not in WRITERS
        for line in commands(nodes(path))
    ]
    assert not written, (
        f"use `new_environment` of envcheck.fixes.advice, which looks at what is there: {written}"
    )


def test_each_writer_writes() -> None:
    silent = [name for name in WRITERS if not [*commands(nodes(ROOT / name))]]
    assert not silent, f"take these out of WRITERS: {silent}"


def test_a_written_command_is_seen() -> None:
    assert [*commands(ast.walk(ast.parse("Run((python, '-m', 'venv', place))")))] == [1]
    assert [*commands(ast.walk(ast.parse("x = [uv, 'venv', '--python', base]")))] == [1]
    assert [*commands(ast.walk(ast.parse("x = ('.venv', 'venv'), ('venv', 'uv')")))] == []
