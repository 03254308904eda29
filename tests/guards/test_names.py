"""A value is called by the noun of what it is, so that a function can be read alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.guards.source import ROOT, files, nodes, place

SOURCES = files(
    ROOT / "src", ROOT / "checks" / "envcheck_checks", ROOT / "bootstrap", ROOT / "ansible"
)
# Neither a function, a parameter nor a variable, in a comprehension or lambda neither.
REFUSED = {
    "said": "`output` or `message` for text that was printed, `match` for a regular expression's",
    "met": "the plural of what it holds, as `causes`; `diagnosis` for one",
    "mend": "`fix` for a Fix, a verb and a noun for a function",
    "one": "the type's noun: `machine`, `distribution`, `setting`, `letter`",
    "found": "the type's noun: `python`, `diagnosis`, `report`, `row`; `actual` for what came instead",
    "known": "the type's noun, or whose it is: `revisions`, `available`, `declared`",
}
EVIDENCE = {"wanted", "looked_in"}  # beside these, `found` is a side of the evidence


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """All of a function's, in order."""
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each is not None)


def sides_of_evidence(node: ast.AST) -> set[ast.AST]:
    """The parameters and fields of this function or class that are called `found` with right."""
    names: dict[str, ast.AST]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        names = {parameter.arg: parameter for parameter in parameters(node.args)}
    elif isinstance(node, ast.ClassDef):
        fields = [part.target for part in node.body if isinstance(part, ast.AnnAssign)]
        names = {field.id: field for field in fields if isinstance(field, ast.Name)}
    else:
        return set()
    return {names["found"]} if "found" in names and names.keys() & EVIDENCE else set()


def refused(source: Iterable[ast.AST]) -> Iterator[tuple[int, str, str]]:
    """Line, name, and what to write instead, of what these nodes name."""
    every = list(source)
    allowed = {side for node in every for side in sides_of_evidence(node)}
    for node in every:
        if node in allowed:
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = node.name.lstrip("_")
        elif isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        else:
            continue
        if instead := REFUSED.get(name):
            yield node.lineno, name, instead


def complaints(path: Path) -> list[str]:
    return [
        f"{place(path)}:{line}: `{name}` does not say what it is; write {instead}"
        for line, name, instead in refused(nodes(path))
    ]


def test_names() -> None:
    """Nothing is called after how it came about."""
    problems = [line for path in SOURCES for line in complaints(path)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def read(one, *, known): pass", ["one", "known"]),
        ("async def read(*found): pass", ["found"]),
        ("class Reader:\n    def read(self, found): pass", ["found"]),
        ("def _mend(fix): pass", ["mend"]),
        ("if said := read(): pass", ["said"]),
        ("for met in all: pass", ["met"]),
        ("key = lambda said: said.size", ["said"]),
        ("largest = max(files, key=lambda one: one.size)", ["one"]),
        ("sizes = [one.size for one in files]", ["one"]),
        ("first, known = read()", ["known"]),
        ("with read() as found: pass", ["found"]),
        ("def read(file):\n    found = file.read()\n    return fail(found=found)", ["found"]),
        ("class Reader:\n    found: str", ["found"]),
        ("class Evidence:\n    found: str\n    wanted: str", []),
        ("def fail(code, found, wanted): pass", []),
        ("def fail(code):\n    return Evidence(found=code.found)", []),
    ],
)
def test_a_name_is_seen(source: str, names: list[str]) -> None:
    assert [name for _, name, _ in refused(ast.walk(ast.parse(source)))] == names
