"""Who installs a program needs a new terminal: the one that is open has the old PATH."""

from __future__ import annotations

import ast
import re

from tests.guards.source import ROOT, files, nodes, place

FOLDERS = (ROOT / "src/envcheck", ROOT / "checks", ROOT / "bootstrap")
TELLING = {"tell", "Tell", "make_tell_fix"}
A_PROGRAM = re.compile(r"^Install (?:Python|the 64-bit Python|kubectl|`)")


def forgets(call: ast.Call) -> bool:
    """Whether a step has a program installed, and nothing in it speaks of a new terminal."""
    words = [
        node.value
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return any(map(A_PROGRAM.search, words)) and not any("new terminal" in word for word in words)


def test_who_is_told_to_install_a_program_is_told_of_a_new_terminal() -> None:
    calls = [
        (path, node)
        for path in files(*FOLDERS)
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLING
    ]
    missing = [f"{place(path)}:{call.lineno}" for path, call in calls if forgets(call)]
    assert not missing, f"add `Then open a new terminal.`: {missing}"
    assert len(calls) > 50, "the steps are made by other names now: change TELLING"


def test_what_the_guard_sees() -> None:
    for words, wrong in (
        ("'Install Python from x'", True),
        ("'Install Python from x.', 'Then open a new terminal.'", False),
        ("f'Install `{a}`.'", True),
        ("'Install the packages by name.'", False),
    ):
        call = ast.parse(f"tell('a title', {words})", mode="eval").body
        assert isinstance(call, ast.Call)
        assert forgets(call) is wrong
