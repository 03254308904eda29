"""How much one file, one function and one module may hold, so that each can be read at
one sitting.
"""

from __future__ import annotations

import ast
import functools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import ROOT, files, of_kind, place, text, written

ROOTS = {
    "envcheck": ROOT / "src",
    "envcheck_class": ROOT / "src",
    "envcheck_checks": ROOT / "checks",
    "bootstrap": ROOT,
    "ansible": ROOT,
    "envcheck_pytest": ROOT / "pytest-plugin",
}
SOURCES = files(*(root / name for name, root in ROOTS.items()))

MOST_LINES = 250  # of a file
MOST_FUNCTION_LINES = 30  # without the docstring
MOST_PARAMETERS = 7  # that can be given by position
MOST_IMPORTS = 12  # of modules of ours, besides the vocabulary that `envcheck` itself is
MOST_MODULES = 45  # side by side in a folder

# Lists of a course: each line names another room.
LISTS = ROOTS["envcheck_checks"] / "envcheck_checks" / "courses"


def too_much(path: Path) -> Iterator[str]:
    """What is too long in a file, each with what to do about it."""
    name = place(path)
    if (lines := len(text(path).splitlines())) > MOST_LINES:
        yield (
            f"{name}: {lines} lines, and {MOST_LINES} at most: "
            "move one of its nouns, with the functions about it, into a module of its own"
        )
    for node in of_kind(path, ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from too_much_of_a_function(f"{name}:{node.name}", node)
    if LISTS not in path.parents and (count := len(own_imports(path))) > MOST_IMPORTS:
        yield (
            f"{name} imports: {count} modules of ours, and {MOST_IMPORTS} at most: "
            "move what needs some of them into a module of its own, or into the one that it is about"
        )


def too_much_of_a_function(
    name: str, function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[str]:
    if (lines := body_length(function)) > MOST_FUNCTION_LINES:
        yield (
            f"{name}: {lines} lines, and {MOST_FUNCTION_LINES} at most: "
            "give a part of it a name, as a function of its own"
        )
    parameters = len(function.args.posonlyargs) + len(function.args.args)
    if parameters > MOST_PARAMETERS:
        yield (
            f"{name}: {parameters} parameters, and {MOST_PARAMETERS} at most: "
            "make a frozen value of those that belong together, or put options behind a `*`"
        )


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the last, functions inside not counted
    twice.
    """
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    inner = [node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    whole = (body[-1].end_lineno or 0) - body[0].lineno + 1
    return whole - sum((node.end_lineno or 0) - node.lineno + 1 for node in inner)


def own_imports(path: Path) -> set[str]:
    """Our modules that the one in this file imports, at its top or in a function; not those that only a type
    checker reads.
    """
    for_types = {
        id(inner)
        for node in of_kind(path, ast.If)
        if written(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in of_kind(path, ast.Import):
        if id(node) not in for_types:
            found.update(name.name for name in node.names)
    for each in of_kind(path, ast.ImportFrom):
        if id(each) not in for_types:
            source = each.module or ""
            found.update(
                f"{source}.{name.name}" if is_module(f"{source}.{name.name}") else source
                for name in each.names
            )
    return {name for name in found if name.partition(".")[0] in ROOTS} - {"envcheck"}


@functools.cache
def is_module(name: str) -> bool:
    root = ROOTS.get(name.partition(".")[0])
    place = root.joinpath(*name.split(".")) if root else Path("nothing")
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def test_sizes() -> None:
    """Files, functions, parameters and imports stay within bounds."""
    told = [line for path in SOURCES for line in too_much(path)]
    assert not told, "\n".join(told)


def test_a_folder_that_has_grown_is_divided() -> None:
    """Forty-five modules side by side say nothing of where the next one goes."""
    beside = Counter(place(path.parent) for path in SOURCES if path.stem != "__init__")
    large = {folder for folder, count in beside.items() if count > MOST_MODULES}
    grown = sorted(f"{folder} ({beside[folder]} modules)" for folder in large)
    assert not grown, (
        f"{', '.join(grown)}: {MOST_MODULES} at most side by side. Make a room for each question, as "
        "src/envcheck/adopt has, with a contract in pyproject.toml that says which may import which"
    )
