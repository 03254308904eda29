"""A report names a variable of the learner's with its value only where the name is on a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.guards.source import ROOT, files, of_kind, place, written

EVIDENCE = {"found", "wanted", "looked_in", "note"}
# Whose values lead somewhere, and are no secret of anybody's; interference.settings has the others.
SHOWN = {"VIRTUAL_ENV", "CONDA_PREFIX", "KUBECONFIG"}


def read(value: ast.AST) -> Iterator[str]:
    """The names of variables whose values become a part of this one."""
    if isinstance(value, ast.Call) and written(value.func).rpartition(".")[2] == "shown":
        return
    if isinstance(value, ast.Subscript) and written(value.value).endswith(".variables"):
        yield written(value.slice)
    if isinstance(value, ast.Call) and written(value.func).endswith(".variables.get"):
        yield written(value.args[0])
    for inner in ast.iter_child_nodes(value):
        if not (isinstance(value, ast.IfExp) and inner is value.test):
            yield from read(inner)


def told(code: ast.AST) -> Iterator[str]:
    """The variables that this node shows as evidence, and no list has."""
    for argument in code.keywords if isinstance(code, ast.Call) else ():
        if argument.arg in EVIDENCE:
            yield from (name for name in read(argument.value) if name.strip("'") not in SHOWN)


def test_no_value_of_another_variable_is_shown() -> None:
    shown = [
        f"{place(path)}: {name}"
        for path in files(ROOT / "src", ROOT / "checks")
        for node in of_kind(path, ast.Call)
        for name in told(node)
    ]
    assert not shown, "show it by interference.settings.shown, or not at all:\n" + "\n".join(shown)


def test_the_guard_sees_one() -> None:
    for bad in ('f"{name}={env.variables[name]}"', 'env.variables.get("PHRASE", "")'):
        assert [*told(ast.parse(f"fail(found={bad})", mode="eval").body)]
    for good in ("shown(name, env.variables[name])", '1 if env.variables.get("X") else 2'):
        assert not [*told(ast.parse(f"fail(found={good})", mode="eval").body)]
