"""Statements of a cell that have a program install something, by a call of Python's."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from envcheck.adopt.reading import cells

# By the last part of their names: of `os`, `subprocess`, IPython's shell, and pip's own `main`.
CALLERS = frozenset(
    (
        *("system", "popen", "Popen", "run", "call", "check_call", "check_output", "execvp"),
        *(
            "getoutput",
            "getstatusoutput",
            "main",
            "run_line_magic",
            "run_cell_magic",
            "magic",
            "sx",
        ),
        *("create_subprocess_shell", "create_subprocess_exec", "execv", "execlp", "spawnlp"),
    )
)
OF_PIP = re.compile(r"^[ \t]*(?:from|import)\s+pip\b", re.MULTILINE)
WORD_APART = re.compile(r"[\"'\s,\[\]()]+")


@dataclass(frozen=True)
class WithoutCalls:
    """The text with `pass` in their places, and the first call; no text where that cannot be done."""

    text: str
    shown: str = ""


def without_calls(
    text: str, tree: ast.Module | None, is_out: Callable[[str], bool]
) -> WithoutCalls:
    """`is_out` knows the words of a line that installs."""
    if tree is None:
        return WithoutCalls(text)
    of_pip = "pip " if OF_PIP.search(text) else ""
    everything = is_out(WORD_APART.sub(" ", text))
    out: dict[ast.stmt, ast.Call] = {}
    for statement, call in _calls(tree):
        name = ast.unparse(call.func)
        last = name.rpartition(".")[2]
        if last not in CALLERS and not last.startswith("pip"):
            continue
        words = " ".join(_texts(call))
        if last == "main" or last.startswith("pip"):
            words = f"{of_pip or name.partition('.')[0]} {words}"
        if is_out(words) or (everything and _by_name(call)):
            out.setdefault(statement, call)
    if not out:
        return WithoutCalls(text)
    shown = f"{ast.unparse(next(iter(out.values())).func)}(..."
    return WithoutCalls(_replaced(text, list(out)), shown)


def _calls(tree: ast.AST, statement: ast.stmt | None = None) -> Iterator[tuple[ast.stmt, ast.Call]]:
    """Every call with the innermost statement that it is in."""
    for child in ast.iter_child_nodes(tree):
        inner = child if isinstance(child, ast.stmt) else statement
        if isinstance(child, ast.Call) and inner is not None:
            yield inner, child
        yield from _calls(child, inner)


def _texts(call: ast.Call) -> Iterator[str]:
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _by_name(call: ast.Call) -> bool:
    """Whether what it has run stands elsewhere in the cell."""
    return bool(call.args) and isinstance(call.args[0], (ast.Name, ast.Starred))


def _replaced(text: str, statements: list[ast.stmt]) -> str:
    """From the last to the first, so that places hold; empty where the text has other places than the
    tree (of a cell that is indented, or timed).
    """
    rows = [row.encode() for row in text.split("\n")]
    for statement in sorted(statements, key=lambda each: (each.lineno, each.col_offset))[::-1]:
        first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
        start, end = statement.col_offset, statement.end_col_offset or 0
        inside = b"\n".join(rows[first : last + 1])
        cut = inside[start : len(inside) - (len(rows[last]) - end)].decode(errors="replace")
        again = cells.parsed(cut)
        if again is None or [ast.dump(each) for each in again.body] != [ast.dump(statement)]:
            return ""
        rest = rows[first][:start] + b"pass" + rows[last][end:]
        rows[first : last + 1] = [rest, *[b""] * (last - first)]
    return b"\n".join(rows).decode(errors="replace")
