"""Variables that a course asks its learners to set: what its example of a `.env` leaves open, and what
its notebooks take from the environment without another way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck import foreign_file
from envcheck.adopt.reading.nodes import nodes
from envcheck.adopt.reading.tree import Tree

EXAMPLES = re.compile(r"\.?env[._-](?:example|template|sample|dist)|(?:example|sample)\.env")
SECRET = re.compile(
    r"(?:^|_)(?:key|token|secret|password|passwd|credentials?)(?:$|_)", re.IGNORECASE
)
LINE = re.compile(r"(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(?P<value>.*)")
STANDS_FOR_ONE = re.compile(
    r"\.\.\.|…|your|xxx|<.*>|change|replace|paste|todo|insert", re.IGNORECASE
)
# Of the machine, of tools, or of a place where a notebook runs: learners do not set them.
NOBODY_SETS = re.compile(
    r"HOME|PATH|USER|PWD|SHELL|CI|DISPLAY|(?:COLAB|KAGGLE|GITHUB|JUPYTER|BINDER|CONDA|VIRTUAL|CUDA|TF|KERAS"
    r"|TOKENIZERS|PYTHON|PYTORCH|OMP|MKL|XLA|JPY|SPHINX|PYTEST|READTHEDOCS|SPARK|JAVA|DASK)_?.*"
)
MOST_BYTES = 100_000
FILE = ".env"


@dataclass(frozen=True)
class Variable:
    """A variable that must have a value, and the first place that says so. `placeholders` are values
    that stand for one.
    """

    name: str
    file: str
    line: int
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What code does with variables: those that it takes, by name and line, and those that it sets or
    can do without.
    """

    needs: tuple[tuple[str, int], ...] = ()
    sets: tuple[str, ...] = ()


def in_examples(tree: Tree) -> tuple[Variable, ...]:
    """The variables that an example of a `.env` leaves open, each once; the nearest to the root first."""
    variables: dict[str, Variable] = {}
    names = [name for name in tree.files if EXAMPLES.fullmatch(name.rpartition("/")[2].lower())]
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        for variable in _open(name, foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)):
            variables.setdefault(variable.name, variable)
    return tuple(variables.values())


def _open(file: str, text: str) -> Iterator[Variable]:
    """Its lines without a value of their own, but for those that are said to be optional."""
    optional = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            optional = "optional" in line.lower()
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            optional = optional and bool(line.strip())
            continue
        value = match["value"].partition(" #")[0].strip().strip("\"'")
        stands = not value or STANDS_FOR_ONE.search(value) is not None
        if stands and not optional and not NOBODY_SETS.fullmatch(match["name"]):
            placeholders = (value,) if value and len(value) <= 60 else ()
            yield Variable(match["name"], file, number, placeholders)


def taken_by(text: str, tree: ast.Module) -> Taken:
    """What a cell of this text and tree does with variables."""
    if "environ" not in text and "getenv" not in text:
        return Taken()
    needs: list[tuple[str, int]] = []
    sets: list[str] = []
    for node in nodes(tree, ast.Subscript, ast.Compare, ast.Call):
        if isinstance(node, ast.Subscript) and _name(node.value) == "environ":
            name = _text(node.slice)
            if isinstance(node.ctx, ast.Load):
                needs.append((name, node.lineno))
            else:
                sets.append(name)
        elif isinstance(node, ast.Compare) and _name(node.comparators[0]) == "environ":
            sets.append(_text(node.left))  # `"X" in os.environ`: it goes on without
        elif isinstance(node, ast.Call) and node.args:
            name = _text(node.args[0])
            if _asks(node) and SECRET.search(name):
                needs.append((name, node.lineno))
            elif _name(node.func) in ("setdefault", "putenv"):
                sets.append(name)
    wanted = [row for row in needs if row[0] and not NOBODY_SETS.fullmatch(row[0])]
    return Taken(tuple(sorted(wanted, key=lambda row: (row[1], row[0]))), tuple(sets))


def _asks(call: ast.Call) -> bool:
    """`os.getenv("X")` and `os.environ.get("X")`, without a value for who has none."""
    function = call.func
    got = isinstance(function, ast.Attribute) and function.attr == "get"
    of_environment = (
        got and isinstance(function, ast.Attribute) and _name(function.value) == "environ"
    )
    return (
        len(call.args) == 1
        and not call.keywords
        and (_name(function) == "getenv" or of_environment)
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return (
        value
        if isinstance(value, str) and re.fullmatch(r"[A-Za-z_]\w{0,127}", value, re.ASCII)
        else ""
    )
