"""A comprehension whose variable has the name of its function's parameter reads as if it asked for
the parameter, and asks for itself: `[name for name in names if name == name]`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest
from tests.guards.source import ROOT, files, nodes, place
from tests.guards.test_names import parameters

SOURCES = files(ROOT / "src", ROOT / "checks" / "envcheck_checks", ROOT / "bootstrap")
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def shadowed(source: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Line and name."""
    for function in source:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            own = {parameter.arg for parameter in parameters(function.args)}
            if not own:
                continue
            for made in ast.walk(function):
                if isinstance(made, COMPREHENSIONS):
                    yield from ((made.lineno, name) for name in bound(made) if name in own)


def bound(made: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[str]:
    for generator in made.generators:
        yield from (node.id for node in ast.walk(generator.target) if isinstance(node, ast.Name))


def test_no_parameter_is_shadowed() -> None:
    problems = [
        f"{place(path)}:{line}: `{name}` is a parameter already; give this one another name"
        for path in SOURCES
        for line, name in shadowed(nodes(path))
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def near(name, names): return [name for name in names if name == name]", ["name"]),
        ("def near(*, key): return {key: 1 for key, _ in pairs}", ["key"]),
        ("def near(name, names): return [other for other in names if other == name]", []),
        ("names = [name for name in read()]", []),
    ],
)
def test_a_shadow_is_seen(source: str, names: list[str]) -> None:
    assert [name for _, name in shadowed(ast.walk(ast.parse(source)))] == names
