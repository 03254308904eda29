"""What the guards read is what Python's own tools read, which take longer."""

from __future__ import annotations

import ast

import pytest
from tests.guards import source

OWN = source.files(source.ROOT / "tests" / "guards")


def test_the_nodes_are_those_of_a_walk() -> None:
    for path in OWN:
        assert source.nodes(path) == tuple(ast.walk(source.tree(path)))
        calls = [node for node in source.nodes(path) if type(node) is ast.Call]
        assert [*source.of_kind(path, ast.Call)] == calls


def test_names_are_written_as_they_stand() -> None:
    for path in OWN:
        for node in source.of_kind(path, ast.Attribute, ast.Name, ast.Constant):
            assert source.written(node) == ast.unparse(node)


@pytest.mark.parametrize(
    "code", ["a", "a.b.c", "f(x).a.b", "a[0].b", "1 .real", "'x'.join", "(a + b).c"]
)
def test_each_way_to_write_one(code: str) -> None:
    node = ast.parse(code, mode="eval").body
    assert source.written(node) == ast.unparse(node)


# Parse files that are none of the project's
OF_OTHERS = {"tests/unit/engine/adopt/reading/test_nodes.py"}


def test_nobody_else_parses_the_source() -> None:
    """Each would take a second for it, in each worker. Another version's grammar is another question."""
    parsing = {
        source.place(path)
        for path in source.files(source.ROOT / "tests" / "guards", source.ROOT / "tests" / "unit")
        if "ast.parse(" in source.text(path)
        for call in source.of_kind(path, ast.Call)
        if source.written(call.func) == "ast.parse" and not call.keywords
        for read in ast.walk(call.args[0])
        if isinstance(read, ast.Attribute) and read.attr == "read_text"
    }
    assert parsing == OF_OTHERS, "read it by tests.guards.source: tree, nodes, of_kind"
