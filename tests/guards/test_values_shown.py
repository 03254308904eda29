"""A report names a variable of the learner's with its value only where the name is on a list: read there,
or kept in a name of the same function first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from tests.guards.source import ROOT, files, of_kind, place, text, written

from envcheck_checks.interference import shown

EVIDENCE = {"found", "wanted", "looked_in", "note"}
# Whose values lead somewhere, and are no secret of anybody's, besides those of interference.shown.
LEADING = {
    "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "KUBECONFIG", "JUPYTER_TOKEN_FILE", "TMPDIR",
    "JUPYTER_PORT", "AIRFLOW__API__PORT", "AIRFLOW__WEBSERVER__WEB_SERVER_PORT",
}  # fmt: skip
NAMED_THERE = {"checks/envcheck_checks/python/locale.py: name"}  # LC_ALL, LC_CTYPE, LANG
SHOWN = {*shown.SHOWN, *LEADING}
SHOWING = ("shown", "all_shown", "of_pip", "without_values")  # of interference.shown
Names = Mapping[str, set[str]]


def read(value: ast.AST, kept: Names) -> Iterator[str]:
    """The names of variables whose values become a part of this one; `kept` has those that names of the
    function hold.
    """
    if isinstance(value, ast.Call) and written(value.func).rpartition(".")[2] in SHOWING:
        return
    if isinstance(value, ast.Subscript) and written(value.value).endswith(".variables"):
        yield written(value.slice)
    if isinstance(value, ast.Call) and written(value.func).endswith(".variables.get"):
        yield written(value.args[0])
    if isinstance(value, ast.Name):
        yield from kept.get(value.id, ())
    for inner in ast.iter_child_nodes(value):
        if not (isinstance(value, ast.IfExp) and inner is value.test):
            yield from read(inner, kept)


def kept_in(function: ast.AST) -> Names:
    """The variables of the learner's whose values stand in names of this function."""
    kept: dict[str, set[str]] = {}
    for node in ast.walk(function):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.NamedExpr | ast.AnnAssign):
            targets = [node.target]
        if targets and isinstance(node, ast.Assign | ast.NamedExpr | ast.AnnAssign) and node.value:
            names = set(read(_text(node.value), kept))
            for name in (inner for one in targets for inner in ast.walk(one)):
                if isinstance(name, ast.Name) and names:
                    kept.setdefault(name.id, set()).update(names)
    return kept


def _text(value: ast.expr) -> ast.AST:
    """Of a call that makes another thing of a value, as a file of its name, nothing is followed."""
    is_reading = isinstance(value, ast.Call) and written(value.func).endswith(".variables.get")
    return ast.Constant(None) if isinstance(value, ast.Call) and not is_reading else value


def told(code: ast.AST, kept: Names) -> Iterator[str]:
    """The variables that this node shows as evidence, and no list has."""
    for argument in code.keywords if isinstance(code, ast.Call) else ():
        if argument.arg in EVIDENCE:
            names = (name.strip("'") for name in read(argument.value, kept))
            yield from (name for name in names if name not in SHOWN)


def told_in(module: ast.AST) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            kept = kept_in(node)
            yield from (name for inner in ast.walk(node) for name in told(inner, kept))


def test_no_value_of_another_variable_is_shown() -> None:
    found = sorted(
        {
            f"{place(path)}: {name}"
            for path in files(ROOT / "src", ROOT / "checks")
            if ".variables" in text(path)  # where no value is read none is shown
            for node in of_kind(path, ast.Module)
            for name in told_in(node)
        }
        - NAMED_THERE
    )
    assert not found, "show it by interference.shown, or not at all:\n" + "\n".join(found)


def test_the_guard_sees_one() -> None:
    for bad in ('f"{name}={env.variables[name]}"', 'env.variables.get("PHRASE", "")'):
        assert [*told(ast.parse(f"fail(found={bad})", mode="eval").body, {})]
    for good in ("shown(name, env.variables[name])", '1 if env.variables.get("X") else 2'):
        assert not [*told(ast.parse(f"fail(found={good})", mode="eval").body, {})]
    kept = "def f():\n    value = env.variables.get(NAME)\n    return fail(found=f'{NAME}={value}')"
    assert [*told_in(ast.parse(kept))] == ["NAME"]
