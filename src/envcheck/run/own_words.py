"""What a course's own checks in Python say of themselves: read as a tree, and never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck import foreign_file
from envcheck.course_file.values import CourseFile

LARGEST = 500_000  # bytes of a file
GIVE = ("fail", "warn")  # what makes a diagnosis, by its code


@dataclass(frozen=True)
class _Own:
    """A check as it is written: `codes` are those that it gives."""

    id: str
    title: str
    about: str
    line: int
    codes: tuple[str, ...] = ()


def pages_of(file: CourseFile) -> dict[str, str]:
    """The pages of these checks and of the codes that they give, by name. Of a file that is no Python
    there is none.
    """
    sources = [source for chapter in file.chapters for source in chapter.asked.checks]
    pages: dict[str, str] = {}
    for path in dict.fromkeys(source.partition(":")[0] for source in sources):
        for own in _checks_in(foreign_file.text_or_nothing(file.folder / path, LARGEST)):
            pages.setdefault(own.id, _page(own, path))
            for code in own.codes:
                pages.setdefault(code, _of_code(code, own, path))
    return pages


def _checks_in(text: str) -> Iterator[_Own]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in node.decorator_list:
                if _called(call) == "check" and (id := _text(call, "id")):
                    title, _, about = (ast.get_docstring(node) or id).partition("\n")
                    yield _Own(id, title, about.strip(), node.lineno, tuple(_codes(node)))
        elif _called(node) == "Check" and (id := _text(node, "id")):
            yield _Own(id, _text(node, "title", 1) or id, "", getattr(node, "lineno", 1))


def _called(node: ast.AST) -> str:
    """The last part of the name of what is called."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.AST, name: str, at: int = 0) -> str:
    """The text that a call is given by this name, or at this place."""
    if not isinstance(node, ast.Call):
        return ""
    named = [word.value for word in node.keywords if word.arg == name]
    given = [*named, *node.args[at : at + 1]]
    value = given[0].value if given and isinstance(given[0], ast.Constant) else None
    return value if isinstance(value, str) else ""


def _codes(function: ast.FunctionDef) -> Iterator[str]:
    yield from (
        code
        for node in ast.walk(function)
        if _called(node) in GIVE and (code := _text(node, "code"))
    )


def _page(own: _Own, path: str) -> str:
    about = f"{own.about}\n\n" if own.about else ""
    gives = ", ".join(f"`{code}`" for code in dict.fromkeys(own.codes))
    ends = f" It gives {gives}." if gives else ""
    return (
        f"# {own.title}\n\n{about}The check `{own.id}` is the course's own: {path}, line {own.line}."
        f"{ends}\nTo show this, the file was read and not run.\n"
    )


def _of_code(code: str, own: _Own, path: str) -> str:
    about = f"{own.about}\n\n" if own.about else ""
    return (
        f"# {code}\n\n{about}The check `{own.id}` of the course's own gives it: {own.title}.\n"
        f"It stands in {path}, line {own.line}. To show this, the file was read and not run.\n"
    )
