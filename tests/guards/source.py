"""The source of the project, read and parsed once for all guards."""

from __future__ import annotations

import ast
import functools
import gc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

ROOT = Path(__file__).parents[2]


def files(*folders: Path) -> list[Path]:
    """Every module in these folders, in order."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@functools.cache
def place(path: Path) -> str:
    """A path as messages show it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    """It is there to the end, and nothing that the garbage collector would have to look through."""
    parsed = ast.parse(text(path))
    gc.freeze()
    return parsed


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, in the order of `ast.walk`, which takes three times as long."""
    every: list[ast.AST] = [tree(path)]
    for node in every:  # which grows
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                every.append(value)
            elif isinstance(value, list):
                every += [item for item in value if isinstance(item, ast.AST)]
    return tuple(every)


Kind = TypeVar("Kind", bound=ast.AST)


def of_kind(path: Path, *kinds: type[Kind]) -> Iterator[Kind]:
    """The nodes of a module that are of these kinds, as `nodes` has them of each."""
    for kind in kinds:
        yield from cast(list[Kind], _by_kind(path).get(kind, ()))


@functools.cache
def _by_kind(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
    kinds: dict[type[ast.AST], list[ast.AST]] = {}
    for node in nodes(path):
        kinds.setdefault(type(node), []).append(node)
    return kinds


@functools.cache
def names(path: Path) -> tuple[tuple[str, str], ...]:
    """`os.environ`, `subprocess.run`, `print`: names and attributes as they are written, each with
    its file and line.
    """
    return tuple(
        (written(node), f"{place(path)}:{node.lineno}")
        for node in of_kind(path, ast.Attribute, ast.Name)
    )


def written(node: ast.AST) -> str:
    """As `ast.unparse` has it, which is slow for what most of them are: a name with its dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        return f"{written(node.value)}.{node.attr}"
    return ast.unparse(node)


def loaded(script: str) -> Any:
    """A program of scripts/ that reads the source, as a module: what is parsed here already it does
    not parse again.
    """
    name = script.replace("-", "_")
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "scripts" / script))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    assert callable(module.parsed)
    module.__dict__["parsed"] = tree
    return module
