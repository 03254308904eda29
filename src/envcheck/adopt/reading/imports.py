"""What a piece of Python imports: by its tree, or by its lines where it has none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from envcheck.adopt.reading.cells import parsed
from envcheck.adopt.reading.nodes import nodes

LINE = re.compile(r"[ \t]*(?:>>> |In \[\d*\]: )?(?P<code>(?:from|import)\b.*)")
# A dotted name and a semicolon: Java, Scala and C# import like this, and nobody in Python.
JAVA = re.compile(r"import[ \t]+(?:\w+\.)+[\w*]+[ \t]*;.*")
# What is asked for on some machines alone: nobody knows which branch runs on a learner's.
OF_MACHINES = re.compile(r"\A(?:platform|modules|version_info|python_version)\Z")
# And what is true on no learner's machine.
NOT_HERE = re.compile(
    r"\ATYPE_CHECKING\Z|colab|kaggle_(?:kernel|url)|(?:in|is|on)_kaggle", re.IGNORECASE
)
FORGIVING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
ENDING = {"exit", "quit", "_exit", "abort"}  # of the program, or of the kernel


@dataclass(frozen=True)
class Import:
    """A module that is imported, with all of its dots; `line` from 1, in its own text. `optional`: the
    code goes on where it is not there. `names` are what is taken from it. `instead_of`: it is imported only
    where those of a group are not all there; `outer` is what is really imported, where this one comes with it.
    """

    module: str
    line: int
    optional: bool = False
    names: tuple[str, ...] = ()
    instead_of: tuple[tuple[Import, ...], ...] = ()
    outer: str = ""

    @property
    def top(self) -> str:
        """The outermost package."""
        return self.module.partition(".")[0]


def of_tree(tree: ast.Module) -> Iterator[Import]:
    """Every import of it, in functions and branches too; those of its own package are left out."""
    return (each for each in _in(tree.body, optional=False) if each.top)


def inside(tree: ast.Module) -> Iterator[Import]:
    """Those of its own package, with the dots in front that say where it begins."""
    return (each for each in _in(tree.body, optional=False) if not each.top)


def of_lines(text: str) -> Iterator[Import]:
    """The imports that stand on a line of their own, where the text as a whole is not Python. Python itself
    says which lines are: prose and other languages begin with the same words.
    """
    for number, line in enumerate(text.split("\n"), 1):
        match = LINE.match(line)
        if match and not JAVA.fullmatch(match["code"]):
            tree = next(filter(None, map(parsed, _attempts(match["code"]))), None)
            for each in of_tree(tree) if tree else ():
                yield replace(each, line=number)


def _attempts(code: str) -> Iterator[str]:
    """A line as it stands, without what follows, and with the end that stands on the next ones."""
    yield code
    first = code.partition(";")[0]
    plain = first.partition("#")[0].rstrip("\\, \t")
    yield plain
    yield f"{plain})"
    if plain.endswith("("):
        yield f"{plain[:-1]}*"


def _in(body: Iterable[ast.stmt], *, optional: bool) -> Iterator[Import]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from (Import(name.name, node.lineno, optional) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(name.name for name in node.names)
            module = f"{'.' * node.level}{node.module or ''}"
            yield Import(module, node.lineno, optional, names)
        elif isinstance(node, ast.Expr | ast.Assign):
            continue
        elif isinstance(node, ast.Try):
            yield from _in_try(node, optional)
        elif isinstance(node, ast.With):
            yield from _in(node.body, optional=optional or any(map(_suppresses, node.items)))
        elif isinstance(node, ast.If):
            first, otherwise = _skipped(node.test)
            yield from _in(node.body, optional=optional or first)
            yield from _in(node.orelse, optional=optional or otherwise)
        elif isinstance(node, ast.Match):
            for case in node.cases:
                yield from _in(case.body, optional=optional)
        else:
            yield from _in(getattr(node, "body", ()), optional=optional)
            yield from _in(getattr(node, "orelse", ()), optional=optional)


def _in_try(node: ast.Try, optional: bool) -> Iterator[Import]:
    catching = next(filter(_catches, node.handlers), None)
    forgiven = optional or (catching is not None and not _ends(catching.body))
    first = tuple(_in(node.body, optional=forgiven))
    yield from first
    for handler in node.handlers:
        if handler is catching and forgiven and first:
            yield from _second(handler, first, optional)
        else:
            yield from _in(handler.body, optional=forgiven)
    yield from _in(node.orelse, optional=forgiven)
    yield from _in(node.finalbody, optional=optional)


def _second(
    handler: ast.ExceptHandler, first: tuple[Import, ...], optional: bool
) -> Iterator[Import]:
    """What is imported instead, where one of the first is not there; one of these again, after it was
    installed, is as optional as before.
    """
    tops = {each.top for each in first}
    for each in _in(handler.body, optional=optional):
        again = each.top in tops
        yield replace(each, optional=each.optional or again, instead_of=(*each.instead_of, first))


def _ends(body: list[ast.stmt]) -> bool:
    """Whether the code does not go on after it: then what failed was needed."""
    last = body[-1]
    if isinstance(last, ast.If):
        return bool(last.orelse) and _ends(last.body) and _ends(last.orelse)
    if isinstance(last, ast.With):
        return _ends(last.body)
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        called = last.value.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return name in ENDING
    if isinstance(last, ast.Assert):
        return isinstance(last.test, ast.Constant) and not last.test.value
    return isinstance(last, ast.Raise)


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & FORGIVING)


def _suppresses(item: ast.withitem) -> bool:
    """`with suppress(ImportError):` forgives as `try` does."""
    call = item.context_expr
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = {node.id for arg in call.args for node in ast.walk(arg) if isinstance(node, ast.Name)}
    return name == "suppress" and bool(named & FORGIVING)


def _skipped(test: ast.expr) -> tuple[bool, bool]:
    """Whether a learner's machine may pass over what follows a test, and its `else`."""
    here = _holds(test)
    if here is None:
        of_some = any(map(OF_MACHINES.search, _words(test)))
        either = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or)
        return of_some or (either and any(map(NOT_HERE.search, _words(test)))), of_some
    return not here, here


def _holds(test: ast.expr) -> bool | None:
    """Whether this is so on a learner's machine, which is neither Colab nor Kaggle nor a type checker; None where nobody
    knows.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _holds(test.operand)
        return inner if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        decides = isinstance(test.op, ast.Or)  # one true of an `or`, one false of an `and`
        each = [_holds(value) for value in test.values]
        return decides if decides in each else None if None in each else not decides
    if not any(map(NOT_HERE.search, _words(test))):
        return None
    denied = isinstance(test, ast.Compare) and any(
        isinstance(each, ast.NotIn | ast.NotEq | ast.IsNot) for each in test.ops
    )
    false = {str(node.value) for node in nodes(test, ast.Constant)} & {"False", "None"}
    return denied != bool(false)


def _words(test: ast.expr) -> Iterator[str]:
    """The names and texts in it."""
    for node in nodes(test, ast.Name, ast.Attribute, ast.Constant):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant):
            yield str(node.value)
