"""A value is called by the noun of what it is, so that a function can be read alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, nodes, place

SOURCES = files(ROOT / "src", ROOT / "checks" / "envcheck_checks", ROOT / "bootstrap")
# Nowhere: neither a function, a parameter nor a variable.
REFUSED = {
    "said": "`output` or `message` for text that was printed, `match` for a regular expression's",
    "met": "the plural of what it holds, as `causes`; `diagnosis` for one",
    "mend": "`fix` for a Fix, a verb and a noun for a function",
}
# Not as a parameter: in a lambda or a comprehension the reader sees what they run over.
REFUSED_AS_PARAMETER = {
    "one": "the type's noun: `machine`, `distribution`, `setting`",
    "found": "the type's noun: `python`, `diagnosis`, `blamed`; `actual` for what came instead",
    "known": "the type's noun, or whose it is: `available`, `declared`",
}
EVIDENCE = {"wanted", "looked_in"}  # beside these, `found` is a side of the evidence


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """All of a function's, in order."""
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each is not None)


def refused(node: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, name, and what to write instead, of what this node alone names."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        taken = list(parameters(node.args))
        names = {parameter.arg for parameter in taken}
        for parameter in taken:
            if parameter.arg == "found" and names & EVIDENCE:
                continue
            if instead := REFUSED_AS_PARAMETER.get(parameter.arg):
                yield parameter.lineno, parameter.arg, instead
        if instead := REFUSED.get(node.name.lstrip("_")):
            yield node.lineno, node.name, instead
    if isinstance(node, ast.arg) and node.arg in REFUSED:
        yield node.lineno, node.arg, REFUSED[node.arg]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in REFUSED:
        yield node.lineno, node.id, REFUSED[node.id]


def complaints(path: Path) -> list[str]:
    return [
        f"{place(path)}:{line}: `{name}` does not say what it is; write {instead}"
        for node in nodes(path)
        for line, name, instead in refused(node)
    ]


def test_names() -> None:
    """No parameter is called after how it came about."""
    problems = [line for path in SOURCES for line in complaints(path)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def read(one, *, known): pass", ["one", "known"]),
        ("async def read(*found): pass", ["found"]),
        ("class Reader:\n    def read(self, found): pass", ["found"]),
        ("def _mend(fix): pass", ["_mend"]),
        ("if said := read(): pass", ["said"]),
        ("for met in all: pass", ["met"]),
        ("key = lambda said: said.size", ["said"]),
        ("def fail(code, found, wanted): pass", []),
        ("largest = max(files, key=lambda one: one.size)", []),
        ("sizes = [one.size for one in files]", []),
        ("def read(file):\n    found = file.read()\n    return fail(found=found)", []),
    ],
)
def test_a_name_is_seen(source: str, names: list[str]) -> None:
    seen = [name for node in ast.walk(ast.parse(source)) for _, name, _ in refused(node)]
    assert seen == names
