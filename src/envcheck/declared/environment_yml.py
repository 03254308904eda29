"""environment.yml: conda's list, with its section of pip's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from envcheck.declared import requirements_txt
from envcheck.declared.conda_names import PROGRAMS, on_index
from envcheck.declared.conda_spec import parse
from envcheck.declared.declared import (
    Declared,
    DeclaredPython,
    EnvironmentName,
    LeftOut,
    Program,
    Row,
    Unread,
)
from envcheck.declared.source import Source, Unreadable

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

Node = Any  # of PyYAML: a scalar, a sequence or a mapping, with its place
LARGEST = 200_000  # bytes: PyYAML reads about 100,000 a second
DEEPEST = 40  # brackets in brackets
OF_CONDA = {"name", "channels", "prefix", "platforms", "variables"}  # keys by which it is one
NO_PYTHON = (
    "pypy",
    "pypy3.9",
    "python_abi",
    "pip",
)  # `pip` is there for its section, and needs no check


def read(source: Source) -> Iterator[Row]:
    """The packages that conda and pip would install from it, and the Python."""
    try:
        top = dict(_pairs(_root(source)))
    except Unreadable as problem:
        yield problem.unread
        return
    name, asked = top.get("name"), top.get("dependencies")
    if name is not None and name.id == "scalar":
        yield EnvironmentName(str(name.value), source.name, _line(name))
    if asked is None or asked.id != "sequence":
        line = _line(asked) if asked is not None else 0
        others = asked is None and not OF_CONDA & top.keys()
        reason = "it has no list under `dependencies:`"
        yield Unread(reason, source.name, line, of_another_purpose=others)
        return
    for item in asked.value:
        yield from _item(source, item)


def conda_row(source: Source, text: str, line: int) -> Row:
    """A line of conda's: a package, the Python, a program, or what nobody could look for."""
    if "://" in text:
        return LeftOut(text, source.name, line)
    spec = parse(text)
    if spec is None:
        return Unread(f"conda cannot read this line: {text[:80]}", source.name, line)
    if spec.name == "python":
        return DeclaredPython(spec.versions, source.name, line)
    if spec.name in PROGRAMS:
        return Program(PROGRAMS[spec.name], spec.versions, source.name, line)
    index = on_index(spec.name)
    if index == "" or spec.name in NO_PYTHON:
        return LeftOut(text, source.name, line)
    wanted = f"{index or spec.name}{spec.versions}"
    return Declared(wanted, source.name, line, spec.name, on_index=index is not None)


def _item(source: Source, item: Node) -> Iterator[Row]:
    if item.id == "scalar" and item.value:
        yield conda_row(source, str(item.value), _line(item))
        return
    for key, value in _pairs(item):
        if key == "pip" and value.id == "sequence":
            lines = [(_line(row), str(row.value)) for row in value.value if row.id == "scalar"]
            yield from requirements_txt.lines(source, lines)
            return
        if key == "pip" and not value.value:
            return  # an empty section
    yield Unread("conda cannot read this line: it is no package", source.name, _line(item))


def _root(source: Source) -> Node:
    """The file as nodes with their lines; an alias is the node that it repeats. Raises Unreadable."""
    import yaml

    text = source.text(LARGEST)
    _check_depth(source, text)
    try:
        root: Node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise source.unreadable(f"it is not YAML: {_reason(error)}", _place(error)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise source.unreadable(f"it is not YAML: {str(error).splitlines()[0]}") from None
    if root is None or root.id != "mapping":
        reason = "it is no environment of conda's: it has no `dependencies:`"
        raise Unreadable(Unread(reason, source.name, 1, of_another_purpose=_is_of_others(root)))
    return root


def _is_of_others(root: Node) -> bool:
    """Whether it is a list of tables, as Ansible's are."""
    rows = root.value if root is not None and root.id == "sequence" else []
    return bool(rows) and all(row.id == "mapping" for row in rows)


def _check_depth(source: Source, text: str) -> None:
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
        indent = len(line) - len(line.lstrip(" -"))
        if depth > DEEPEST or indent > 4 * DEEPEST:
            raise source.unreadable("it is nested too deep", number)


def _reason(error: MarkedYAMLError) -> str:
    return error.problem or error.context or "it ends too early"


def _place(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 0


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _pairs(node: Node) -> list[tuple[str, Node]]:
    """The keys and values of a mapping; nothing for another node."""
    if node.id != "mapping":
        return []
    return [(str(key.value), value) for key, value in node.value if key.id == "scalar"]
