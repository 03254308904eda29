from __future__ import annotations

import ast
import contextlib
import dataclasses
from pathlib import Path

import pytest

from envcheck.adopt.reading.nodes import nodes


@pytest.mark.parametrize("module", [ast, contextlib, dataclasses, pytest])
def test_all_that_a_walk_sees(module: object) -> None:
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8"))
    kinds = (ast.Call, ast.Constant, ast.Subscript, ast.Name, ast.Attribute)
    walked = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    assert walked
    assert sorted(map(id, walked)) == sorted(map(id, nodes(tree, *kinds)))


def test_what_has_no_children_in_python() -> None:
    """Texts, numbers and None stand among the children of nodes."""
    tree = ast.parse("global a\nx: int = 1j\nmatch x:\n    case {'k': 1, **rest}: ...; None\n")
    assert [node.value for node in nodes(tree, ast.Constant)].count(1j) == 1
    assert [node.id for node in nodes(tree, ast.Name)].count("x") == 2
